import { randomUUID } from 'node:crypto';
import { eventually, sampleLocation } from '@voltledger/testing';
import { answeringStart, unansweredStart } from './answering-station';
import { OPERATOR, OicpNetwork, PROVIDER, now } from './oicp-network';
import { ToldSession } from './told-session';

const EVSE = 'DE*VLT*E0001*1';
let network: OicpNetwork;

beforeAll(async () => {
  network = await OicpNetwork.start();
  await network.location({ type: 'LocationChanged', data: { location: sampleLocation(3) } });
  await eventually(() => expect(network.hubject.broker.evsesOf(OPERATOR).records.size).toBe(3));
});
afterAll(() => network.close());

it('OICP-RMT-03 OICP-RMT-07 OICP-ACK-11 OICP-IDS-02 answers when the station has accepted', async () => {
  const wish = { evseId: 'DE*VLT*E0001*1', empPartnerSessionId: 'theirs' };
  const [answer, asked] = await Promise.all([
    network.hubject.remoteStart(wish),
    answeringStart(network),
  ]);
  expect(answer).toMatchObject({
    accepted: true,
    code: '000',
    answer: {
      Result: true,
      SessionID: answer.sessionId,
      CPOPartnerSessionID: asked.startId,
      EMPPartnerSessionID: 'theirs',
    },
  });
  expect(asked).toMatchObject({
    evseUid: 'EVSE-0001',
    authorization: {
      method: 'COMMAND',
      token: { type: 'APP_USER', contractId: 'DE-T02-C12345678-S', issuer: PROVIDER },
      payer: {
        kind: 'oicp',
        oicpSessionId: answer.sessionId,
        empPartnerSessionId: 'theirs',
        identification: { kind: 'remote', evcoId: 'DE-T02-C12345678-S' },
      },
    },
  });
  expect(asked.authorization.token.uid).toMatch(/^OICP[0-9A-F]{16}$/);
});

it.each([
  ['offline', '501'],
  ['rejected', '501'],
  ['error', '021'],
] as const)('OICP-RMT-04 a start that is %s is answered with %s', async (reason, code) => {
  const [answer] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    answeringStart(network, reason),
  ]);
  expect(answer).toMatchObject({ accepted: false, code });
});

it.each([
  ['CHARGING', '602', true],
  ['OUTOFORDER', '700', false],
  ['RESERVED', '601', false],
] as const)(
  'OICP-RMT-04 22.8 an EVSE that is %s is answered with %s',
  async (status, code, isAsked) => {
    const evseId = 'DE*VLT*E0002*1';
    await network.location({
      type: 'EvseStatusChanged',
      data: {
        locationId: 'HARBOUR' as never,
        evseUid: 'EVSE-0002',
        evseId,
        status,
        at: now(),
      },
    });
    await eventually(async () =>
      expect(
        await network.rows(`select 1 as n from roaming_oicp.evses where our_status = $1`, [status]),
      ).toHaveLength(1),
    );
    const [answer] = await Promise.all([
      network.hubject.remoteStart({ evseId }),
      isAsked ? answeringStart(network, 'rejected') : undefined,
    ]);
    expect(answer).toMatchObject({ accepted: false, code });
  },
);

it('OICP-RMT-03 a station that does not answer in time is no, and is stopped if it starts after all', async () => {
  const [answer, asked] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    unansweredStart(network),
  ]);
  expect(answer).toMatchObject({ accepted: false, code: '501' });
  const { startId, authorization } = asked;
  await network.session(startId, { type: 'StartAccepted', data: { startId, at: now() } });
  const session = new ToldSession(network, authorization);
  await session.started({ startId });
  await eventually(() =>
    expect(network.newest('RemoteStopRequested')).toMatchObject({
      sessionId: session.sessionId,
      by: 'oicp: the start came too late',
    }),
  );
});

it('OICP-RMT-06 the same request twice is one start and the same answer', async () => {
  const [answer] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    answeringStart(network),
  ]);
  const { body } = await network.api('exchanges?operation=AuthorizeRemoteStart&limit=1');
  expect(body['items']).toHaveLength(1);
  const before = network.all('RemoteStartRequested').length;
  const [first, second] = await Promise.all([
    repeated(answer.sessionId!),
    repeated(answer.sessionId!),
  ]);
  expect(first).toMatchObject({ Result: true, SessionID: answer.sessionId });
  expect(second).toEqual(first);
  expect(network.all('RemoteStartRequested')).toHaveLength(before);
});

/** As if the broker had not got our answer. */
async function repeated(sessionId: string): Promise<unknown> {
  const url = network.hubject.broker.operators.get(OPERATOR)?.url;
  const path = '/api/oicp/charging/v21/providers/DE-T02/authorize-remote/start';
  const response = await fetch(`${url!}${path}`, {
    method: 'POST',
    body: JSON.stringify({
      SessionID: sessionId,
      ProviderID: PROVIDER,
      EvseID: EVSE,
      Identification: { RemoteIdentification: { EvcoID: 'DE-T02-C12345678-S' } },
    }),
  });
  return response.json();
}

it('OICP-RMT-05 tells the EMP when an accepted start comes to nothing', async () => {
  const [answer, { startId }] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    answeringStart(network),
  ]);
  await network.session(startId, { type: 'StartExpired', data: { startId, at: now() } });
  await eventually(() =>
    expect(network.hubject.broker.sessions.find(answer.sessionId!)?.notifications).toEqual([
      expect.objectContaining({ Type: 'Error', ErrorType: 'ConnectorError' }),
      expect.objectContaining({ Type: 'End', ConsumedEnergy: 0 }),
    ]),
  );
});

it('OICP-RMT-07 vouches for the token of its own remote start when the station asks', async () => {
  const [, { authorization }] = await Promise.all([
    network.hubject.remoteStart({ evseId: EVSE }),
    answeringStart(network),
  ]);
  const requestId = randomUUID();
  const asked = network.hubject.requests('authorizeStart').length;
  await network.session(requestId, {
    type: 'RoamingAuthorizationRequested',
    data: {
      requestId,
      stationId: 'CS0001' as never,
      presented: { uid: authorization.token.uid.toLowerCase(), type: 'OTHER' },
      until: now(),
    },
  });
  await eventually(() =>
    expect(network.newest('RoamingAuthorizationAnswered')).toMatchObject({
      requestId,
      answer: { status: 'accepted', authorization },
    }),
  );
  expect(network.hubject.requests('authorizeStart')).toHaveLength(asked);
});
