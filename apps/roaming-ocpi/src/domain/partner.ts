import { type PartnerEvent, partnerEvents } from '@voltledger/contracts';
import { type Decider, type Instant, type PartnerId } from '@voltledger/kernel';
import {
  credentialsReplaced,
  partnerExists,
  partnerNotRegistered,
  partnerNotSuspended,
  partnerRegistered,
  partnerUnknown,
} from './partner-errors';

type Data<Type extends PartnerEvent['type']> = Extract<PartnerEvent, { type: Type }>['data'];

/** What was agreed, and the credentials that were shown when it was. */
export interface Agreement extends Omit<Data<'CredentialsRenewed'>, 'partnerId' | 'at'> {
  /** The caller's, when the exchange began: whoever comes second finds them replaced. */
  readonly shown: string;
}

type Asked = { readonly partnerId: PartnerId; readonly at: Instant };

export type PartnerCommand = Asked &
  (
    | ({ readonly type: 'Add' } & Pick<Data<'PartnerAdded'>, 'name' | 'tokenCoding' | 'hosts'>)
    | { readonly type: 'Invite'; readonly credentialsId: string }
    | { readonly type: 'StartRegistration'; readonly credentialsId: string; versionsUrl: string }
    | { readonly type: 'FailRegistration'; shown: string; code: string; detail: string }
    | { readonly type: 'Register'; startedBy: 'partner' | 'us'; agreement: Agreement }
    | { readonly type: 'Renew'; readonly agreement: Agreement }
    | { readonly type: 'Suspend'; readonly by: string; readonly reason: string }
    | { readonly type: 'Resume'; readonly by: string }
    | { readonly type: 'Unregister'; readonly by: string }
    | { readonly type: 'Delete'; readonly by: string }
  );

type Only<Type extends PartnerCommand['type']> = Extract<PartnerCommand, { type: Type }>;

export interface PartnerState {
  readonly status:
    | 'unknown'
    | 'added'
    | 'invited'
    | 'registering'
    | 'registered'
    | 'suspended'
    | 'unregistered'
    | 'deleted';
  /** Those in force, where there are any. */
  readonly credentialsId?: string | undefined;
}

type Decide<Type extends PartnerCommand['type']> = (
  command: Only<Type>,
  state: PartnerState,
) => PartnerEvent[];

const decisions: { readonly [Type in PartnerCommand['type']]: Decide<Type> } = {
  Add: ({ type: _type, ...data }, { status }) => {
    if (status !== 'unknown') throw partnerExists(data.partnerId);
    return [{ type: 'PartnerAdded', data }];
  },
  Invite: ({ type: _type, ...data }, state) => {
    if (isRegistered(state)) throw partnerRegistered();
    return [{ type: 'PartnerInvited', data }];
  },
  StartRegistration: ({ type: _type, ...data }, state) => {
    if (isRegistered(state)) throw partnerRegistered();
    return [{ type: 'RegistrationStarted', data }];
  },
  // Of an attempt that was overtaken nothing has to be said.
  FailRegistration: ({ type: _type, shown, ...data }, { status, credentialsId }) =>
    status === 'registering' && credentialsId === shown
      ? [{ type: 'RegistrationFailed', data }]
      : [],
  Register: ({ partnerId, at, startedBy, agreement }, state) => {
    const { shown, ...agreed } = agreement;
    checkMayAgree('Register', shown, state);
    return [{ type: 'PartnerRegistered', data: { ...agreed, partnerId, at, startedBy } }];
  },
  Renew: ({ partnerId, at, agreement }, state) => {
    const { shown, ...agreed } = agreement;
    checkMayAgree('Renew', shown, state);
    return [{ type: 'CredentialsRenewed', data: { ...agreed, partnerId, at } }];
  },
  Suspend: ({ type: _type, ...data }, state) => {
    if (!isRegistered(state)) throw partnerNotRegistered();
    return state.status === 'suspended' ? [] : [{ type: 'PartnerSuspended', data }];
  },
  Resume: ({ type: _type, ...data }, { status }) => {
    if (status === 'registered') return [];
    if (status !== 'suspended') throw partnerNotSuspended();
    return [{ type: 'PartnerResumed', data }];
  },
  Unregister: ({ type: _type, ...data }, state) => {
    if (!isRegistered(state)) throw partnerNotRegistered();
    return [{ type: 'PartnerUnregistered', data }];
  },
  Delete: ({ type: _type, ...data }, state) => {
    if (isRegistered(state)) throw partnerRegistered();
    return [{ type: 'PartnerDeleted', data }];
  },
};

const isRegistered = ({ status }: PartnerState): boolean =>
  status === 'registered' || status === 'suspended';

/**
 * Whether an exchange of credentials may begin at all: asked before the partner is called back, so
 * that one in the wrong state gets its answer at once (OCPI-CRE-05, OCPI-CRE-06).
 *
 * @throws DomainError PARTNER_REGISTERED, PARTNER_NOT_REGISTERED, CREDENTIALS_REPLACED
 */
export function checkMayAgree(
  type: 'Register' | 'Renew',
  shown: string,
  { status, credentialsId }: PartnerState,
): void {
  if (type === 'Register' && isRegistered({ status })) throw partnerRegistered();
  if (type === 'Renew' && status !== 'registered') throw partnerNotRegistered();
  if (credentialsId !== shown) throw credentialsReplaced();
}

function decide(command: PartnerCommand, state: PartnerState): PartnerEvent[] {
  const exists = state.status !== 'unknown' && state.status !== 'deleted';
  if (command.type !== 'Add' && !exists) throw partnerUnknown(command.partnerId);
  return decisions[command.type](command as never, state);
}

const STATUS_AFTER: Readonly<Record<PartnerEvent['type'], PartnerState['status']>> = {
  PartnerAdded: 'added',
  PartnerInvited: 'invited',
  RegistrationStarted: 'registering',
  RegistrationFailed: 'added',
  PartnerRegistered: 'registered',
  CredentialsRenewed: 'registered',
  PartnerSuspended: 'suspended',
  PartnerResumed: 'registered',
  PartnerUnregistered: 'unregistered',
  PartnerDeleted: 'deleted',
};

function evolve({ credentialsId }: PartnerState, event: PartnerEvent): PartnerState {
  const status = STATUS_AFTER[event.type];
  if ('credentialsId' in event.data) return { status, credentialsId: event.data.credentialsId };
  return isRegistered({ status }) ? { status, credentialsId } : { status };
}

/** One partner: who may register, with which credentials, and whether we talk to it. */
export const partner: Decider<PartnerState, PartnerCommand, PartnerEvent> = {
  category: 'partner',
  schemaVersion: partnerEvents.schemaVersion,
  stateVersion: 1,
  initial: { status: 'unknown' },
  decide,
  evolve,
};
