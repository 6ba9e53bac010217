import { type Tariff } from '@voltledger/contracts';
import { OperatorClient, eventually, partnerUid, sampleTariff } from '@voltledger/testing';
import { FIRST_REGISTER, type Journey, chargeBriefly, startJourney } from './support/journey';

const STATION = 1;
const PATIENCE_MS = 30_000;

let journey: Journey;
let approver: OperatorClient;

beforeAll(async () => {
  journey = await startJourney(1);
  const { key } = await journey.operator.post<{ key: string }>('keys', {
    ...{ name: 'approver', roles: ['finance'] },
  });
  approver = new OperatorClient(journey.roaming.settings['OCPI_PUBLIC_URL'] ?? '', key);
}, 120_000);

afterAll(() => journey.close());

/** The energy should have cost 0.29, not 0.49. */
function corrected(): Omit<Tariff, 'updatedAt'> {
  const { updatedAt: _updatedAt, ...tariff } = sampleTariff();
  const elements = tariff.elements.map((element) => ({
    ...element,
    components: element.components.map((each) =>
      each.dimension === 'ENERGY' ? { ...each, price: 290_000 } : each,
    ),
  }));
  return { ...tariff, elements };
}

interface Rerating {
  readonly status: string;
  readonly outcomes: object;
  readonly progress: object;
}

it('corrects a price after the fact: shown, approved by another, credited, charged anew, told to the partner', async () => {
  const station = await journey.station(STATION, '1.6');
  const uid = partnerUid(STATION);
  await station.authorize({ uid });
  await chargeBriefly((at) => station.start({ token: { uid }, register: FIRST_REGISTER, at }));
  const [wrong] = await journey.cdrsOf(STATION);
  // 0.35 to start and 0.3 kWh at 0.49.
  expect(wrong?.cdr.costs.total.beforeTaxes.micros).toBe(497_000);

  const { reratingId } = await journey.operator.post<{ reratingId: string }>('tariffs/reratings', {
    ...{ from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
    ...{ tariff: corrected(), reason: 'The published price was wrong.' },
  });
  const path = `tariffs/reratings/${reratingId}`;
  const reaches = (status: string) =>
    eventually(async () => {
      const found = await journey.operator.get<Rerating>(path);
      expect(found.status).toBe(status);
      return found;
    }, PATIENCE_MS);
  expect(await reaches('computed')).toMatchObject({
    ...{ outcomes: { changed: 1 }, progress: { due: 1 } },
    changeMost: [{ was: { beforeTaxes: 497_000 }, becomes: { beforeTaxes: 437_000 } }],
  });
  await expect(journey.operator.post(`${path}/approval`, { note: 'Mine.' })).rejects.toThrow(
    'SAME_EYES',
  );

  await approver.post(`${path}/approval`, { note: 'Checked.' });
  expect(await reaches('settled')).toMatchObject({ progress: { reissued: 1 } });
  const cdrs = await journey.cdrsOf(STATION, 3);
  const of = (status: string) => cdrs.find((each) => each.status === status)?.cdr;
  expect(of('credited')?.cdrId).toBe(wrong?.cdr.cdrId);
  expect(of('credit')).toMatchObject({
    ...{ credits: wrong?.cdr.cdrId, costs: { total: { beforeTaxes: { micros: -497_000 } } } },
  });
  expect(of('live')).toMatchObject({
    ...{ replaces: wrong?.cdr.cdrId, costs: { total: { beforeTaxes: { micros: 437_000 } } } },
  });
  expect(of('live')?.trace.join()).toContain('0.3 kWh at 0.29 EUR/kWh');
  const { objects } = journey.roaming.partner;
  await eventually(() => {
    const copy = objects.cdrs.get(of('live')!.cdrId.toLowerCase());
    expect(copy).toMatchObject({ total_cost: { excl_vat: 0.437 } });
  }, PATIENCE_MS);
  expect(objects.problems).toEqual([]);
}, 120_000);
