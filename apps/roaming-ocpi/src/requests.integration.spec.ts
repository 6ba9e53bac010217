import { randomUUID } from 'node:crypto';
import { type Cdr } from '@voltledger/contracts';
import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiCdr,
  ocpiSessionStory,
  sampleLocation,
  sampleTariff,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

const hash = '0'.repeat(64);
const seal = { sequence: 1, contentHash: hash, previousHash: hash, hash };
const EVER = { date_from: '2020-01-01T00:00:00Z' };

let rig: OcpiRig;
let owner: OcpiPartner;
let other: OcpiPartner;
const sessionId = randomUUID();

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService, { OCPI_PAGE_SIZE_MAX: '2' });
  for (const id of ['A', 'B', 'C'])
    await rig.locations({
      type: 'LocationChanged',
      data: { location: { ...sampleLocation(1), locationId: id as never } },
    });
  await rig.tariffs({ type: 'TariffPublished', data: { tariff: sampleTariff(), version: 1 } });
  [owner, other] = await Promise.all([rig.partner('owner'), rig.partner('other')]);
  await rig.sessions(...ocpiSessionStory('owner', sessionId));
  const cdr = ocpiCdr('owner', { sessionId: sessionId as Cdr['sessionId'] });
  await rig.cdrs({ type: 'CdrIssued', data: { cdr, seal } });
  await eventually(() => expect(owner.objects.cdrs.size).toBe(1));
  await eventually(() => expect(owner.objects.locations.size).toBe(3));
});

afterAll(() => rig.close());

