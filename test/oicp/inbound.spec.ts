import { OPERATOR, OicpNetwork } from './oicp-network';

let network: OicpNetwork;
beforeAll(async () => {
  network = await OicpNetwork.start();
});
afterAll(() => network.close());

async function post(path: string, body: string, method = 'POST') {
  const url = network.hubject.broker.operators.get(OPERATOR)?.url;
  const response = await fetch(`${url!}${path}`, {
    method,
    ...(method === 'POST' && { body }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const START = '/api/oicp/charging/v21/providers/DE-T02/authorize-remote/start';
const request = {
  SessionID: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3',
  ProviderID: 'DE-T02',
  EvseID: 'DE*VLT*E0001*1',
  Identification: { RemoteIdentification: { EvcoID: 'DE-T02-C12345678-S' } },
};

it.each([
  ['OICP-RMT-13 an EVSE we do not know', START, request, '603'],
  ['OICP-SES-04 no SessionID', START, { ...request, SessionID: null }, '022'],
  ['OICP-TRN-09 another provider in the path', START.replace('DE-T02', 'DE-XXX'), request, '022'],
  [
    'OICP-OPS-04 OICP-RSV-01 a reservation',
    '/api/oicp/reservation/v11/providers/DE-T02/reservation-start-request',
    request,
    '320',
  ],
])('OICP-ACK-08 answers %s with HTTP 200 and a code', async (_title, path, body, code) => {
  expect(await post(path, JSON.stringify(body))).toMatchObject({
    status: 200,
    body: { Result: false, StatusCode: { Code: code } },
  });
});

it.each(['', 'not json', '[]', '{"SessionID":7}', '"text"'])(
  'OICP-ACK-10 names what is wrong with the body %s',
  async (body) => {
    const answer = await post(START, body);
    expect(answer).toMatchObject({ status: 200, body: { StatusCode: { Code: '022' } } });
  },
);

it('OICP-RSV-09 serves nothing at other paths, and nothing but POST', async () => {
  expect(await post(START.replace('v21', 'v22'), '{}')).toMatchObject({ status: 404 });
  expect(await post(START, '', 'GET')).toMatchObject({ status: 405 });
});

it('takes no body beyond a megabyte', async () => {
  const answer = await post(START, 'x'.repeat(1_100_000)).catch(() => ({ status: 413 }));
  expect(answer.status).toBe(413);
});

it('OICP-TRN-18 keeps what it was asked, without the contract', async () => {
  await post(START, JSON.stringify(request));
  const { body } = await network.api('exchanges?operation=AuthorizeRemoteStart&limit=1');
  expect(JSON.stringify(body)).not.toContain('C12345678');
  expect(body['items']).toEqual([
    expect.objectContaining({ direction: 'in', code: '603', oicpSessionId: request.SessionID }),
  ]);
});
