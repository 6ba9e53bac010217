import {
  type Instant,
  type MilliWattHours,
  kilowattHours,
  millisBetween,
} from '@voltledger/kernel';
import { localTime, wholeSecond } from '../shared/local-time';
import {
  type EndNotification,
  type ErrorNotification,
  type ProgressNotification,
  type StartNotification,
  endNotification,
  errorNotification,
  progressNotification,
  startNotification,
} from './charging-notification.schema';
import { type DriverIdentification, identificationOf } from './identification';

const ENERGY_DECIMALS = 3;
const DETAIL_LENGTH_MAX = 250;

/** What every notification says about its session. */
export interface NotifiedSession {
  readonly operatorId: string;
  readonly oicpSessionId: string;
  readonly cpoPartnerSessionId?: string | undefined;
  readonly empPartnerSessionId?: string | undefined;
  readonly driver: DriverIdentification;
  readonly evseId: string;
  /** IANA zone of the charge point. */
  readonly timeZone: string;
  readonly startedAt: Instant;
  readonly chargingStart?: Instant | undefined;
  readonly meterStart?: MilliWattHours | undefined;
  readonly productId?: string | undefined;
}

const kWh = (amount: MilliWattHours | undefined): number | undefined =>
  amount === undefined ? undefined : kilowattHours(amount, ENERGY_DECIMALS);

const commonOf = (session: NotifiedSession) => ({
  SessionID: session.oicpSessionId,
  CPOPartnerSessionID: session.cpoPartnerSessionId,
  EMPPartnerSessionID: session.empPartnerSessionId,
  Identification: identificationOf(session.driver),
  EvseID: session.evseId.toUpperCase(),
  OperatorID: session.operatorId,
});

const chargingOf = (session: NotifiedSession) => ({
  ...commonOf(session),
  SessionStart: localTime(session.startedAt, session.timeZone),
  ChargingStart:
    session.chargingStart === undefined
      ? undefined
      : localTime(session.chargingStart, session.timeZone),
  MeterValueStart: kWh(session.meterStart),
  PartnerProductID: session.productId,
});

/** Energy begins to flow (OICP-NTF-02). @throws ZodError: our bug. */
export const startNotificationOf = (
  session: NotifiedSession & { readonly chargingStart: Instant },
): StartNotification => startNotification.parse({ Type: 'Start', ...chargingOf(session) });

/** `delivered` counts from the start of charging (OICP-NTF-05). @throws ZodError: our bug. */
export const progressNotificationOf = (
  session: NotifiedSession & { readonly chargingStart: Instant },
  { at, delivered }: { readonly at: Instant; readonly delivered: MilliWattHours },
): ProgressNotification =>
  progressNotification.parse({
    Type: 'Progress',
    ...chargingOf(session),
    EventOccurred: localTime(at, session.timeZone),
    ChargingDuration: millisBetween(wholeSecond(session.chargingStart), wholeSecond(at)),
    ConsumedEnergyProgress: kWh(delivered),
  });

export interface ChargingEnded {
  readonly chargingEnd: Instant;
  /** Only when the session itself is over. */
  readonly sessionEnd?: Instant | undefined;
  readonly meterEnd?: MilliWattHours | undefined;
  readonly delivered: MilliWattHours;
}

/** Energy stopped; the session may still go on (OICP-NTF-06). @throws ZodError: our bug. */
export const endNotificationOf = (
  session: NotifiedSession,
  { chargingEnd, sessionEnd, meterEnd, delivered }: ChargingEnded,
): EndNotification =>
  endNotification.parse({
    Type: 'End',
    ...chargingOf(session),
    ChargingEnd: localTime(chargingEnd, session.timeZone),
    SessionEnd: sessionEnd && localTime(sessionEnd, session.timeZone),
    MeterValueEnd: kWh(meterEnd),
    ConsumedEnergy: kWh(delivered),
  });

/** @throws ZodError: our bug. */
export const errorNotificationOf = (
  session: NotifiedSession,
  errorType: ErrorNotification['ErrorType'],
  detail: string,
): ErrorNotification =>
  errorNotification.parse({
    Type: 'Error',
    ...commonOf(session),
    ErrorType: errorType,
    ErrorAdditionalInfo: detail.slice(0, DETAIL_LENGTH_MAX),
  });
