import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { type RecordedEvent, energy, streamName } from '@voltledger/kernel';
import { cdrIdOf, cdrOf, drawing, issuedAt, session } from '../../test/samples';
import { creditOf } from '../domain/cdr-document';
import { sealAfter } from '../outbound/chain-hash';
import { ChainProof } from './chain-proof';
import { type KeptCdr, type SessionRecords, sessionProblems } from './session-proof';

const first = cdrOf(session, 1);
const credit = creditOf(first, cdrIdOf(2), issuedAt);
const second = cdrOf(drawing('11.5'), 3, first.cdrId);

const kept = [first, credit, second].reduce<KeptCdr[]>(
  (chain, cdr) => [...chain, { cdr, seal: sealAfter(chain.at(-1)?.seal, cdr) }],
  [],
);

const eventOf = ({ cdr, seal }: KeptCdr, at: number): RecordedEvent =>
  ({
    ...{ id: `e${at}`, stream: streamName('cdr', session.sessionId), revision: at + 1 },
    ...(cdr.credits === undefined
      ? { type: 'CdrIssued', data: { cdr, seal } }
      : {
          type: 'CdrCredited',
          data: { originalId: cdr.credits, credit: cdr, seal, reason: 'late stop', by: 'system' },
        }),
  }) as unknown as RecordedEvent;

const records = (changes: Partial<SessionRecords> = {}): SessionRecords => ({
  ...{ sessionId: session.sessionId, events: kept.map(eventOf), links: kept, facts: kept },
  ...changes,
});

const altered = (cdr: Cdr): Cdr => ({ ...cdr, energy: energy('1') });
const forged = (at: number, change: (one: KeptCdr) => KeptCdr): KeptCdr[] =>
  kept.map((one, index) => (index === at ? change(one) : one));

describe('2.1 the proof of a session’s CDRs', () => {
  it('finds nothing when events, chain and list agree', () =>
    expect(sessionProblems(records())).toEqual([]));

  it('finds a changed event', () => {
    const events = forged(0, ({ cdr, seal }) => ({ cdr: altered(cdr), seal })).map(eventOf);
    expect(sessionProblems(records({ events })).join()).toMatch(/event 1, CDR cdr-1: its content/);
  });

  it('finds a field that nobody knows: the raw event was hashed', () => {
    const events = forged(0, ({ cdr, seal }) => ({ cdr: { ...cdr, paid: true } as Cdr, seal }));
    expect(sessionProblems(records({ events: events.map(eventOf) }))).not.toEqual([]);
  });

  it('finds an event that was sealed anew after the change', () => {
    const events = forged(1, ({ cdr }) => {
      const changed = altered(cdr);
      return { cdr: changed, seal: sealAfter(kept[0]!.seal, changed) };
    }).map(eventOf);
    expect(sessionProblems(records({ events })).join()).toMatch(/the chain says otherwise/);
  });

  it('finds a changed row of the chain, and of the list', () => {
    const rows = forged(2, ({ cdr, seal }) => ({ cdr: altered(cdr), seal }));
    expect(sessionProblems(records({ links: rows })).join()).toMatch(/the chain says otherwise/);
    expect(sessionProblems(records({ facts: rows })).join()).toMatch(/the list of CDRs says/);
  });

  it('finds what is missing on either side', () => {
    const some = kept.slice(0, 2);
    expect(sessionProblems(records({ links: some })).join()).toMatch(/cdr-3: missing in the chain/);
    expect(sessionProblems(records({ events: some.map(eventOf) }))).toEqual([
      expect.stringMatching(/cdr-3: in the chain \(sequence 3\), but there is no event/),
      expect.stringMatching(/cdr-3: in the list of CDRs \(sequence 3\)/),
    ]);
  });
});

describe('the chain', () => {
  const problemsOf = (seals: readonly CdrSeal[], proof = new ChainProof()) => [
    ...seals.flatMap((seal) => proof.follow({ cdrId: `cdr-${seal.sequence}`, seal })),
    ...proof.end(),
  ];
  const seals = kept.map(({ seal }) => seal);

  it('holds from the first link to its head', () => {
    const proof = new ChainProof({ sequence: 2, hash: seals[1]!.hash });
    expect(problemsOf(seals, proof)).toEqual([]);
    expect(proof.head).toEqual({ sequence: 3, hash: seals[2]!.hash });
  });

  it('misses a link that was taken out', () =>
    expect(problemsOf([seals[0]!, seals[2]!])).toEqual([
      expect.stringMatching(/sequence 3, CDR cdr-3: comes after sequence 1/),
    ]));

  it('breaks behind a link that was changed, however well it was hashed', () => {
    const changed = sealAfter(seals[0], altered(credit));
    expect(problemsOf([seals[0]!, changed, seals[2]!])).toEqual([
      expect.stringMatching(/sequence 3, CDR cdr-3: is not tied/),
    ]);
  });

  it('notices by an anchor that all of it was written anew, or cut off', () => {
    const anew = sealAfter(undefined, altered(first));
    const anchor = { sequence: 1, hash: seals[0]!.hash };
    expect(problemsOf([anew], new ChainProof(anchor)).join()).toMatch(/not the link of the anchor/);
    expect(problemsOf([], new ChainProof(anchor))).toEqual([expect.stringMatching(/is gone/)]);
  });
});
