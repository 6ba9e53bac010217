import { type Cdr, type CdrEvent } from '@voltledger/contracts';
import { type RecordedEvent } from '@voltledger/kernel';
import { contentHash } from '@voltledger/platform';
import { creditOf, sameId } from '../domain/cdr-document';

type DataOf<Type extends CdrEvent['type']> = Extract<CdrEvent, { type: Type }>['data'];

/**
 * Whether the events of a session's CDRs can have come one after the other: what the decider would
 * never have let happen was written by somebody else. One line per problem.
 */
export function historyProblems(events: readonly RecordedEvent[]): string[] {
  const history = new History();
  for (const [at, event] of events.entries())
    history.follow(event as unknown as CdrEvent, events[at + 1] as unknown as CdrEvent | undefined);
  return history.problems;
}

class History {
  readonly problems: string[] = [];
  private readonly ids: string[] = [];
  private readonly reratings = new Set<string>();
  private live: Cdr | undefined;
  private credited: Cdr | undefined;
  private dispute: string | undefined;
  private requestedBy: string | undefined;

  follow(event: CdrEvent, next: CdrEvent | undefined): void {
    switch (event.type) {
      case 'CdrIssued':
        this.issued(event.data);
        break;
      case 'CdrCredited':
        this.taken(event.data, next);
        break;
      case 'DisputeOpened':
        this.dispute = event.data.disputeId;
        break;
      case 'DisputeResolved':
        this.resolved(event.data);
        break;
      case 'CdrReleaseRequested':
        this.requestedBy = event.data.key;
        break;
      case 'CdrReleased':
        this.released(event.data);
        break;
      case 'ReratingRefused':
        this.rerated(event.data.reratingId);
        break;
      case 'CdrHeld':
      case 'CdrReleaseRefused':
        this.requestedBy = undefined;
        break;
    }
  }

  private issued({ cdr, reratingId }: DataOf<'CdrIssued'>): void {
    const where = `CDR ${cdr.cdrId}`;
    if (this.live) this.says(where, `issued while ${this.live.cdrId} is live`);
    if (cdr.replaces !== this.credited?.cdrId)
      this.says(where, `stands for ${cdr.replaces ?? 'none'}, not for what was credited`);
    this.isNew(cdr.cdrId);
    if (reratingId !== undefined) this.rerated(reratingId);
    this.live = cdr;
    this.credited = undefined;
  }

  private taken(data: DataOf<'CdrCredited'>, next: CdrEvent | undefined): void {
    const { credit, originalId, reratingId } = data;
    const where = `credit ${credit.cdrId}`;
    const { live } = this;
    // As it stands in the store: who changed an event may have left out anything.
    if (!live || !sameId(String(originalId), live.cdrId))
      this.says(where, `takes back ${originalId}, which is not the live CDR`);
    else if (contentHash(creditOf(live, credit.cdrId, credit.issuedAt)) !== contentHash(credit))
      this.says(where, `is no copy of ${live.cdrId} with its total negated`);
    this.isNew(credit.cdrId);
    if (this.dispute !== undefined && next?.type !== 'DisputeResolved')
      this.says(where, `came while dispute ${this.dispute} was open, and does not end it`);
    if (reratingId !== undefined && !isReissue(next, reratingId))
      this.says(where, `of re-rating ${reratingId} is not followed by its CDR`);
    [this.live, this.credited] = [undefined, live];
  }

  private resolved({ disputeId, outcome }: DataOf<'DisputeResolved'>): void {
    const where = `dispute ${disputeId}`;
    if (this.dispute !== disputeId) this.says(where, 'resolved although it was not open');
    const isTakenBack = outcome === 'credited' || outcome === 'reissued';
    if (isTakenBack === (this.live !== undefined))
      this.says(where, `ended as ${outcome}, but its CDR is ${isTakenBack ? 'live' : 'not live'}`);
    this.dispute = undefined;
  }

  private released({ key, approval }: DataOf<'CdrReleased'>): void {
    if (approval && approval.key === key) this.says('release', 'approved by the key that asked');
    if (this.requestedBy !== undefined && !approval)
      this.says('release', 'asked for, and granted without an approval');
    this.requestedBy = undefined;
  }

  private rerated(reratingId: string): void {
    if (this.reratings.has(reratingId)) this.says(`re-rating ${reratingId}`, 'dealt with twice');
    this.reratings.add(reratingId);
  }

  private isNew(cdrId: string): void {
    if (this.ids.some((id) => sameId(id, cdrId)))
      this.says(`CDR ${cdrId}`, 'its id was given twice');
    this.ids.push(cdrId);
  }

  private says(where: string, problem: string): void {
    this.problems.push(`${where}: ${problem}`);
  }
}

const isReissue = (next: CdrEvent | undefined, reratingId: string): boolean =>
  next?.type === 'CdrIssued' && next.data.reratingId === reratingId;
