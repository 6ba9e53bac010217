import {
  SAMPLE_SESSION as sessionId,
  at,
  given,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import { ended, recorded, started, take } from '../../test/session-story';
import { chargingSession } from './charging-session';
import { type SessionCommand } from './session-command';
import { type ChargingEvent } from './session-event';

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
