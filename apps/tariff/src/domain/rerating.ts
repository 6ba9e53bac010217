import {
  type PastSessions,
  type Revenue,
  type Tariff,
  type TariffEvent,
  tariffEvents,
} from '@voltledger/contracts';
import { type Decider, type Instant } from '@voltledger/kernel';
import * as refusals from './errors';
import { tariffInvalid } from './errors';
import { refusalsOf } from './tariff-refusals';

type Named = 'Approved' | 'Computed' | 'Published' | 'Rejected' | 'Requested' | 'Settled';
export type ReratingEvent = Extract<TariffEvent, { type: `Rerating${Named}` }>;

interface ByHand {
  readonly reratingId: string;
  readonly by: string;
  readonly key: string;
  readonly at: Instant;
}

interface Step {
  readonly reratingId: string;
  readonly at: Instant;
}

export interface Computed {
  readonly rated: number;
  readonly changing: number;
  readonly revenue: { readonly was: Revenue; readonly becomes: Revenue };
}

export type ReratingCommand =
  | (ByHand & {
      readonly type: 'RequestRerating';
      readonly tariff: Tariff;
      readonly contentHash: string;
      readonly sessions: PastSessions;
      readonly total: number;
      readonly reason: string;
    })
  | (Step & Computed & { readonly type: 'FinishComputing' })
  | (ByHand & { readonly type: 'ApproveRerating'; readonly note: string })
  | (ByHand & { readonly type: 'RejectRerating'; readonly note: string })
  | (Step & {
      readonly type: 'FinishPublishing';
      readonly published: number;
      readonly skipped: number;
    })
  | (Step & {
      readonly type: 'SettleRerating';
      readonly reissued: number;
      readonly refused: number;
    });

export interface Asked {
  readonly reratingId: string;
  readonly tariff: Tariff;
  readonly contentHash: string;
  readonly sessions: PastSessions;
  readonly total: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedKey: string;
  readonly requestedAt: Instant;
}

/** Who decided on it, and what was said. */
export interface Verdict {
  readonly by: string;
  readonly note: string;
  readonly at: Instant;
}

interface Approved {
  readonly computed: Computed;
  readonly verdict: Verdict;
}

interface Told {
  readonly told: { readonly published: number; readonly skipped: number };
}

export type Rerating =
  | { readonly status: 'unknown' }
  | (Asked & { readonly status: 'computing' })
  | (Asked & { readonly status: 'computed'; readonly computed: Computed })
  | (Asked & {
      readonly status: 'rejected';
      readonly computed?: Computed;
      readonly verdict: Verdict;
    })
  | (Asked & Approved & { readonly status: 'approved' })
  | (Asked & Approved & Told & { readonly status: 'published' })
  | (Asked &
      Approved &
      Told & {
        readonly status: 'settled';
        readonly answers: { readonly reissued: number; readonly refused: number };
      });

/** A corrected tariff for sessions of the past: rated, shown, approved by somebody else, told. */
export const rerating: Decider<Rerating, ReratingCommand, ReratingEvent> = {
  category: 'rerating',
  schemaVersion: tariffEvents.schemaVersion,
  stateVersion: 1,
  initial: { status: 'unknown' },
  decide,
  evolve,
};

function decide(command: ReratingCommand, state: Rerating): ReratingEvent[] {
  switch (command.type) {
    case 'RequestRerating':
      return request(command, state);
    case 'FinishComputing': {
      const { type: _type, ...data } = command;
      return state.status === 'computing' ? [{ type: 'ReratingComputed', data }] : [];
    }
    case 'ApproveRerating':
      return approve(command, state);
    case 'RejectRerating':
      return reject(command, state);
    case 'FinishPublishing': {
      const { type: _type, ...data } = command;
      return state.status === 'approved' ? [{ type: 'ReratingPublished', data }] : [];
    }
    case 'SettleRerating': {
      const { type: _type, ...data } = command;
      return state.status === 'published' ? [{ type: 'ReratingSettled', data }] : [];
    }
  }
}

type Only<Type extends ReratingCommand['type']> = Extract<ReratingCommand, { type: Type }>;

function request(
  { type: _type, ...data }: Only<'RequestRerating'>,
  state: Rerating,
): ReratingEvent[] {
  if (state.status !== 'unknown') return [];
  const broken = refusalsOf(data.tariff);
  if (broken.length > 0) throw tariffInvalid(data.tariff.tariffId, broken);
  return [{ type: 'ReratingRequested', data }];
}

/** Four eyes: whoever asked has seen it; another key has to. */
function approve(
  { type: _type, ...data }: Only<'ApproveRerating'>,
  state: Rerating,
): ReratingEvent[] {
  if (state.status === 'unknown') throw refusals.reratingUnknown(data.reratingId);
  if (state.status !== 'computed') throw refusals.reratingNotComputed(state.status);
  if (state.requestedKey === data.key) throw refusals.sameEyes(state.requestedBy);
  return [{ type: 'ReratingApproved', data }];
}

function reject(
  { type: _type, ...data }: Only<'RejectRerating'>,
  state: Rerating,
): ReratingEvent[] {
  if (state.status === 'unknown') throw refusals.reratingUnknown(data.reratingId);
  if (state.status !== 'computing' && state.status !== 'computed')
    throw refusals.reratingNotComputed(state.status);
  return [{ type: 'ReratingRejected', data }];
}

function evolve(state: Rerating, event: ReratingEvent): Rerating {
  if (event.type === 'ReratingRequested') return requested(event.data);
  if (state.status === 'unknown') return state;
  if (event.type === 'ReratingRejected')
    return { ...state, status: 'rejected', verdict: verdictOf(event.data) };
  if (event.type !== 'ReratingComputed') return approved(state, event);
  const { rated, changing, revenue } = event.data;
  return { ...state, status: 'computed', computed: { rated, changing, revenue } };
}

/** What only an approved one comes to; each step follows the one before. */
function approved(
  state: Rerating,
  event: Extract<ReratingEvent, { type: `Rerating${'Approved' | 'Published' | 'Settled'}` }>,
): Rerating {
  if (event.type === 'ReratingApproved' && state.status === 'computed')
    return { ...state, status: 'approved', verdict: verdictOf(event.data) };
  if (event.type === 'ReratingPublished' && state.status === 'approved') {
    const { published, skipped } = event.data;
    return { ...state, status: 'published', told: { published, skipped } };
  }
  if (event.type === 'ReratingSettled' && state.status === 'published') {
    const { reissued, refused } = event.data;
    return { ...state, status: 'settled', answers: { reissued, refused } };
  }
  return state;
}

type Requested = Extract<ReratingEvent, { type: 'ReratingRequested' }>['data'];

const requested = ({ by, key, at, ...asked }: Requested): Rerating => ({
  ...{ ...asked, status: 'computing' },
  ...{ requestedBy: by, requestedKey: key, requestedAt: at },
});

const verdictOf = ({ by, note, at }: Verdict): Verdict => ({ by, note, at });
