import { randomUUID } from 'node:crypto';
import { type Cdr } from '@voltledger/contracts';
import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiCdr,
  ocpiRating,
  ocpiSessionStory,
  sampleLocation,
  sampleTariff,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

let rig: OcpiRig;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  await rig.tariffs({ type: 'TariffPublished', data: { tariff: sampleTariff(), version: 1 } });
});

afterAll(() => rig.close());

/** A partner that has been told everything. */
async function registered(id: string): Promise<OcpiPartner> {
  const partner = await rig.partner(id);
  await eventually(() => expect(partner.objects.locations.size).toBe(1));
  return partner;
}

it('is told an EVSE status alone, and the whole location when it knows none (OCPI-LOC-05)', async () => {
  const partner = await registered('status');
  const data = {
    ...{ locationId: sampleLocation(1).locationId, evseUid: 'EVSE-0002' },
    ...{ evseId: 'DE*VLT*E0002*1', status: 'CHARGING' as const, at: ocpiCdr('x').issuedAt },
  };
  await rig.locations({ type: 'EvseStatusChanged', data });
  await eventually(() =>
    expect(partner.objects.locations.get('harbour')).toMatchObject({
      evses: expect.arrayContaining([
        expect.objectContaining({ uid: 'EVSE-0002', status: 'CHARGING' }),
      ]) as unknown,
    }),
  );
  expect(partner.received('locations', 'PATCH')).toHaveLength(1);
  partner.objects.locations.clear();
  await rig.locations({ type: 'EvseStatusChanged', data: { ...data, status: 'AVAILABLE' } });
  await eventually(() => expect(partner.objects.locations.size).toBe(1));
});

it('loses a tariff that is withdrawn (OCPI-TAR-05)', async () => {
  const partner = await registered('tariffs');
  const tariff = sampleTariff('NIGHT');
  await rig.tariffs({ type: 'TariffPublished', data: { tariff, version: 1 } });
  await eventually(() => expect(partner.objects.tariffs.has('night')).toBe(true));
  await rig.tariffs({
    type: 'TariffWithdrawn',
    data: { tariffId: tariff.tariffId, at: tariff.updatedAt },
  });
  await eventually(() => expect(partner.objects.tariffs.has('night')).toBe(false));
});

it('sees its session grow by totals, and end whole, with periods once (OCPI-SES-08)', async () => {
  const partner = await registered('watching');
  const sessionId = randomUUID();
  const [started, tariff, reading, cost, ended] = ocpiSessionStory('watching', sessionId);
  const now = () => partner.objects.sessions.get(sessionId);
  await rig.sessions(started!, tariff!);
  await eventually(() => expect(now()).toMatchObject({ status: 'ACTIVE', kwh: 0 }));
  await rig.sessions(reading!, cost!);
  await eventually(() =>
    expect(now()).toMatchObject({ kwh: 5, total_cost: { excl_vat: 2.8, incl_vat: 3.332 } }),
  );
  await rig.sessions(ended!);
  const about = { sessionId, throughRevision: 5, at: ocpiCdr('x').issuedAt } as never as {
    sessionId: Cdr['sessionId'];
    throughRevision: number;
    at: Cdr['issuedAt'];
  };
  await rig.tariffs({ type: 'SessionRated', data: { ...about, rating: ocpiRating() } });
  await eventually(() =>
    expect(now()).toMatchObject({ status: 'COMPLETED', total_cost: { excl_vat: 8.25 } }),
  );
  expect(now()).toMatchObject({ charging_periods: [{}, {}] });
  const patches = partner.received('sessions', 'PATCH').map(({ body }) => body);
  for (const patch of patches) expect(patch).not.toHaveProperty('charging_periods');
  expect(partner.objects.problems).toEqual([]);
});
