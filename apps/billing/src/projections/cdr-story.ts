import { type Cdr, type CdrEvent, type CdrSeal } from '@voltledger/contracts';
import { type SessionId } from '@voltledger/kernel';
import { bookedText } from './ledger-text';
import { type Told } from './story-entry';
import { moneyText, priceText, shortHash } from './story-words';

type DataOf<Type extends CdrEvent['type']> = Extract<CdrEvent, { type: Type }>['data'];
type Line = Omit<Told, 'stage'> & { readonly sessionId: SessionId };
type Booked = Cdr['billed']['afterTaxes'];

const booked = ({ micros, currency }: Booked): string =>
  `${bookedText(micros, currency)} ${currency}`;

/** What each event of the CDRs means; every type is listed. */
const LINES: { readonly [Type in CdrEvent['type']]: (data: DataOf<Type>) => Line } = {
  CdrIssued: ({ cdr, seal, reratingId }) => ({
    ...{ sessionId: cdr.sessionId, occurredAt: cdr.issuedAt },
    text:
      `CDR ${cdr.cdrId} issued: ${booked(cdr.billed.afterTaxes)}` +
      (cdr.replaces ? `, in place of ${cdr.replaces}` : '') +
      (reratingId === undefined ? '' : `, by re-rating ${reratingId}`),
    details: documentLines(cdr, seal),
    facts: { CDR: `${cdr.cdrId}, ${booked(cdr.billed.afterTaxes)}`, held: null },
  }),
  CdrCredited: ({ credit, originalId, seal, reason, by }) => ({
    ...{ sessionId: credit.sessionId, occurredAt: credit.issuedAt },
    text: `CDR ${originalId} taken back by credit ${credit.cdrId}: ${booked(credit.billed.afterTaxes)}, by ${by}: ${reason}`,
    details: documentLines(credit, seal),
    facts: { CDR: null },
  }),
  CdrHeld: ({ sessionId, reasons, at }) => ({
    ...{ sessionId, occurredAt: at },
    text: `held: ${reasons.map(({ code }) => code).join(', ')}`,
    details: reasons.map(({ code, explanation, remedy }) => `${code}: ${explanation} ${remedy}`),
    facts: { held: reasons.map(({ code }) => code).join(', ') },
  }),
  CdrReleaseRequested: ({ sessionId, by, note, amount, at }) => ({
    ...{ sessionId, occurredAt: at },
    text: `${by} asks for a release${amount ? ` of ${booked(amount)}` : ''}: ${note}`,
    facts: { release: `asked for by ${by}` },
  }),
  CdrReleaseRefused: ({ sessionId, by, note, at }) => ({
    ...{ sessionId, occurredAt: at, text: `${by} refuses the release: ${note}` },
    facts: { release: null },
  }),
  CdrReleased: ({ sessionId, by, note, approval, at }) => ({
    ...{ sessionId, occurredAt: at },
    text: `released by ${by}${approval ? ` and ${approval.by}` : ''}: ${note}`,
    details: approval ? [`approved by ${approval.by}: ${approval.note}`] : [],
    facts: { held: null, release: null },
  }),
  DisputeOpened: ({ sessionId, cdrId, claimant, claim, amount, by, at }) => ({
    ...{ sessionId, occurredAt: at },
    text: `${claimant} disputes CDR ${cdrId}${amount ? ` (${moneyText(amount)})` : ''}: ${claim}`,
    details: [`opened by ${by}`],
    facts: { dispute: `open, by ${claimant}` },
  }),
  DisputeResolved: ({ sessionId, outcome, by, note, at }) => ({
    ...{ sessionId, occurredAt: at, text: `dispute ${outcome} by ${by}: ${note}` },
    facts: { dispute: null },
  }),
  ReratingRefused: ({ sessionId, reratingId, code, detail, at }) => ({
    ...{ sessionId, occurredAt: at },
    text: `re-rating ${reratingId} is not applied: ${code} ${detail}`,
  }),
};

export function cdrStory({ type, data }: CdrEvent): Told & { readonly sessionId: SessionId } {
  const line = LINES[type] as (data: CdrEvent['data']) => Line;
  return { stage: 'cdr', ...line(data) };
}

const documentLines = ({ billed, costs, roundingPolicy }: Cdr, seal: CdrSeal): string[] => [
  `exact ${priceText(costs.total)}, rounded by ${roundingPolicy}`,
  ...billed.lines.map(({ kind, amount }) => `${kind} ${booked(amount)}`),
  ...billed.taxes.map(({ name, percent, amount }) =>
    `${name} ${percent === undefined ? '' : `${percent} % `}${booked(amount)}`.trimEnd(),
  ),
  `chain ${seal.sequence}, content ${shortHash(seal.contentHash)}, hash ${shortHash(seal.hash)}`,
];
