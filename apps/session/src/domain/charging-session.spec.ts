import { energy } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  given,
  samplePlace,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import {
  authorization,
  begin,
  ended,
  recorded,
  started,
  startedBarely,
  take,
} from '../../test/session-story';
import { chargingSession } from './charging-session';
import { type ChargingEvent } from './session-event';

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
    given(chargingSession, startedBarely('place', 'authorization'))
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
      .then(recorded('101', '1', '10:30', 'end'), {
        ...ended,
        data: { ...ended.data, reason: 'EVDisconnected' },
      }));

  it('ends on the last known reading when none comes with the end, and says that', () =>
    given(chargingSession, started, recorded('100.5', '0.5', '10:10'))
      .when(take('ended', sampleReport('10:30')))
      .then({
        type: 'SessionEnded',
        data: { sessionId, endedAt: at('10:30'), delivered: energy('0.5'), reason: 'Local' },
      }));
});
