import { randomUUID } from 'node:crypto';
import { type Authorization, type SessionEvent } from '@voltledger/contracts';
import {
  type Instant,
  type MilliWattHours,
  type SessionId,
  energy,
  instant,
  plusMillis,
} from '@voltledger/kernel';
import { roamingAuthorization, roamingCdr, roamingPlace } from '@voltledger/testing';
import { OPERATOR, type OicpNetwork, PROVIDER } from './oicp-network';

type DataOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>['data'];

const STATION = 'CS0001' as DataOf<'SessionStarted'>['stationId'];
const MINUTE = 60_000;

/** A charging session as the session and billing services tell it. */
export class ToldSession {
  readonly sessionId: SessionId = randomUUID() as string as SessionId;
  readonly startedAt: Instant;
  private readonly meterStart = energy('1204.31');

  constructor(
    private readonly network: OicpNetwork,
    private readonly authorization: Authorization,
    startedAt = '2026-05-04T06:00:00Z',
  ) {
    this.startedAt = instant(startedAt);
  }

  started(more: Partial<DataOf<'SessionStarted'>> = {}): Promise<void> {
    return this.tell({
      type: 'SessionStarted',
      data: {
        sessionId: this.sessionId,
        stationId: STATION,
        transactionId: '1',
        place: roamingPlace(),
        authorization: this.authorization,
        startedAt: this.startedAt,
        reportedAt: this.startedAt,
        meterStart: this.meterStart,
        offline: false,
        ...more,
      },
    });
  }

  /** After so many minutes the register has risen by so many kWh since the start. */
  reading(minutes: number, delivered: string): Promise<void> {
    const amount = energy(delivered);
    return this.tell({
      type: 'MeterValueRecorded',
      data: {
        sessionId: this.sessionId,
        measuredAt: this.after(minutes),
        register: this.register(amount),
        context: 'periodic',
        delivered: amount,
        offline: false,
      },
    });
  }

  ended(minutes: number, delivered: string): Promise<void> {
    const amount = energy(delivered);
    return this.tell({
      type: 'SessionEnded',
      data: {
        sessionId: this.sessionId,
        endedAt: this.after(minutes),
        meterStop: this.register(amount),
        delivered: amount,
        reason: 'Local',
      },
    });
  }

  /** Billing issues the CDR. @returns its id. */
  async billed(
    minutes: number,
    delivered: string,
    more: Partial<Parameters<typeof roamingCdr>[0]> = {},
  ): Promise<string> {
    const amount = energy(delivered);
    const endedAt = this.after(minutes);
    const { authorization, startedAt, sessionId } = this;
    const period = { ...roamingCdr().periods[1]!, startedAt, endedAt, energy: amount };
    const cdr = roamingCdr({
      cdrId: `CDR-${randomUUID().slice(0, 8)}` as never,
      sessionId,
      authorization,
      startedAt,
      endedAt,
      meterStart: this.meterStart,
      meterStop: this.register(amount),
      energy: amount,
      periods: [period],
      ...more,
    });
    const hash = '0'.repeat(64);
    const seal = { sequence: 1, contentHash: hash, previousHash: hash, hash };
    await this.network.cdr({ type: 'CdrIssued', data: { cdr, seal } });
    return cdr.cdrId;
  }

  after(minutes: number): Instant {
    return plusMillis(this.startedAt, minutes * MINUTE);
  }

  private register(delivered: MilliWattHours): MilliWattHours {
    return (this.meterStart + delivered) as MilliWattHours;
  }

  private tell(event: SessionEvent): Promise<void> {
    return this.network.session(this.sessionId, event);
  }
}

/** A session that Hubject opened, as if for a card. */
export function allowedSession(network: OicpNetwork): {
  readonly session: ToldSession;
  readonly oicpSessionId: string;
} {
  const { sessionId } = network.hubject.broker.sessions.open(OPERATOR, PROVIDER, undefined);
  const authorization = roamingAuthorization();
  const payer = { ...authorization.payer, oicpSessionId: sessionId } as Authorization['payer'];
  const session = new ToldSession(network, { ...authorization, payer });
  return { session, oicpSessionId: sessionId };
}