/** Every address that we serve, with every method. */
const ADDRESSES = [
  ...['versions', '2.2.1', '2.2.1/credentials', '2.2.1/cpo/locations', '2.2.1/cpo/locations/A'],
  ...['2.2.1/cpo/locations/A/EVSE-0001', '2.2.1/cpo/locations/A/EVSE-0001/1'],
  ...['2.2.1/cpo/tariffs', '2.2.1/cpo/sessions', '2.2.1/cpo/cdrs'],
  ...['2.2.1/cpo/tokens/NL/TNM/04A1', '2.2.1/cpo/commands/START_SESSION'],
  ...['2.2.1/cpo/commands/STOP_SESSION', '2.2.1/cpo/nothing', 'nothing', '9.9'],
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const everything = ADDRESSES.flatMap((path) => METHODS.map((method) => ({ method, path })));

const raw = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  fetch(`${rig.url}/ocpi/${path}`, { method, headers, ...(body !== undefined && { body }) });
const asOwner = (): Record<string, string> => ({
  authorization: `Token ${Buffer.from(owner.calls.token).toString('base64')}`,
});

it.each([
  ['no token', {}],
  ['an unknown token', { authorization: 'Token dW5rbm93bg==' }],
  ['another scheme', { authorization: 'Bearer dW5rbm93bg==' }],
])('answers 401 to a stranger with %s, whatever it asks (OCPI-TRN-07)', async (_, headers) => {
  const answers = await Promise.all(
    everything.map(async ({ method, path }) => {
      const response = await raw(method, path, headers);
      const { status_code } = (await response.json()) as { status_code: number };
      return { method, path, http: response.status, status_code };
    }),
  );
  expect(answers.filter(({ http, status_code }) => http !== 401 || status_code !== 2000)).toEqual(
    [],
  );
});

it('takes a token that was written down with a line feed, and no raw one (OCPI-TRN-05)', async () => {
  const { token } = owner.calls;
  const withLineFeed = Buffer.from(`${token}\n`).toString('base64');
  const ways = [withLineFeed, token].map((value) =>
    raw('GET', 'versions', { authorization: `Token ${value}` }),
  );
  expect((await Promise.all(ways)).map(({ status }) => status)).toEqual([200, 401]);
});

it("shows a partner its own sessions and CDRs, and nobody else's (OCPI-PAG-14, OCPI-SES-24)", async () => {
  expect(await owner.calls.pull('sessions', EVER)).toMatchObject([{ id: sessionId, kwh: 10 }]);
  expect(await owner.calls.pull('cdrs')).toMatchObject([{ id: 'CDR-OCPI-1' }]);
  expect(await other.calls.pull('sessions', EVER)).toEqual([]);
  expect(await other.calls.pull('cdrs')).toEqual([]);
  expect(other.received('sessions')).toEqual([]);
  expect(other.received('cdrs')).toEqual([]);
});

it('sends what it pushes: pull and push show the same CDR (OCPI-TRN-25)', async () =>
  expect(await owner.calls.pull('cdrs')).toEqual([...owner.objects.cdrs.values()]));

it("does not stop another partner's session (OCPI-CMD-13)", async () => {
  const { answer } = await other.stopSession(sessionId);
  expect(answer).toMatchObject({ http: 200, status: 1000, data: { result: 'UNKNOWN_SESSION' } });
});

it('pages lists, with links that can be followed as they are (OCPI-PAG-04 to 09)', async () => {
  expect((await owner.calls.pull('locations')).map(({ id }) => id)).toEqual(['A', 'B', 'C']);
  const first = await owner.calls.call('GET', 'locations', 'SENDER');
  expect(first.headers.get('x-total-count')).toBe('3');
  expect(first.headers.get('x-limit')).toBe('2');
  const beyond = await raw('GET', '2.2.1/cpo/locations?offset=9', asOwner());
  expect(beyond.headers.get('link')).toBeNull();
  expect(await beyond.json()).toMatchObject({ data: [], status_code: 1000 });
});

it('filters by when an object last changed: from, up to but not including (OCPI-PAG-02)', async () => {
  const [first] = await owner.calls.pull('locations');
  const changedAt = String(first!['last_updated']);
  const ids = async (query: Record<string, string>) =>
    (await owner.calls.pull('locations', query)).map(({ id }) => id);
  expect(await ids({ date_from: changedAt })).toContain('A');
  expect(await ids({ date_to: changedAt })).not.toContain('A');
});

it('shows single locations, EVSEs and connectors (OCPI-LOC-02)', async () => {
  const get = async (path: string) =>
    (await raw('GET', `2.2.1/cpo/locations/${path}`, asOwner())).json();
  expect(await get('a')).toMatchObject({ data: { id: 'A' } });
  expect(await get('A/EVSE-0001/')).toMatchObject({ data: { uid: 'EVSE-0001' } });
  expect(await get('A/EVSE-0001/1')).toMatchObject({ data: { standard: 'IEC_62196_T2_COMBO' } });
});

it.each([
  ['GET', '2.2.1/cpo/locations/NOWHERE', undefined, 404, 2003],
  ['GET', '2.2.1/cpo/tokens/NL/TNM/UNKNOWN', undefined, 404, 2004],
  ['GET', '2.2.1/cpo/tokens/NL/XYZ/04A1', undefined, 404, 2000],
  ['GET', '2.2.1/cpo/nothing', undefined, 404, 2000],
  ['GET', '9.9', undefined, 404, 2000],
  ['POST', '2.2.1/cpo/locations', '{}', 405, 2000],
  ['DELETE', '2.2.1/cpo/tokens/NL/TNM/04A1', undefined, 405, 2000],
  ['PUT', '2.2.1/cpo/tokens/NL/TNM/04A1', '{"uid":', 400, 2001],
  ['PUT', '2.2.1/cpo/tokens/NL/TNM/04A1', '{"uid":"04A1"}', 200, 2001],
  ['PATCH', '2.2.1/cpo/tokens/NL/TNM/04A1', '{"valid":false}', 200, 2001],
  ['GET', '2.2.1/cpo/sessions', undefined, 200, 2001],
  ['GET', '2.2.1/cpo/cdrs?limit=0', undefined, 200, 2001],
  ['GET', '2.2.1/cpo/cdrs?date_from=yesterday', undefined, 200, 2001],
  ['PUT', `2.2.1/cpo/sessions/x/charging_preferences`, '{}', 404, 2001],
  ['POST', '2.2.1/cpo/commands/START_SESSION', '{}', 200, 2001],
  ['POST', '2.2.1/cpo/commands/EXPLODE', '{}', 404, 2000],
])(
  'answers %s %s with HTTP %#: the table of statuses',
  async (method, path, body, http, status) => {
    const response = await raw(method, path, { ...asOwner(), 'x-request-id': 'r 1' }, body);
    expect(await response.json()).toMatchObject({ status_code: status });
    expect(response.status).toBe(http);
    expect(response.headers.get('content-type')).toContain('application/json');
    if (http === 405) expect(response.headers.get('allow')).toMatch(/GET|PUT/);
  },
);

it('repeats the ids of a request and turns its parties round (OCPI-TRN-13, OCPI-RTG-03)', async () => {
  const response = await raw('GET', '2.2.1/cpo/tariffs', {
    ...asOwner(),
    ...{ 'x-request-id': 'R-1', 'x-correlation-id': 'C-1' },
    ...{ 'ocpi-from-country-code': 'nl', 'ocpi-from-party-id': 'tnm' },
    ...{ 'ocpi-to-country-code': 'de', 'ocpi-to-party-id': 'vlt' },
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...{ 'x-request-id': 'R-1', 'x-correlation-id': 'C-1' },
    ...{ 'ocpi-to-party-id': 'TNM', 'ocpi-from-party-id': 'VLT' },
  });
});

it('offers what it serves, each side of a module once (OCPI-VER-01 to 06)', async () => {
  const response = await raw('GET', '2.2.1/', asOwner());
  const { data } = (await response.json()) as { data: { endpoints: object[] } };
  expect(data.endpoints).toEqual(
    [
      ['credentials', 'SENDER', 'credentials'],
      ['locations', 'SENDER', 'cpo/locations'],
      ['tariffs', 'SENDER', 'cpo/tariffs'],
      ['sessions', 'SENDER', 'cpo/sessions'],
      ['cdrs', 'SENDER', 'cpo/cdrs'],
      ['tokens', 'RECEIVER', 'cpo/tokens'],
      ['commands', 'RECEIVER', 'cpo/commands'],
    ].map(([identifier, role, path]) => ({
      ...{ identifier, role, url: `${rig.url}/ocpi/2.2.1/${String(path)}` },
    })),
  );
});
