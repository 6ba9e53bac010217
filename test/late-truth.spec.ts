import { instantAt, plusMillis } from '@voltledger/kernel';
import {
  type SimulatedStation,
  type SimulatedTransaction,
  type SimulatedVersion,
  eventually,
  hubjectUid,
  partnerUid,
  stationDialects,
} from '@voltledger/testing';
import {
  FIRST_REGISTER,
  type IssuedCdr,
  type Journey,
  plus,
  startJourney,
} from './support/journey';

const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];
const MINUTE = 60_000;
const PATIENCE_MS = 30_000;

let journey: Journey;

beforeAll(async () => {
  // An end that is lost is taken for lost at once.
  const settings = { LOST_END_NEXT_START_SECONDS: '1', LOST_END_NUMBERED_SECONDS: '1' };
  journey = await startJourney(VERSIONS.length * 2, { settings });
}, 120_000);

afterAll(() => journey.close());

interface Story {
  readonly facts: Readonly<Record<string, string>>;
  readonly items: readonly { stage: string; type: string; text: string; recordedAt: string }[];
}
interface Line {
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
}

const storyOf = (sessionId: string, at = ''): Promise<Story> =>
  journey.operator.get<Story>(`sessions/${sessionId}/story?limit=500${at && `&at=${at}`}`);

/** The CDRs of the session that began then, in the order they were issued. */
const cdrsOf = (startedAt: string, count: number): Promise<IssuedCdr[]> =>
  eventually(async () => {
    const all = await journey.operator.all<IssuedCdr>('cdrs');
    const found = all.filter(({ cdr }) => cdr.startedAt === startedAt);
    expect(found).toHaveLength(count);
    return found;
  }, PATIENCE_MS);

/** The stop of a first transaction is lost; that a second begins there is all that is heard. */
async function lostStop(
  station: SimulatedStation,
  uid: string,
  backMs: number,
): Promise<{ late: SimulatedTransaction; at: (ms: number) => ReturnType<typeof instantAt> }> {
  const began = instantAt(Date.now() - backMs);
  const at = (ms: number) => plusMillis(began, ms);
  const token = { uid };
  const late = await station.start({ token, register: FIRST_REGISTER, at: began });
  await late.meter({ register: plus(FIRST_REGISTER, '10'), at: at(15 * MINUTE) });
  const next = await station.start({
    ...{ token, register: plus(FIRST_REGISTER, '11.234'), at: at(30 * MINUTE) },
  });
  await next.stop({ register: plus(FIRST_REGISTER, '12'), at: at(40 * MINUTE) });
  return { late, at };
}

describe.each(VERSIONS)('1.6: a stop that was lost and comes late, over OCPP %s', (version) => {
  const number = VERSIONS.indexOf(version) * 2 + 1;

  it('first the proven energy is billed; then a credit and a new CDR, everywhere', async () => {
    const station = await journey.station(number, version);
    await station.goOffline();
    const { late, at } = await lostStop(station, partnerUid(number), 60 * MINUTE);
    await station.connect();
    const [first] = await cdrsOf(at(0), 1);
    expect(first!.cdr).toMatchObject({ energy: 10_000_000 });
    const { sessionId } = first!.cdr;
    const [{ recordedAt: before }] = (await storyOf(sessionId)).items.slice(-1) as [
      Story['items'][0],
    ];

    await late.stop({ register: plus(FIRST_REGISTER, '11.234'), at: at(20 * MINUTE) });
    const [, credit, second] = await cdrsOf(at(0), 3);
    expect(credit!).toMatchObject({ status: 'credit', cdr: { credits: first!.cdr.cdrId } });
    expect(second!.cdr).toMatchObject({ energy: 11_234_000, replaces: first!.cdr.cdrId });

    const { objects } = journey.roaming.partner;
    await eventually(() => {
      const there = ({ cdr }: IssuedCdr) => objects.cdrs.get(cdr.cdrId.toLowerCase());
      const [was, taken, is] = [first!, credit!, second!].map(there);
      expect(taken).toMatchObject({ credit: true, credit_reference_id: first!.cdr.cdrId });
      expect(total(taken)).toBeCloseTo(-total(was), 4);
      expect(is).toMatchObject({ total_energy: 11.234 });
      expect(is).not.toHaveProperty('credit');
    }, PATIENCE_MS);
    expect(objects.problems).toEqual([]);

    const owed = await eventually(async () => {
      const { items } = await journey.operator.get<{ items: Line[] }>(
        `ledger/lines?session=${sessionId}&limit=100`,
      );
      const receivable = items.filter(({ account }) => account.startsWith('receivable:'));
      expect(receivable).toHaveLength(3);
      return receivable.reduce(
        (sum, { debit, credit: less }) => sum + cents(debit) - cents(less),
        0,
      );
    });
    expect(owed * 10_000).toBe(second!.cdr.billed.afterTaxes.micros);

    await eventually(async () => {
      const { items, facts } = await storyOf(sessionId);
      const told = items.map(({ type }) => type);
      for (const type of ['SessionClosedByEstimate', 'CdrCredited', 'cdr credited'])
        expect(told).toContain(type);
      expect(told.filter((type) => type === 'CdrDelivered')).toHaveLength(3);
      expect(facts['CDR']).toContain(second!.cdr.cdrId);
    }, PATIENCE_MS);
    const then = await storyOf(sessionId, before);
    expect(then.facts['CDR']).toContain(first!.cdr.cdrId);
    expect(then.items.map(({ type }) => type)).not.toContain('CdrCredited');
  });

  it('2.4: Hubject has the first CDR and takes no correction: refused by us, shown to finance', async () => {
    const hubject = number + 1;
    const station = await journey.station(hubject, version);
    const uid = hubjectUid(hubject);
    expect(await station.authorize({ uid })).toBe('Accepted');
    const began = instantAt(Date.now() - 4_000);
    const at = (ms: number) => plusMillis(began, ms);
    const late = await station.start({ token: { uid }, register: FIRST_REGISTER, at: began });
    await late.meter({ register: plus(FIRST_REGISTER, '0.15'), at: at(2_500) });
    const again = { token: { uid: partnerUid(hubject) }, at: at(3_500) };
    const next = await station.start({ ...again, register: plus(FIRST_REGISTER, '0.17') });
    const [first] = await cdrsOf(began, 1);
    const { broker } = journey.roaming.hubject;
    const { payer } = first!.cdr.authorization;
    if (payer.kind !== 'oicp') throw new Error(`paid by ${payer.kind}`);
    const atHubject = () =>
      broker.cdrs.filter(({ SessionID }) => SessionID === payer.oicpSessionId);
    await eventually(() => {
      expect(atHubject()).toHaveLength(1);
    }, PATIENCE_MS);
    await late.stop({ register: plus(FIRST_REGISTER, '0.17'), at: at(3_000) });
    await eventually(async () => {
      const [, credit, second] = await cdrsOf(began, 3);
      for (const issued of [credit!, second!])
        expect(issued).toMatchObject({
          bilateral: true,
          deliveries: [{ outcome: 'rejected', code: 'ONE_CDR_PER_SESSION' }],
        });
    }, PATIENCE_MS);
    expect(atHubject()).toHaveLength(1);
    await next.stop({ register: plus(FIRST_REGISTER, '0.2'), at: at(4_000) });
  });
});

const cents = (amount: string): number => Number(amount.replace('.', ''));

const total = (cdr: unknown): number =>
  (cdr as { total_cost: { excl_vat: number } }).total_cost.excl_vat;
