import { energy } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  given,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import { begin, ended, recorded, started, startedBarely, take } from '../../test/session-story';
import { chargingSession } from './charging-session';

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
      .then(recorded('100.0004', '0', '10:00', 'begin'), recorded('100.5', '0.4996', '10:01')));

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
      .then(recorded('100.9998', '0.9998', '10:30', 'end'), {
        type: 'SessionEnded',
        data: {
          ...{ sessionId, endedAt: at('10:30'), reason: 'Local' },
          meterStop: energy('100.9998'),
          delivered: energy('0.9998'),
        },
      }));

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
    const bare = startedBarely('meterStart');
    const first = recorded('100.2', '0', '10:10');
    given(chargingSession, bare, first)
      .when(
        take(
          'ended',
          sampleReport('10:30', [begin, sampleReading('101', '10:30', { context: 'end' })]),
        ),
      )
      .then(recorded('100', '0', '10:00', 'begin'), recorded('101', '1', '10:30', 'end'), ended);
  });
});
