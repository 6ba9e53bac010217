import { type PushEvent, type RoamingEvent } from '@voltledger/contracts';
import { type SessionId } from '@voltledger/kernel';
import { type Told } from './story-entry';

type Sessioned = Told & { readonly sessionId: SessionId };

/** What a partner was told about the session while it ran, and what it said. */
export function pushStory({ data }: PushEvent): Sessioned {
  const { sessionId, at, partner, protocol, kind, outcome, attempts, code, detail } = data;
  const said = outcome === 'delivered' ? 'accepted' : `refused: ${code} ${detail}`;
  return {
    ...{ sessionId, stage: 'partner', occurredAt: at },
    text: `${partner} (${protocol}) was told ${kind}${tries(attempts)}: ${said}`,
    details: answered(data),
  };
}

type DataOf<Type extends RoamingEvent['type']> = Extract<RoamingEvent, { type: Type }>['data'];
type Line = Omit<Told, 'occurredAt' | 'stage'>;

const answered = ({ answer }: { readonly answer?: string | undefined }): string[] =>
  answer === undefined ? [] : [`answer ${answer}`];

/** What is told of each event; the others are about no session. */
const LINES: { readonly [Type in RoamingEvent['type']]?: (data: DataOf<Type>) => Line } = {
  CdrDelivered: ({ cdrId, partnerId, protocol, reference, attempts, at, ...said }) => ({
    text:
      `${partnerId} (${protocol}) has CDR ${cdrId}${tries(attempts)}` +
      (reference === undefined ? '' : `, kept at ${reference}`),
    details: answered(said),
    facts: { [`CDR ${cdrId}`]: `at ${partnerId} since ${at}` },
  }),
  CdrRejectedByPartner: ({ cdrId, partnerId, protocol, code, detail, ...said }) => ({
    text: `${partnerId} (${protocol}) does not take CDR ${cdrId}: ${code} ${detail}`,
    details: answered(said),
    facts: { [`CDR ${cdrId}`]: `refused by ${partnerId}: ${code}` },
  }),
  RemoteStopRequested: ({ by }) => ({ text: `${by} wants the session to stop` }),
};

/** What became of a CDR at a partner, and what a partner asked for. */
export function roamingStory({ type, data }: RoamingEvent): Sessioned | undefined {
  const line = LINES[type] as ((of: RoamingEvent['data']) => Line) | undefined;
  if (!line || !('sessionId' in data)) return undefined;
  return { sessionId: data.sessionId, stage: 'partner', occurredAt: data.at, ...line(data) };
}

const tries = (attempts: number): string => (attempts > 1 ? ` at the ${attempts}. try` : '');
