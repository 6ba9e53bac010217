import {
  type PartnerEndpoint,
  type PartnerEventEnvelope,
  type PartnerRole,
} from '@voltledger/contracts';
import { type Instant, type PartnerId } from '@voltledger/kernel';
import { type InterfaceRole, type TokenCoding } from '@voltledger/ocpi';

export type PartnerStatus =
  'added' | 'invited' | 'registering' | 'registered' | 'suspended' | 'unregistered' | 'deleted';

/** A partner as we need it to answer and to call it. */
export interface Partner {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly status: PartnerStatus;
  readonly tokenCoding?: TokenCoding | undefined;
  readonly hosts: readonly string[];
  /** Those in force. */
  readonly credentialsId?: string | undefined;
  /** What follows is known once it is registered. */
  readonly version?: string | undefined;
  readonly versionsUrl?: string | undefined;
  readonly roles: readonly PartnerRole[];
  readonly endpoints: readonly PartnerEndpoint[];
  readonly startedBy?: 'partner' | 'us' | undefined;
  /** Why the last registration failed. */
  readonly failure?: { readonly code: string; readonly detail: string } | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Takes the place of everything that was agreed. */
const NOTHING_AGREED = {
  credentialsId: undefined,
  version: undefined,
  versionsUrl: undefined,
  roles: [],
  endpoints: [],
  startedBy: undefined,
  failure: undefined,
} satisfies Partial<Partner>;

type Event = PartnerEventEnvelope['event'];
type Data<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];
type Changes = { readonly status: PartnerStatus } & Partial<Partner>;

/** What each event makes of the row. An event without an entry does not compile. */
const changes: {
  readonly [Type in Exclude<Event['type'], 'PartnerAdded'>]: (data: Data<Type>) => Changes;
} = {
  PartnerInvited: ({ credentialsId }) => ({ ...NOTHING_AGREED, status: 'invited', credentialsId }),
  RegistrationStarted: ({ credentialsId, versionsUrl }) => ({
    ...NOTHING_AGREED,
    ...{ status: 'registering', credentialsId, versionsUrl },
  }),
  RegistrationFailed: ({ code, detail }) => ({
    ...NOTHING_AGREED,
    ...{ status: 'added', failure: { code, detail } },
  }),
  PartnerRegistered: ({ at: _at, ...agreed }) => ({ ...agreed, status: 'registered' }),
  CredentialsRenewed: ({ at: _at, ...agreed }) => ({ ...agreed, status: 'registered' }),
  PartnerSuspended: () => ({ status: 'suspended' }),
  PartnerResumed: () => ({ status: 'registered' }),
  PartnerUnregistered: () => ({ ...NOTHING_AGREED, status: 'unregistered' }),
  PartnerDeleted: () => ({ ...NOTHING_AGREED, status: 'deleted' }),
};

/** A partner's story so far; undefined for events of one that was never added. */
export function partner(
  row: Partner | undefined,
  { event }: Pick<PartnerEventEnvelope, 'event'>,
): Partner | undefined {
  if (event.type === 'PartnerAdded') return { ...NOTHING_AGREED, ...addedAs(event.data) };
  return row && { ...row, ...changes[event.type](event.data as never), changedAt: event.data.at };
}

const addedAs = ({ partnerId, name, tokenCoding, hosts, at }: Data<'PartnerAdded'>) => ({
  partnerId,
  name,
  tokenCoding,
  hosts,
  status: 'added' as const,
  createdAt: at,
  changedAt: at,
});

/** Where the partner offers this side of a module, as it wrote the address itself. */
export const endpointOf = (
  { endpoints }: Pick<Partner, 'endpoints'>,
  module: string,
  role: InterfaceRole,
): string | undefined =>
  endpoints.find((each) => each.module === module && each.role === role)?.url;

/** Whether calls to this address stay with the partner (OCPI-CMD-24). */
export function isHostOf(
  { endpoints, versionsUrl, hosts }: Pick<Partner, 'endpoints' | 'versionsUrl' | 'hosts'>,
  address: string,
): boolean {
  const registered = [versionsUrl, ...endpoints.map(({ url }) => url)].flatMap((url) =>
    url === undefined ? [] : [new URL(url).host],
  );
  return [...registered, ...hosts].includes(new URL(address).host);
}
