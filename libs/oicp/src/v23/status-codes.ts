/**
 * - `backoff`: the broker stumbled; the same request may go through later.
 * - `busy`: another push was under way, or our picture of the broker's data is wrong: once more, then
 *   correct the picture.
 * - `by operation`: the other side did not answer; whether to ask again depends on what was asked.
 */
export type Retry = 'never' | 'backoff' | 'busy' | 'by operation';
export type CodeClass = 'success' | 'system' | 'data' | 'authentication' | 'session' | 'evse';

export interface StatusCodeMeaning {
  readonly meaning: string;
  readonly class: CodeClass;
  readonly retry: Retry;
  /** Somebody has to look at certificates, ids or contracts: nothing will work until then. */
  readonly alarm?: boolean;
}

const as = (
  codeClass: CodeClass,
  retry: Retry,
  meaning: string,
  alarm = false,
): StatusCodeMeaning => ({ meaning, class: codeClass, retry, ...(alarm && { alarm }) });

/** All codes of OICP 2.3 (part 4 of the checklist; OICP-COD-01). There is no 605 to 607. */
export const STATUS_CODES = {
  '000': as('success', 'never', 'Success'),
  '001': as('system', 'backoff', 'Hubject system error'),
  '002': as('system', 'backoff', 'Hubject database error'),
  '009': as('data', 'busy', 'Data transaction error'),
  '017': as('system', 'never', 'Unauthorized Access', true),
  '018': as('data', 'never', 'Inconsistent EvseID'),
  '019': as('data', 'never', 'Inconsistent EvcoID'),
  '021': as('system', 'by operation', 'System error'),
  '022': as('data', 'never', 'Data error'),
  '101': as('authentication', 'never', 'QR Code Authentication failed – Invalid Credentials'),
  '102': as('authentication', 'never', 'RFID Authentication failed – invalid UID'),
  '103': as('authentication', 'never', 'RFID Authentication failed – card not readable'),
  '105': as('authentication', 'never', 'PLC Authentication failed - invalid EvcoID'),
  '106': as('authentication', 'never', 'No positive authentication response'),
  '110': as('authentication', 'never', 'QR Code App Authentication failed – time out error'),
  '120': as('authentication', 'never', 'PLC Authentication failed – invalid underlying EvcoID'),
  '121': as('authentication', 'never', 'PLC Authentication failed – invalid certificate'),
  '122': as('authentication', 'never', 'PLC Authentication failed – time out error'),
  '200': as('authentication', 'never', 'EvcoID locked'),
  '210': as('session', 'never', 'No valid contract'),
  '300': as('session', 'never', 'Partner not found', true),
  '310': as('session', 'by operation', 'Partner did not respond'),
  '320': as('session', 'never', 'Service not available'),
  '400': as('session', 'never', 'Session is invalid'),
  '501': as('evse', 'never', 'Communication to EVSE failed'),
  '510': as('evse', 'never', 'No EV connected to EVSE'),
  '601': as('evse', 'never', 'EVSE already reserved'),
  '602': as('evse', 'never', 'EVSE already in use/ wrong token'),
  '603': as('evse', 'never', 'Unknown EVSE ID'),
  '604': as('evse', 'never', 'EVSE ID is not Hubject compatible'),
  '700': as('evse', 'never', 'EVSE out of service'),
} as const satisfies Record<string, StatusCodeMeaning>;

export type StatusCode = keyof typeof STATUS_CODES;

const isKnown = (code: string): code is StatusCode => Object.hasOwn(STATUS_CODES, code);

/** A code nobody knows is a refusal that is not repeated (OICP-ACK-12). */
export const meaningOf = (code: string): StatusCodeMeaning =>
  isKnown(code) ? STATUS_CODES[code] : as('system', 'never', `Unknown status code ${code}`);

/** Why a remote request was not followed, in our own words. */
export type RemoteOutcome =
  | 'accepted'
  | 'unknown EVSE'
  | 'no answer from the station'
  | 'rejected by the station'
  | 'out of service'
  | 'occupied'
  | 'reserved'
  | 'no vehicle'
  | 'not supported'
  | 'unknown session'
  | 'invalid request'
  | 'internal failure';

/** Part 22.8 of the checklist: the only codes a remote request is answered with (OICP-COD-02). */
export const REMOTE_OUTCOME_CODES = {
  accepted: '000',
  'unknown EVSE': '603',
  'no answer from the station': '501',
  'rejected by the station': '501',
  'out of service': '700',
  occupied: '602',
  reserved: '601',
  'no vehicle': '510',
  'not supported': '320',
  'unknown session': '400',
  'invalid request': '022',
  'internal failure': '021',
} as const satisfies Record<RemoteOutcome, StatusCode>;
