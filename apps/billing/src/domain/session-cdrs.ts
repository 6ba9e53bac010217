import { type Cdr, type CdrEvent, type HoldReason } from '@voltledger/contracts';
import { isReleasable } from './hold-reasons';

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
  /** Doubts a person has vouched for. */
  readonly accepted: readonly HoldReason[];
}

export const noCdrs: SessionCdrs = { ids: [], accepted: [] };

export function evolve(state: SessionCdrs, event: CdrEvent): SessionCdrs {
  switch (event.type) {
    case 'CdrIssued': {
      const { cdr } = event.data;
      return { ids: [...state.ids, cdr.cdrId], live: cdr, accepted: state.accepted };
    }
    case 'CdrCredited': {
      const { live: credited, ...rest } = state;
      const ids = [...state.ids, event.data.credit.cdrId];
      return { ...rest, ids, ...(credited && { credited }) };
    }
    case 'CdrHeld':
      return { ...state, held: event.data.reasons };
    case 'CdrReleased': {
      const { held = [], ...rest } = state;
      return { ...rest, accepted: [...state.accepted, ...held.filter(isReleasable)] };
    }
  }
}
