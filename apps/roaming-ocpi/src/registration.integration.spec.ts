import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  sampleLocation,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

interface ShownPartner {
  readonly status: string;
  readonly version?: string;
  readonly startedBy?: string;
  readonly failure?: { readonly code: string };
}

let rig: OcpiRig;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(1) } });
});

afterAll(() => rig.close());

const shown = (id: string) => rig.operate<ShownPartner>('GET', `ocpi/partners/${id}`);
const add = (id: string) => rig.operate('POST', 'ocpi/partners', { partnerId: id, name: id });
const send = (method: string, path: string, with_: OcpiPartner, token?: string, body?: unknown) =>
  with_.calls.send(method, `${rig.url}/ocpi/${path}`, { ...(token && { token }), body });

/** A partner that registered with us, and the invitation it came with. */
async function registered(id: string) {
  const invitation = await rig.invite(id);
  const known = await rig.stranger();
  await known.registerAt(invitation);
  return { known, invitation };
}

it('registers with us, and its invitation is void from then on (OCPI-CRE-03, OCPI-CRE-04)', async () => {
  const { known, invitation } = await registered('invited');
  expect(await shown('invited')).toMatchObject({
    ...{ status: 'registered', version: '2.2.1', startedBy: 'partner' },
  });
  expect(known.received('versions').length + known.received('2.2.1').length).toBe(2);
  expect(await send('GET', 'versions', known, invitation.token)).toMatchObject({ http: 401 });
  expect(await send('GET', 'versions', known)).toMatchObject({ http: 200, status: 1000 });
});

it('is registered by us, and told everything (OCPI-CRE-02)', async () => {
  const known = await rig.stranger();
  await add('asked');
  await rig.operate('POST', 'ocpi/partners/asked/registration', known.invite());
  expect(await shown('asked')).toMatchObject({ status: 'registered', startedBy: 'us' });
  await eventually(() => expect([...known.objects.locations.keys()]).toEqual(['harbour']));
  expect(await known.calls.pull('locations')).toHaveLength(1);
});

it('with only an invitation reaches nothing but versions and credentials (OCPI-TRN-08)', async () => {
  const stranger = await rig.stranger();
  const { token } = await rig.invite('not-yet');
  expect(await send('GET', 'versions', stranger, token)).toMatchObject({ http: 200 });
  expect(await send('GET', '2.2.1', stranger, token)).toMatchObject({ http: 200 });
  expect(await send('GET', '2.2.1/cpo/locations', stranger, token)).toMatchObject({ http: 401 });
  expect(await send('GET', '2.2.1/nothing', stranger, token)).toMatchObject({ http: 401 });
  expect(
    await send('PUT', '2.2.1/credentials', stranger, token, credentials(stranger)),
  ).toMatchObject({
    ...{ http: 405 },
  });
  expect(await send('DELETE', '2.2.1/credentials', stranger, token)).toMatchObject({ http: 405 });
  expect(await send('PATCH', '2.2.1/credentials', stranger, token, {})).toMatchObject({
    http: 405,
  });
});

const credentials = (of: OcpiPartner, changes: object = {}) => ({
  token: 'their-token',
  url: of.versionsUrl,
  roles: [{ role: 'EMSP', business_details: { name: 'T' }, country_code: 'NL', party_id: 'TNM' }],
  ...changes,
});

it('cannot register twice (OCPI-CRE-05)', async () => {
  const { known } = await registered('twice');
  expect(
    await send('POST', '2.2.1/credentials', known, undefined, credentials(known)),
  ).toMatchObject({
    ...{ http: 405, status: 2000 },
  });
});

it('reads our credentials with its own token in them (OCPI-CRE-11, OCPI-CRE-16)', async () => {
  const { known } = await registered('reader');
  const { data } = await send('GET', '2.2.1/credentials', known);
  expect(data).toMatchObject({
    token: known.calls.token,
    url: `${rig.url}/ocpi/versions`,
    roles: [{ role: 'CPO', country_code: 'DE', party_id: 'VLT' }],
  });
});

