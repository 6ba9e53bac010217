import { type SessionEvent } from '@voltledger/contracts';
import { type Instant, type SessionId } from '@voltledger/kernel';
import { type Told } from './story-entry';
import {
  authorizationText,
  kWh,
  placeText,
  priceText,
  readingText,
  shortHash,
  tokenEnd,
} from './story-words';

type DataOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>['data'];

interface Line {
  readonly text: string;
  readonly occurredAt?: Instant;
  readonly details?: readonly string[];
  readonly facts?: NonNullable<Told['facts']>;
}

/** The events that have a session. Those about authorizations and remote starts have another id. */
type SessionType = {
  [Type in SessionEvent['type']]: 'sessionId' extends keyof DataOf<Type> ? Type : never;
}[SessionEvent['type']];

/** What each event of a session means; every type is listed. */
const LINES: { readonly [Type in SessionType]: (data: DataOf<Type>) => Line } = {
  StartFulfilled: ({ startId, at }) => ({
    ...{ text: `the station kept its promise of remote start ${startId}`, occurredAt: at },
  }),
  SessionStarted: (data) => ({
    text: `started: ${data.stationId}, transaction ${data.transactionId}`,
    occurredAt: data.startedAt,
    details: startDetails(data),
    facts: { state: data.offline ? 'charging, started while offline' : 'charging' },
  }),
  SessionPlaced: ({ place }) => ({ text: `placed: ${placeText(place)}` }),
  SessionAuthorized: ({ authorization }) => ({
    text: `authorized: ${authorizationText(authorization)}`,
  }),
  TariffAttached: ({ tariff, contentHash }) => ({
    text: `the price is fixed: tariff ${tariff.tariffId} (${shortHash(contentHash)}), whatever becomes of it`,
    facts: { tariff: `${tariff.tariffId} (${shortHash(contentHash)})` },
  }),
  MeterValueRecorded: ({ delivered, measuredAt, reportedAt, ...reading }) => ({
    text: `${kWh(delivered)} delivered: ${readingText({ ...reading, measuredAt })}`,
    occurredAt: measuredAt,
    details: reportedAt === undefined ? [] : [`the station says ${reportedAt}: its clock is off`],
    facts: { energy: kWh(delivered) },
  }),
  SignedDataReceived: ({ measuredAt, signed }) => ({
    text: `signed record kept: ${signed.encodingMethod || 'no encoding named'}, ${signed.data.length} characters`,
    occurredAt: measuredAt,
  }),
  SignedDataVerified: (data) => signature(data, 'verified'),
  SignedDataRejected: (data) => signature(data, data.verdict),
  ChargingStateChanged: ({ state, at }) => ({ text: `the car is ${state}`, occurredAt: at }),
  CostUpdated: ({ total, energy, at }) => ({
    text: `costs ${priceText(total)} so far, for ${kWh(energy)}`,
    occurredAt: at,
    facts: { cost: `${priceText(total)} so far` },
  }),
  StopRequested: ({ by, at }) => ({ text: `${by} asks the station to stop`, occurredAt: at }),
  StopAnswered: ({ outcome, at }) => ({
    text: `the station answers the stop: ${outcome}`,
    occurredAt: at,
  }),
  ReportSetAside: ({ seqNo }) => ({
    text: `a report came out of order${seqNo === undefined ? '' : ` (seqNo ${seqNo})`}: set aside until those before it are here`,
  }),
  LateDataReceived: ({ reportedAt, verdict, readings }) => ({
    text: `late data: ${verdict}`,
    occurredAt: reportedAt,
    details: readings.map((each) => `read ${each.measuredAt}: ${readingText(each)}`),
  }),
  MeterAnomalyFound: ({ kind, measuredAt, detail }) => ({
    text: `doubt: ${kind}, ${detail}`,
    occurredAt: measuredAt,
    facts: { [`doubt ${kind}`]: detail },
  }),
  SessionEnded: ({ endedAt, delivered, reason, corrects }) => ({
    text: `ended (${reason}): ${kWh(delivered)}${corrects ? ', in place of the estimate' : ''}`,
    occurredAt: endedAt,
    facts: { state: `over since ${endedAt}: ${reason}`, energy: kWh(delivered), cost: null },
  }),
  SessionClosedByEstimate: ({ endedAt, delivered, basis }) => ({
    text: `no end ever came (${basis}): closed on the ${kWh(delivered)} that are proven`,
    occurredAt: endedAt,
    facts: { state: `closed by estimate: ${basis}`, energy: kWh(delivered), cost: null },
  }),
};

function signature(
  {
    measuredAt,
    recordHash,
    format,
    codes,
    detail,
    timeUsable,
  }: Omit<DataOf<'SignedDataVerified'>, 'verdict'>,
  verdict: string,
): Line {
  return {
    text: `signed record ${shortHash(recordHash)} (${format || 'of no known form'}) ${verdict}: ${[...codes, detail].join(' ')}`,
    occurredAt: measuredAt,
    details: timeUsable ? [] : ['the meter does not vouch for its clock'],
    facts: { [`signature ${shortHash(recordHash)}`]: verdict },
  };
}

/** Undefined for what is about no session, such as a token that was asked for. */
export function sessionStory(
  { type, data }: SessionEvent,
  recordedAt: Instant,
): (Told & { readonly sessionId: SessionId }) | undefined {
  if (!('sessionId' in data)) return undefined;
  const line = LINES[type as SessionType] as (of: SessionEvent['data']) => Line;
  return { sessionId: data.sessionId, stage: 'session', occurredAt: recordedAt, ...line(data) };
}

function startDetails(data: DataOf<'SessionStarted'>): string[] {
  const { place, authorization, refusal, presented, meterStart, startedAt, reportedAt } = data;
  const clock = `the station says ${reportedAt}: its clock is off`;
  return [
    ...(meterStart === undefined ? [] : [`meter ${kWh(meterStart)}`]),
    ...(place ? [placeText(place)] : ['place not known yet']),
    ...(authorization ? [authorizationText(authorization)] : []),
    ...(refusal ? [`token refused: ${refusal}`] : []),
    ...(!authorization && presented ? [`presented ${tokenEnd(presented.uid)}`] : []),
    ...(startedAt === reportedAt ? [] : [clock]),
  ];
}
