/** The operations of OICP 2.3. Each has a version of its own, fixed here (OICP-OPS-07). */
export interface Operation {
  /** As the usage policy and the documents call it. */
  readonly name: string;
  readonly serviceVersion: string;
  /** Below the base URL; `{id}` is the OperatorID or ProviderID the certificate was issued for. */
  readonly path: string;
  /** Calls per minute that Hubject's usage policy allows; absent where it names none. */
  readonly callsPerMinute?: number;
}

const operation = (
  name: string,
  serviceVersion: string,
  path: string,
  callsPerMinute?: number,
): Operation => ({
  name,
  serviceVersion,
  path: `/api/oicp/${path}`,
  ...(callsPerMinute !== undefined && { callsPerMinute }),
});

/** What a CPO calls at the broker. */
export const CALLED = {
  authorizeStart: operation(
    'AuthorizeStart',
    '2.1',
    'charging/v21/operators/{id}/authorize/start',
    200,
  ),
  authorizeStop: operation(
    'AuthorizeStop',
    '2.1',
    'charging/v21/operators/{id}/authorize/stop',
    50,
  ),
  pushEvseData: operation('PushEvseData', '2.3', 'evsepush/v23/operators/{id}/data-records', 375),
  pushEvseStatus: operation(
    'PushEvseStatus',
    '2.1',
    'evsepush/v21/operators/{id}/status-records',
    2_000,
  ),
  notify: operation(
    'ChargingNotifications',
    '1.1',
    'notificationmgmt/v11/charging-notifications',
    100,
  ),
  sendChargeDetailRecord: operation(
    'ChargeDetailRecord',
    '2.2',
    'cdrmgmt/v22/operators/{id}/charge-detail-record',
    350,
  ),
} as const;

/** What a CPO serves: exactly these four (OICP-OPS-02). `{id}` is the ProviderID. */
export const SERVED = {
  remoteStart: operation(
    'AuthorizeRemoteStart',
    '2.1',
    'charging/v21/providers/{id}/authorize-remote/start',
  ),
  remoteStop: operation(
    'AuthorizeRemoteStop',
    '2.1',
    'charging/v21/providers/{id}/authorize-remote/stop',
  ),
  reservationStart: operation(
    'AuthorizeRemoteReservationStart',
    '1.1',
    'reservation/v11/providers/{id}/reservation-start-request',
  ),
  reservationStop: operation(
    'AuthorizeRemoteReservationStop',
    '1.1',
    'reservation/v11/providers/{id}/reservation-stop-request',
  ),
} as const;

export type CalledOperation = keyof typeof CALLED;
export type ServedOperation = keyof typeof SERVED;

/** The path of an operation, with the id as the certificate spells it: `*` stays a star. */
export const pathOf = ({ path }: Operation, id: string): string => path.replace('{id}', id);

interface Located<Name extends string> {
  readonly operation: Name;
  readonly id: string;
}

/**
 * Which operation a path asks us for, and the id in it, decoded: `DE%2AT02` is `DE*T02`
 * (OICP-TRN-08).
 *
 * @returns undefined when we serve no such path.
 */
export const servedAt = (path: string): Located<ServedOperation> | undefined =>
  locatedIn(SERVED, path);

/** The same for the operations we call. A path without an id has the id ''. */
export const calledAt = (path: string): Located<CalledOperation> | undefined =>
  locatedIn(CALLED, path);

function locatedIn<Name extends string>(
  operations: Readonly<Record<Name, Operation>>,
  path: string,
): Located<Name> | undefined {
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    const [before = '', after] = operation.path.split('{id}');
    if (after === undefined && path === before) return { operation: name as Name, id: '' };
    if (after === undefined || !path.startsWith(before) || !path.endsWith(after)) continue;
    const id = decoded(path.slice(before.length, path.length - after.length));
    if (id && !id.includes('/')) return { operation: name as Name, id };
  }
  return undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
