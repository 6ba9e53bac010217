import { eventually, sampleLocation } from '@voltledger/testing';
import { answeringStart, answeringStop } from './answering-station';
import { OPERATOR, OicpNetwork, PROVIDER } from './oicp-network';
import { ToldSession } from './told-session';

const EVSE = 'DE*VLT*E0001*1';
let network: OicpNetwork;

beforeAll(async () => {
  network = await OicpNetwork.start();
  await network.location({ type: 'LocationChanged', data: { location: sampleLocation(3) } });
  await eventually(() => expect(network.hubject.broker.evsesOf(OPERATOR).records.size).toBe(3));
});
afterAll(() => network.close());

async function startedRemotely(): Promise<{ session: ToldSession; oicpSessionId: string }> {
  const [answer, asked] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    answeringStart(network),
  ]);
  const session = new ToldSession(network, asked.authorization);
  await session.started({ startId: asked.startId });
  return { session, oicpSessionId: answer.sessionId! };
}

it('OICP-RMT-08 OICP-RMT-11 stops a session, whoever started it, and answers when it was accepted', async () => {
  const { session, oicpSessionId } = await startedRemotely();
  const [answer, asked] = await Promise.all([
    network.hubject.remoteStop(oicpSessionId),
    answeringStop(network),
  ]);
  expect(answer).toMatchObject({ accepted: true, code: '000' });
  expect(asked.sessionId).toBe(session.sessionId);
  expect(await network.hubject.remoteStop(oicpSessionId)).toMatchObject({ accepted: true });
});

it('OICP-RMT-09 a stop that was refused may be asked for again; one after the end is fine', async () => {
  const { session, oicpSessionId } = await startedRemotely();
  const [refused] = await Promise.all([
    network.hubject.remoteStop(oicpSessionId),
    answeringStop(network, 'rejected'),
  ]);
  expect(refused).toMatchObject({ accepted: false, code: '501' });
  const [accepted] = await Promise.all([
    network.hubject.remoteStop(oicpSessionId),
    answeringStop(network),
  ]);
  expect(accepted).toMatchObject({ accepted: true });
  await session.ended(75, '14.642');
  await eventually(async () =>
    expect(
      await network.rows('select 1 as n from roaming_oicp.sessions where ended_at is not null'),
    ).not.toHaveLength(0),
  );
  expect(await network.hubject.remoteStop(oicpSessionId)).toMatchObject({ accepted: true });
});

it('OICP-RMT-09 OICP-RMT-10 an unknown session, or somebody else’s, is 400', async () => {
  const { oicpSessionId } = await startedRemotely();
  const unknown = network.hubject.broker.sessions.open(OPERATOR, PROVIDER, EVSE).sessionId;
  expect(await network.hubject.remoteStop(unknown)).toMatchObject({ accepted: false, code: '400' });
  const foreign = network.hubject.broker.sessions.find(oicpSessionId)!;
  Object.assign(foreign, { providerId: 'DE-XXX' });
  expect(await network.hubject.remoteStop(oicpSessionId)).toMatchObject({ code: '400' });
});
