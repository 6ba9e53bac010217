import { randomUUID } from 'node:crypto';
import { eventually, roamingPlace } from '@voltledger/testing';
import { CARD, OicpNetwork, PROVIDER, inSeconds } from './oicp-network';

let network: OicpNetwork;
beforeAll(async () => {
  network = await OicpNetwork.start({ OICP_AUTHORIZE_TIMEOUT_MS: '1500' });
});
afterAll(() => network.close());
afterEach(() => {
  network.hubject.faults.clear();
});

const STATION = 'CS0001' as never;

async function asked(uid: string, more: object = {}) {
  const requestId = randomUUID();
  await network.session(requestId, {
    type: 'RoamingAuthorizationRequested',
    data: {
      requestId,
      stationId: STATION,
      presented: { uid, type: 'OTHER' },
      place: roamingPlace(),
      until: inSeconds(10),
      ...more,
    },
  });
  return eventually(() => {
    const answers = network.all('RoamingAuthorizationAnswered');
    const answered = answers.find((each) => each.requestId === requestId);
    expect(answered).toBeDefined();
    return answered!;
  });
}

it('OICP-AUT-01 OICP-AUT-02 OICP-AUT-04 OICP-SES-02 lets a card that Hubject knows charge', async () => {
  const { answer, requestId } = await asked('04:4a:2d:aa:85:62:80');
  const [request] = network.hubject.requests('authorizeStart').slice(-1);
  expect(JSON.parse(request!.body)).toEqual({
    CPOPartnerSessionID: requestId,
    OperatorID: 'DE*VLT',
    EvseID: 'DE*VLT*E0001*1',
    Identification: { RFIDMifareFamilyIdentification: { UID: CARD } },
    PartnerProductID: 'DC',
  });
  const session = network.hubject.broker.sessions.all().at(-1);
  expect(answer).toEqual({
    status: 'accepted',
    authorization: {
      method: 'AUTH_REQUEST',
      token: {
        uid: '04:4a:2d:aa:85:62:80',
        type: 'OTHER',
        contractId: CARD,
        issuer: PROVIDER,
      },
      payer: {
        kind: 'oicp',
        oicpSessionId: session?.sessionId,
        providerId: PROVIDER,
        cpoPartnerSessionId: requestId,
        identification: { kind: 'rfid', uid: CARD },
      },
    },
  });
});

it.each([
  ['OICP-AUT-05 a stranger', 'DEADBEEF', undefined, 'UNKNOWN'],
  ['OICP-AUT-05 a locked customer', CARD, { kind: 'refuse', code: '200' }, 'BLOCKED'],
  ['OICP-COD-04 while the hub has an error', CARD, { kind: 'refuse', code: '001' }, 'UNAVAILABLE'],
  ['OICP-TRN-01 behind a gateway’s page', CARD, { kind: 'html' }, 'UNAVAILABLE'],
  ['OICP-LIM-02 while calls are scarce', CARD, { kind: 'status', status: 429 }, 'UNAVAILABLE'],
] as const)('%s does not charge', async (_title, uid, fault, refusal) => {
  if (fault) network.hubject.trouble('authorizeStart', fault);
  const { answer } = await asked(uid);
  expect(answer).toEqual({ status: 'refused', refusal });
});

it('OICP-AUT-06 OICP-SES-11 no answer in time is no', async () => {
  await eventually(async () => {
    // The limiter may still hold back after the 429 above.
    network.hubject.trouble('authorizeStart', { kind: 'hang' });
    const before = network.hubject.requests('authorizeStart').length;
    const began = Date.now();
    const { answer } = await asked(CARD);
    expect(answer).toEqual({ status: 'refused', refusal: 'UNAVAILABLE' });
    expect(network.hubject.requests('authorizeStart').length).toBe(before + 1);
    expect(Date.now() - began).toBeGreaterThan(1_400);
  });
});

it('OICP-AUT-06 asks nobody when the driver has waited too long already', async () => {
  const before = network.hubject.requests('authorizeStart').length;
  const { answer } = await asked(CARD, { until: inSeconds(-1) });
  expect(answer).toEqual({ status: 'refused', refusal: 'UNAVAILABLE' });
  expect(network.hubject.requests('authorizeStart')).toHaveLength(before);
});

it('OICP-IDS-13 asks nobody about a token that OICP has no form for', async () => {
  const before = network.hubject.requests('authorizeStart').length;
  const { answer } = await asked('0123456789');
  expect(answer).toEqual({ status: 'refused', refusal: 'UNKNOWN' });
  expect(network.hubject.requests('authorizeStart')).toHaveLength(before);
});

it('OICP-TRN-18 keeps each question without saying whose card it was', async () => {
  await asked(CARD);
  const { body } = await network.api('exchanges?operation=AuthorizeStart&limit=1');
  expect(JSON.stringify(body)).not.toContain(CARD);
  expect(body['items']).toEqual([
    expect.objectContaining({ operation: 'AuthorizeStart', direction: 'out', code: '000' }),
  ]);
});

it('OICP-NTF-10 tells the EMP when nothing comes of an authorization', async () => {
  await asked(CARD);
  const session = network.hubject.broker.sessions.all().at(-1);
  await network.rows(
    `update roaming_oicp.authorizations set answered_at = answered_at - interval '1 day'
     where oicp_session_key = $1`,
    [session?.sessionId],
  );
  await network.restart();
  await eventually(() =>
    expect(session?.notifications).toEqual([
      expect.objectContaining({ Type: 'End', ConsumedEnergy: 0, EvseID: 'DE*VLT*E0001*1' }),
    ]),
  );
});
