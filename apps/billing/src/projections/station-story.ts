import { type StationEvent, type TransactionReport } from '@voltledger/contracts';
import { readingText } from './story-words';
import { type Told } from './story-entry';

type TransactionEvent = Extract<
  StationEvent,
  { type: 'TransactionStarted' | 'TransactionUpdated' | 'TransactionEnded' }
>;

const isAboutSession = (event: StationEvent): event is TransactionEvent =>
  'sessionId' in event.data && 'fingerprint' in event.data;

const ACTION = /^\[2,"[^"]*","([A-Za-z]+)"/;

/** What the station sent, as it sent it. Undefined for what is about no session. */
export function stationStory(event: StationEvent): (Told & Sessioned) | undefined {
  if (!isAboutSession(event)) return undefined;
  const { data } = event;
  const [, action = event.type] = ACTION.exec(data.frame ?? '') ?? [];
  return {
    ...{ sessionId: data.sessionId, stage: 'station', occurredAt: data.reportedAt },
    text: `${data.stationId} sent ${action}: ${wordsOf(event)}`,
    details: [...(data.frame === undefined ? [] : [data.frame]), ...data.readings.map(readOf)],
  };
}

interface Sessioned {
  readonly sessionId: TransactionReport['sessionId'];
}

const readOf = (reading: TransactionReport['readings'][number]): string =>
  `read ${reading.measuredAt}: ${readingText(reading)}`;

function wordsOf({ type, data }: TransactionEvent): string {
  const words = [`transaction ${data.transactionId}`];
  if (data.seqNo !== undefined) words.push(`seqNo ${data.seqNo}`);
  if (data.chargingState) words.push(data.chargingState);
  if (type === 'TransactionEnded') words.push(`ended: ${data.reason}`);
  if (data.offline) words.push(`kept while offline, arrived ${data.arrivedAt}`);
  return words.join(', ');
}
