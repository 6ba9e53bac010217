import { randomUUID } from 'node:crypto';
import {
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

let rig: OcpiRig;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  await rig.tariffs({ type: 'TariffPublished', data: { tariff: sampleTariff(), version: 1 } });
});

afterAll(() => rig.close());

const pending = async () =>
  (await rig.operate<{ items: unknown[] }>('GET', 'ocpi/pushes?state=pending')).items;

it('is told nothing twice by a rebuild, and what it can pull stays the same (rule 7)', async () => {
  const partner = await rig.partner('rebuilt');
  const sessionId = randomUUID();
  await rig.sessions(...ocpiSessionStory('rebuilt', sessionId));
  const cdr = ocpiCdr('rebuilt');
  await rig.cdrs({ type: 'CdrIssued', data: { cdr, seal } });
  await eventually(() => {
    expect(partner.objects.sessions.get(sessionId)).toMatchObject({ status: 'COMPLETED' });
    expect(partner.objects.cdrs.size).toBe(1);
    expect(partner.objects.locations.size).toBe(1);
  });
  await eventually(async () => expect(await pending()).toEqual([]));
  const rows = () =>
    rig.database.query(
      `select 'l' as of, location_key as key, state, rebuild from roaming_ocpi.partner_locations
       union all select 't', tariff_key, state, rebuild from roaming_ocpi.partner_tariffs
       union all select 's', session_id::text, state, rebuild from roaming_ocpi.partner_sessions
       union all select 'c', cdr_key, state, null from roaming_ocpi.partner_cdrs order by 1, 2`,
    );
  const before = await rows();
  const told = partner.log.length;
  for (const projection of ['locations', 'tariffs', 'sessions', 'cdrs'])
    await rig.operate('POST', `ocpi/projections/${projection}/rebuild`);
  await rig.sessions(...ocpiSessionStory('rebuilt', randomUUID()));
  await eventually(() => expect(partner.objects.sessions.size).toBe(2), 20_000);
  await eventually(
    async () => expect((await rows()).filter(isOld(before))).toEqual(before),
    20_000,
  );
  const since = partner.log.slice(told);
  expect(since.filter(({ module }) => module !== 'sessions')).toEqual([]);
  expect(since.filter(({ path }) => path.includes(sessionId))).toEqual([]);
});

const isOld = (rows: readonly unknown[]) => {
  const keys = new Set(rows.map((row) => (row as { key: string }).key));
  return (row: unknown) => keys.has((row as { key: string }).key);
};