it('renews its credentials; the old token is void (OCPI-CRE-08, OCPI-CRE-09)', async () => {
  const { known, invitation } = await registered('renewing');
  const before = known.calls.token;
  await known.renew(invitation.versionsUrl);
  expect(known.calls.token).not.toBe(before);
  expect(await send('GET', 'versions', known, before)).toMatchObject({ http: 401 });
  expect(await known.calls.pull('locations')).toHaveLength(1);
});

it('keeps the old pair when a renewal fails half way (OCPI-CRE-09, OCPI-CRE-13)', async () => {
  const { known } = await registered('unlucky');
  known.faults.plan({ kind: 'fails', status: 500 }, { module: '2.2.1' });
  const answer = await send('PUT', '2.2.1/credentials', known, undefined, credentials(known));
  expect(answer).toMatchObject({ http: 200, status: 3001 });
  expect(await known.calls.pull('locations')).toHaveLength(1);
});

it('whose API does not answer may try again with the same invitation (OCPI-CRE-13)', async () => {
  const known = await rig.stranger();
  const invitation = await rig.invite('patient');
  known.faults.plan({ kind: 'fails', status: 503 }, { module: 'versions' });
  await expect(known.registerAt(invitation)).rejects.toThrow('3001');
  await known.registerAt(invitation);
  expect(await shown('patient')).toMatchObject({ status: 'registered' });
});

it('that cannot take CDRs is told so (OCPI-CRE-15)', async () => {
  const known = await rig.stranger();
  await add('no-cdrs');
  known.lack('cdrs');
  await expect(
    rig.operate('POST', 'ocpi/partners/no-cdrs/registration', known.invite()),
  ).rejects.toThrow('ENDPOINTS_MISSING');
  expect(await shown('no-cdrs')).toMatchObject({ failure: { code: 'ENDPOINTS_MISSING' } });
});

it('that is not there leaves a reason for the operator', async () => {
  const known = await rig.stranger();
  await add('absent');
  const invitation = known.invite();
  await known.down();
  await expect(
    rig.operate('POST', 'ocpi/partners/absent/registration', invitation),
  ).rejects.toThrow('PARTNER_API_UNUSABLE');
  expect(await shown('absent')).toMatchObject({
    ...{ status: 'added', failure: { code: 'PARTNER_API_UNUSABLE' } },
  });
});

it('leaves, and its token opens nothing any more (OCPI-CRE-12)', async () => {
  const { known } = await registered('leaving');
  await known.unregister();
  expect(await shown('leaving')).toMatchObject({ status: 'unregistered' });
  expect(await send('GET', 'versions', known)).toMatchObject({ http: 401 });
});

it('is left by us, and told so', async () => {
  const { known } = await registered('left');
  expect(await rig.operate('DELETE', 'ocpi/partners/left/registration')).toEqual({});
  expect(known.received('credentials', 'DELETE')).toHaveLength(1);
  expect(await send('GET', 'versions', known)).toMatchObject({ http: 401 });
  await rig.operate('DELETE', 'ocpi/partners/left');
  expect(await shown('left')).toMatchObject({ status: 'deleted' });
});

it('is neither heard nor told while it is suspended, and told then what it missed', async () => {
  const { known } = await registered('suspended');
  await eventually(() => expect(known.objects.locations.size).toBe(1));
  await rig.operate('POST', 'ocpi/partners/suspended/suspension', { reason: 'unpaid' });
  expect(await send('GET', 'versions', known)).toMatchObject({ http: 401 });
  const location = { ...sampleLocation(1), name: 'Harbour, renamed' };
  await rig.locations({ type: 'LocationChanged', data: { location } });
  await rig.operate('DELETE', 'ocpi/partners/suspended/suspension');
  await eventually(() =>
    expect(known.objects.locations.get('harbour')).toMatchObject({ name: 'Harbour, renamed' }),
  );
});

it('keeps no token in clear (OCPI-CRE-24)', async () => {
  const { known } = await registered('secret');
  const tables = await rig.database.query<{ row: string }>(
    `select c::text as row from roaming_ocpi.credentials c
     union all select p::text from roaming_ocpi.partners p`,
  );
  expect(tables.some(({ row }) => row.includes(known.calls.token))).toBe(false);
});
