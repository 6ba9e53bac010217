import { type Authorization, type TransactionReport } from '@voltledger/contracts';
import { energy } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  samplePlace,
  sampleReading,
  sampleReport,
  sampleTariff,
} from '@voltledger/testing';
import { type SessionCommand, type StationReport } from '../src/domain/session-command';
import { type ChargingEvent } from '../src/domain/session-event';

export const authorization: Authorization = {
  method: 'WHITELIST',
  token: { uid: '04A2B3', type: 'RFID', contractId: 'DE-VLT-C1', issuer: 'Voltledger Charging' },
  payer: { kind: 'own' },
};

export const take = (
  kind: StationReport['kind'],
  report: TransactionReport,
  rest: Partial<StationReport> = {},
): SessionCommand => ({ type: 'TakeReport', sessionId, kind, report, ...rest });

export const begin = sampleReading('100', '10:00', { context: 'begin' });

/** At 10:00, on a register of 100 kWh. */
export const started = {
  type: 'SessionStarted',
  data: {
    sessionId,
    stationId: sampleReport('10:00').stationId,
    transactionId: '7',
    place: samplePlace(),
    authorization,
    startedAt: at('10:00'),
    reportedAt: at('10:00'),
    meterStart: energy('100'),
    offline: false,
  },
} as const satisfies ChargingEvent;

/** The same, without what it can do without. */
export const startedBarely = (
  ...missing: ('place' | 'authorization' | 'meterStart')[]
): ChargingEvent => {
  const kept = Object.entries(started.data).filter(([name]) => !missing.includes(name as never));
  return { type: 'SessionStarted', data: Object.fromEntries(kept) as typeof started.data };
};

export const recorded = (
  register: string,
  delivered: string,
  time: string,
  context: 'begin' | 'end' | 'periodic' = 'periodic',
): ChargingEvent => ({
  type: 'MeterValueRecorded',
  data: {
    sessionId,
    ...sampleReading(register, time, { context }),
    delivered: energy(delivered),
    offline: false,
  },
});

export const tariffAttached: ChargingEvent = {
  type: 'TariffAttached',
  data: { sessionId, tariff: sampleTariff(), contentHash: 'a'.repeat(64) },
};

/** At 10:30, after 1 kWh. */
export const ended = {
  type: 'SessionEnded',
  data: {
    sessionId,
    endedAt: at('10:30'),
    meterStop: energy('101'),
    delivered: energy('1'),
    reason: 'Local',
  },
} as const satisfies ChargingEvent;
