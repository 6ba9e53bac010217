import { type StationId } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, given, samplePlace } from '@voltledger/testing';
import { authorization } from '../../test/session-story';
import { type RemoteStartCommand, remoteStart } from './remote-start';
import { type RemoteStartEvent } from './session-event';

const startId = '3f3c1d1e-6f0a-4a43-8b1c-7a1f5f2d9a01';
const wanted = {
  ...{ startId, remoteStartId: 7, stationId: 'CS0001' as StationId, place: samplePlace() },
  ...{ authorization, at: at('10:00'), until: at('10:01') },
};
const requested: RemoteStartEvent = { type: 'StartRequested', data: wanted };
const accepted: RemoteStartEvent = { type: 'StartAccepted', data: { startId, at: at('10:00:02') } };
const refused = (reason: 'timeout' | 'rejected'): RemoteStartEvent => ({
  type: 'StartRefused',
  data: { startId, reason, at: at('10:00:02') },
});
const fulfilled: RemoteStartEvent = {
  type: 'StartFulfilled',
  data: { startId, sessionId, at: at('10:00:02') },
};
const answer = (outcome: 'accepted' | 'timeout' | 'rejected'): RemoteStartCommand => ({
  ...{ type: 'RecordStartAnswer', startId, outcome, at: at('10:00:02') },
});
const fulfil: RemoteStartCommand = { type: 'FulfilStart', startId, sessionId, at: at('10:00:02') };

describe('a start that somebody else than the driver asks for', () => {
  it('is asked of the station once', () => {
    given(remoteStart)
      .when({ type: 'RequestStart', ...wanted })
      .then(requested);
    given(remoteStart, requested)
      .when({ type: 'RequestStart', ...wanted })
      .thenNothing();
  });

  it('is only promised by the station’s answer (OCPP-1.6-TX-14, OCPP-2.0.1-TX-15)', () => {
    given(remoteStart, requested).when(answer('accepted')).then(accepted);
    given(remoteStart, requested).when(answer('rejected')).then(refused('rejected'));
    given(remoteStart, requested, accepted).when(answer('rejected')).thenNothing();
  });

  it('is kept by its transaction', () =>
    given(remoteStart, requested, accepted).when(fulfil).then(fulfilled));

  it('may be kept before it is promised', () =>
    given(remoteStart, requested).when(fulfil).then(accepted, fulfilled));

  it('may come although the answer was lost: a time-out is no "no" (domain 10.3)', () =>
    given(remoteStart, requested, refused('timeout')).when(fulfil).then(fulfilled));

  it('is kept once', () =>
    given(remoteStart, requested, accepted, fulfilled).when(fulfil).thenNothing());

  it('lapses when no transaction comes', () => {
    const expire: RemoteStartCommand = { type: 'ExpireStart', startId, at: at('10:04') };
    given(remoteStart, requested, accepted)
      .when(expire)
      .then({ type: 'StartExpired', data: { startId, at: at('10:04') } });
    given(remoteStart, requested, refused('rejected')).when(expire).thenNothing();
    given(remoteStart, requested, accepted, fulfilled).when(expire).thenNothing();
  });

  it('is refused at once where there is no such EVSE', () =>
    given(remoteStart)
      .when({ type: 'RefuseStart', startId, reason: 'unknown', at: at('10:00') })
      .then({ type: 'StartRefused', data: { startId, reason: 'unknown', at: at('10:00') } }));
});
