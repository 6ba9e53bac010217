import { type Cdr, type CdrEvent, type HoldReason } from '@voltledger/contracts';
import { type Money } from '@voltledger/kernel';
import { isReleasable } from './hold-reasons';

type DataOf<Type extends CdrEvent['type']> = Extract<CdrEvent, { type: Type }>['data'];

/** The CDRs of one session. */
export interface SessionCdrs {
  /** Ids given out, credits included, in order. */
  readonly ids: readonly Cdr['cdrId'][];
  /** The one CDR that counts. */
  readonly live?: Cdr;
  /** The CDR taken back last, as long as no other took its place. */
  readonly credited?: Cdr;
  /** Why nothing more is issued at the moment. */
  readonly held?: readonly HoldReason[];
  /** A release that waits for a second person. */
  readonly requested?: DataOf<'CdrReleaseRequested'>;
  /** Doubts a person has vouched for. */
  readonly accepted: readonly HoldReason[];
  /** The dispute about the live CDR that is open. */
  readonly dispute?: { readonly disputeId: string; readonly amount?: Money };
  /** Re-ratings that were applied or refused: each is dealt with once. */
  readonly reratings: readonly { readonly reratingId: string; readonly refused: boolean }[];
}

export const noCdrs: SessionCdrs = { ids: [], accepted: [], reratings: [] };

/** What each event makes of them; every type is listed. */
const STEPS: {
  readonly [Type in CdrEvent['type']]: (state: SessionCdrs, data: DataOf<Type>) => SessionCdrs;
} = {
  CdrIssued: issued,
  CdrCredited: taken,
  // What a second person was asked to approve of were other reasons.
  CdrHeld: (state, { reasons: held }) => ({ ...withoutRequest(state), held }),
  CdrReleaseRequested: (state, requested) => ({ ...state, requested }),
  CdrReleaseRefused: withoutRequest,
  CdrReleased: released,
  DisputeOpened: (state, { disputeId, amount }) => ({
    ...state,
    dispute: { disputeId, ...(amount && { amount }) },
  }),
  DisputeResolved: ({ dispute: _over, ...rest }) => rest,
  ReratingRefused: (state, { reratingId }) => dealtWith(state, reratingId, true),
};

export function evolve(state: SessionCdrs, { type, data }: CdrEvent): SessionCdrs {
  const step = STEPS[type] as (state: SessionCdrs, data: CdrEvent['data']) => SessionCdrs;
  return step(state, data);
}

function withoutRequest({ requested: _void, ...rest }: SessionCdrs): SessionCdrs {
  return rest;
}

function released({ held = [], requested: _granted, ...rest }: SessionCdrs): SessionCdrs {
  return { ...rest, accepted: [...rest.accepted, ...held.filter(isReleasable)] };
}

function issued(state: SessionCdrs, { cdr, reratingId }: DataOf<'CdrIssued'>): SessionCdrs {
  const { credited: _replaced, held: _gone, requested: _done, ...rest } = state;
  return dealtWith({ ...rest, ids: [...state.ids, cdr.cdrId], live: cdr }, reratingId);
}

function taken(state: SessionCdrs, { credit }: DataOf<'CdrCredited'>): SessionCdrs {
  const { live: credited, ...rest } = state;
  return { ...rest, ids: [...state.ids, credit.cdrId], ...(credited && { credited }) };
}

const dealtWith = (state: SessionCdrs, reratingId?: string, refused = false): SessionCdrs =>
  reratingId === undefined
    ? state
    : { ...state, reratings: [...state.reratings, { reratingId, refused }] };
