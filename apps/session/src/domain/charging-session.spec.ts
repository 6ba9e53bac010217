import { type ChargingEvent } from './session-event';
import { type Authorization, type TransactionReport } from '@voltledger/contracts';
import { currency, energy, money } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  given,
  samplePlace,
  sampleReading,
  sampleReport,
  sampleTariff,
} from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { type SessionCommand, type StationReport } from './session-command';

const authorization: Authorization = {
  method: 'WHITELIST',
  token: { uid: '04A2B3', type: 'RFID', contractId: 'DE-VLT-C1', issuer: 'Voltledger Charging' },
  payer: { kind: 'own' },
};

const take = (
  kind: StationReport['kind'],
  report: TransactionReport,
  rest: Partial<StationReport> = {},
): SessionCommand => ({ type: 'TakeReport', sessionId, kind, report, ...rest });

const begin = sampleReading('100', '10:00', { context: 'begin' });

const started: ChargingEvent = {
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
};

const recorded = (register: string, delivered: string, time: string): ChargingEvent => ({
  type: 'MeterValueRecorded',
  data: {
    sessionId,
    ...sampleReading(register, time),
    delivered: energy(delivered),
    offline: false,
  },
});

const tariffAttached: ChargingEvent = {
  type: 'TariffAttached',
  data: { sessionId, tariff: sampleTariff(), contentHash: 'a'.repeat(64) },
};

const ended: ChargingEvent = {
  type: 'SessionEnded',
  data: {
    sessionId,
    endedAt: at('10:30'),
    meterStop: energy('101'),
    delivered: energy('1'),
    reason: 'Local',
  },
};

describe('a charging session', () => {
  it('starts with what the station tells of place, token and meter (domain 1, OCPP-1.6-TX-03)', () =>
    given(chargingSession)
      .when(
        take('started', sampleReport('10:00', [begin], { place: samplePlace() }), {
          authorization,
        }),
      )
      .then(started));

  it('starts, and says so, when the token was refused (OCPP-1.6-TX-04, 2.0.1-TX-13)', () => {
    const token = { uid: 'STOLEN', type: 'RFID' as const };
    given(chargingSession)
      .when(take('started', sampleReport('10:00', [begin], { token }), { refusal: 'BLOCKED' }))
      .then({
        type: 'SessionStarted',
        data: {
          ...{ sessionId, stationId: sampleReport('10:00').stationId, transactionId: '7' },
          ...{ startedAt: at('10:00'), reportedAt: at('10:00'), offline: false },
          meterStart: energy('100'),
          presented: token,
          refusal: 'BLOCKED',
        },
      });
  });

  it('records what was delivered since the start', () =>
    given(chargingSession, started)
      .when(take('updated', sampleReport('10:01', [sampleReading('100.5', '10:01')])))
      .then(recorded('100.5', '0.5', '10:01')));

  it('records that nothing was drawn: idle time may cost money', () =>
    given(chargingSession, started, recorded('100.5', '0.5', '10:01'))
      .when(take('updated', sampleReport('10:31', [sampleReading('100.5', '10:31')])))
      .then(recorded('100.5', '0.5', '10:31')));

  it('counts one reading once, however often it is sent (OCPP-J-MV-07)', () =>
    given(chargingSession, started, recorded('100.5', '0.5', '10:01'))
      .when(take('updated', sampleReport('10:02', [sampleReading('100.5', '10:01')])))
      .thenNothing());

  it('keeps signed data byte for byte, beside the reading it belongs to (OCPP-J-MV-11)', () => {
    const signed = {
      data: 'OCMF|{"FV":"1.0"}|{"SD":"…"}',
      encodingMethod: 'OCMF',
      signingMethod: '',
      publicKey: 'oca:base16:asn1:04AB',
    };
    given(chargingSession, started)
      .when(take('updated', sampleReport('10:01', [sampleReading('100.5', '10:01', { signed })])))
      .then(recorded('100.5', '0.5', '10:01'), {
        type: 'SignedDataReceived',
        data: { sessionId, measuredAt: at('10:01'), signed },
      });
  });

  it('tells when the car stops asking for power, and not that it still does (OCPP-2.0.1-TX-18)', () => {
    const charging: ChargingEvent = {
      type: 'ChargingStateChanged',
      data: { sessionId, state: 'Charging', at: at('10:01') },
    };
    given(chargingSession, started, charging)
      .when(take('updated', sampleReport('10:02', [], { chargingState: 'Charging' })))
      .thenNothing();
    given(chargingSession, started, charging)
      .when({ type: 'ChangeChargingState', sessionId, state: 'SuspendedEV', at: at('10:05') })
      .then({
        type: 'ChargingStateChanged',
        data: { sessionId, state: 'SuspendedEV', at: at('10:05') },
      });
    given(chargingSession, started, charging)
      .when({ type: 'ChangeChargingState', sessionId, state: 'EVConnected', at: at('10:00:30') })
      .thenNothing();
  });

  it('takes place and token when they are told late (OCPP-2.0.1-TX-04, TX-05)', () => {
    const place = samplePlace();
    const bare = {
      ...started,
      data: { ...started.data, place: undefined, authorization: undefined },
    };
    given(chargingSession, bare as ChargingEvent)
      .when(take('updated', sampleReport('10:01', [], { place }), { authorization }))
      .then(
        { type: 'SessionPlaced', data: { sessionId, place } },
        { type: 'SessionAuthorized', data: { sessionId, authorization } },
      );
  });

  it('keeps who vouched first', () =>
    given(chargingSession, started)
      .when({ type: 'AuthorizeSession', sessionId, authorization })
      .thenNothing());

  it('remembers a token that was vouched for before the station reported the start', () => {
    const early: ChargingEvent = { type: 'SessionAuthorized', data: { sessionId, authorization } };
    given(chargingSession).when({ type: 'AuthorizeSession', sessionId, authorization }).then(early);
    given(chargingSession, early)
      .when(take('started', sampleReport('10:00', [begin], { place: samplePlace() })))
      .then(started);
  });

  it('ends on the reading of the end', () =>
    given(chargingSession, started)
      .when(
        take('ended', sampleReport('10:30', [sampleReading('101', '10:30', { context: 'end' })]), {
          reason: 'EVDisconnected',
        }),
      )
      .then(
        {
          type: 'MeterValueRecorded',
          data: {
            sessionId,
            ...sampleReading('101', '10:30', { context: 'end' }),
            delivered: energy('1'),
            offline: false,
          },
        },
        { ...ended, data: { ...ended.data, reason: 'EVDisconnected' } } as ChargingEvent,
      ));

  it('ends on the last known reading when none comes with the end, and says that', () =>
    given(chargingSession, started, recorded('100.5', '0.5', '10:10'))
      .when(take('ended', sampleReport('10:30')))
      .then({
        type: 'SessionEnded',
        data: { sessionId, endedAt: at('10:30'), delivered: energy('0.5'), reason: 'Local' },
      }));
});

describe('a begin or end told twice (OCPP-J-MV-03)', () => {
  it('prefers a Transaction.Begin sample to meterStart, also when it comes later', () =>
    given(chargingSession, started)
      .when(
        take(
          'updated',
          sampleReport('10:01', [
            sampleReading('100.0004', '10:00', { context: 'begin' }),
            sampleReading('100.5', '10:01'),
          ]),
        ),
      )
      .then(
        {
          type: 'MeterValueRecorded',
          data: {
            sessionId,
            ...sampleReading('100.0004', '10:00', { context: 'begin' }),
            delivered: energy('0'),
            offline: false,
          },
        },
        recorded('100.5', '0.4996', '10:01'),
      ));

  it('prefers a Transaction.End sample to meterStop', () =>
    given(chargingSession, started)
      .when(
        take(
          'ended',
          sampleReport('10:30', [
            sampleReading('100.999', '10:30', { context: 'end' }),
            sampleReading('100.9998', '10:30', { context: 'end' }),
          ]),
        ),
      )
      .then(
        {
          type: 'MeterValueRecorded',
          data: {
            sessionId,
            ...sampleReading('100.9998', '10:30', { context: 'end' }),
            delivered: energy('0.9998'),
            offline: false,
          },
        },
        {
          type: 'SessionEnded',
          data: {
            ...{ sessionId, endedAt: at('10:30'), reason: 'Local' },
            meterStop: energy('100.9998'),
            delivered: energy('0.9998'),
          },
        },
      ));

  it('takes a meterStop that is cut to watt-hours for no fall of the register', () =>
    given(chargingSession, started, recorded('100.5007', '0.5007', '10:29'))
      .when(
        take('ended', sampleReport('10:30', [sampleReading('100.5', '10:30', { context: 'end' })])),
      )
      .then({
        type: 'SessionEnded',
        data: {
          ...{ sessionId, endedAt: at('10:30'), reason: 'Local' },
          meterStop: energy('100.5007'),
          delivered: energy('0.5007'),
        },
      }));

  it('gets the energy right when begin and end come only with the end (OCPP-2.0.1-TX-19)', () => {
    const bare = { ...started, data: { ...started.data, meterStart: undefined } } as ChargingEvent;
    const first = recorded('100.2', '0', '10:10');
    given(chargingSession, bare, first)
      .when(
        take(
          'ended',
          sampleReport('10:30', [begin, sampleReading('101', '10:30', { context: 'end' })]),
        ),
      )
      .then(
        {
          type: 'MeterValueRecorded',
          data: { sessionId, ...begin, delivered: energy('0'), offline: false },
        },
        {
          type: 'MeterValueRecorded',
          data: {
            sessionId,
            ...sampleReading('101', '10:30', { context: 'end' }),
            delivered: energy('1'),
            offline: false,
          },
        },
        ended,
      );
  });
});

describe('the price of a session', () => {
  const cost = (time: string, amount: string, code = 'EUR'): SessionCommand => ({
    type: 'RecordCost',
    sessionId,
    total: { beforeTaxes: money(amount, currency(code)), taxes: [] },
    energy: energy('1'),
    rules: 'test/1',
    at: at(time),
  });

  it('is fixed by the first tariff; a later one changes nothing (domain 1.9)', () => {
    const attach: SessionCommand = {
      type: 'AttachTariff',
      sessionId,
      tariff: sampleTariff(),
      contentHash: 'a'.repeat(64),
    };
    given(chargingSession, started).when(attach).then(tariffAttached);
    given(chargingSession, started, tariffAttached).when(attach).thenNothing();
    given(chargingSession, started, ended).when(attach).then(tariffAttached);
    given(chargingSession).when(attach).thenNothing();
  });

  it('is shown while it runs: the newest figure wins, in the currency of the tariff', () => {
    const { type: _type, ...data } = cost('10:05', '0.84') as Extract<
      SessionCommand,
      { type: 'RecordCost' }
    >;
    const updated: ChargingEvent = { type: 'CostUpdated', data };
    given(chargingSession, started, tariffAttached).when(cost('10:05', '0.84')).then(updated);
    given(chargingSession, started, tariffAttached, updated)
      .when(cost('10:04', '0.70'))
      .thenNothing();
    given(chargingSession, started, tariffAttached)
      .when(cost('10:05', '0.84', 'USD'))
      .thenNothing();
    given(chargingSession, started, tariffAttached, ended)
      .when(cost('10:31', '1.20'))
      .thenNothing();
  });
});

describe('stopping a session from afar', () => {
  const stop = (commandId: string): SessionCommand => ({
    type: 'RequestStop',
    sessionId,
    commandId,
    by: 'operator',
    at: at('10:10'),
    until: at('10:11'),
  });
  const first = '3f3c1d1e-6f0a-4a43-8b1c-7a1f5f2d9a01';
  const requested: ChargingEvent = {
    type: 'StopRequested',
    data: {
      ...{ sessionId, commandId: first, stationId: sampleReport('10:00').stationId },
      ...{ transactionId: '7', by: 'operator', at: at('10:10'), until: at('10:11') },
    },
  };

  it('asks the station by the id it knows, once (OCPP-1.6-TX-15, OCPP-J-CMD-03)', () => {
    given(chargingSession, started).when(stop(first)).then(requested);
    given(chargingSession, started, requested).when(stop(first)).thenNothing();
  });

  it('is not an end: the answer is kept, the session goes on (OCPP-2.0.1-TX-16)', () => {
    const answer: SessionCommand = {
      type: 'RecordStopAnswer',
      sessionId,
      commandId: first,
      outcome: 'accepted',
      at: at('10:10:02'),
    };
    const answered: ChargingEvent = {
      type: 'StopAnswered',
      data: { sessionId, commandId: first, outcome: 'accepted', at: at('10:10:02') },
    };
    given(chargingSession, started, requested).when(answer).then(answered);
    given(chargingSession, started, requested, answered).when(answer).thenNothing();
    given(chargingSession, started, requested, answered)
      .when(take('updated', sampleReport('10:11', [sampleReading('100.7', '10:11')])))
      .then(recorded('100.7', '0.7', '10:11'));
  });

  it('is refused when there is nothing to stop', () => {
    given(chargingSession).when(stop(first)).thenRefused('SESSION_UNKNOWN');
    given(chargingSession, started, ended).when(stop(first)).thenRefused('SESSION_NOT_ACTIVE');
  });
});
