import { randomUUID } from 'node:crypto';
import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import {
  type OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiCdr,
  ocpiCredit,
  sampleLocation,
  sampleTariff,
  startOcpiRig,
} from '@voltledger/testing';
import { roamingOcpiService } from './app.module';

interface ShownPush {
  readonly id: string;
  readonly kind: string;
  readonly code?: string;
  readonly detail?: string;
}

const hash = '0'.repeat(64);
const seal: CdrSeal = { sequence: 1, contentHash: hash, previousHash: hash, hash };

let rig: OcpiRig;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  await rig.tariffs({ type: 'TariffPublished', data: { tariff: sampleTariff(), version: 1 } });
});

afterAll(() => rig.close());

async function registered(id: string): Promise<OcpiPartner> {
  const partner = await rig.partner(id);
  await eventually(() => expect(partner.objects.tariffs.size).toBe(1));
  return partner;
}

/** A CDR of its own for this partner, as billing issues it. */
async function issued(partnerId: string, changes: Partial<Cdr> = {}): Promise<Cdr> {
  const ids = { cdrId: randomUUID(), sessionId: randomUUID() } as unknown as Partial<Cdr>;
  const cdr = ocpiCdr(partnerId, { ...ids, ...changes });
  await rig.cdrs({ type: 'CdrIssued', data: { cdr, seal } });
  return cdr;
}

const answered = (cdr: Cdr) =>
  rig.news.filter(({ data }) => 'cdrId' in data && data.cdrId === cdr.cdrId);
const pushes = async (state: string, partner: string) =>
  (
    await rig.operate<{ items: ShownPush[] }>(
      'GET',
      `ocpi/pushes?state=${state}&partner=${partner}`,
    )
  ).items;

it('gets a CDR, and billing hears where it is kept (OCPI-CDR-02, OCPI-CDR-04)', async () => {
  const partner = await registered('plain');
  const cdr = await issued('plain');
  await eventually(() => expect(answered(cdr)).toHaveLength(1));
  expect(answered(cdr)[0]).toMatchObject({
    type: 'CdrDelivered',
    data: {
      ...{ cdrId: cdr.cdrId, sessionId: cdr.sessionId, protocol: 'ocpi', attempts: 1 },
      reference: expect.stringContaining(`/cdrs/${cdr.cdrId}`) as string,
    },
  });
  expect(partner.objects.problems).toEqual([]);
});

it('gets a CDR once when its answer was lost: the very same one again (OCPI-CDR-06)', async () => {
  const partner = await registered('lossy');
  partner.faults.plan({ kind: 'loses answer' }, { module: 'cdrs', times: 2 });
  const cdr = await issued('lossy');
  await eventually(() => expect(answered(cdr)).toHaveLength(1), 20_000);
  const sent = partner.received('cdrs', 'POST').map(({ body }) => JSON.stringify(body));
  expect(sent).toHaveLength(3);
  expect(new Set(sent).size).toBe(1);
  expect(partner.objects.cdrs.size).toBe(1);
  expect(partner.objects.repeatedCdrs).toHaveLength(2);
  expect(answered(cdr)[0]).toMatchObject({ type: 'CdrDelivered', data: { attempts: 3 } });
});

it('gets what it missed when it comes back; others notice nothing', async () => {
  const away = await registered('away');
  const present = await registered('present');
  await away.down();
  const missed = [await issued('away'), await issued('away')];
  const other = await issued('present');
  await eventually(() => expect(present.objects.cdrs.has(other.cdrId)).toBe(true));
  expect(answered(missed[0]!)).toEqual([]);
  await away.up();
  await eventually(() => expect(away.objects.cdrs.size).toBe(2), 20_000);
  await eventually(() => expect(missed.flatMap(answered)).toHaveLength(2));
  expect(away.objects.repeatedCdrs).toEqual([]);
});

it('gets after a restart of ours what waited before', async () => {
  const partner = await registered('restarted');
  partner.faults.plan({ kind: 'fails', status: 503 }, { module: 'cdrs' });
  const cdr = await issued('restarted');
  await eventually(() => expect(partner.received('cdrs').length).toBeGreaterThan(0));
  await rig.restart();
  await eventually(() => expect(partner.objects.cdrs.has(cdr.cdrId)).toBe(true), 20_000);
  expect(partner.objects.repeatedCdrs).toEqual([]);
});

it('may refuse a CDR: operator and billing see why, and it can be tried again', async () => {
  const partner = await registered('strict');
  partner.faults.plan(
    { kind: 'refuses', statusCode: 2001, message: 'no such contract' },
    { module: 'cdrs' },
  );
  const cdr = await issued('strict');
  await eventually(async () => expect(await pushes('refused', 'strict')).toHaveLength(1));
  const [push] = await pushes('refused', 'strict');
  expect(push).toMatchObject({ kind: 'cdr', code: '2001', detail: 'no such contract' });
  await rig.operate('POST', `ocpi/pushes/${push!.id}/retry`);
  await eventually(() =>
    expect(answered(cdr).map(({ type }) => type)).toEqual(['CdrRejectedByPartner', 'CdrDelivered']),
  );
  expect(partner.objects.cdrs.size).toBe(1);
});

it('gets a credit after the CDR it takes back, and then the new one (OCPI-CDR-09, OCPI-CDR-11)', async () => {
  const partner = await registered('credited');
  partner.faults.plan({ kind: 'fails', status: 500 }, { module: 'cdrs' });
  const original = await issued('credited');
  const credit = ocpiCredit(original, randomUUID());
  const data = { originalId: original.cdrId, credit, seal, reason: 'late data', by: 'system' };
  await rig.cdrs({ type: 'CdrCredited', data } as never);
  const { sessionId, cdrId: replaces } = original;
  const corrected = await issued('credited', { sessionId, replaces });
  await eventually(() => expect(partner.objects.cdrs.size).toBe(3), 20_000);
  expect(
    [...partner.objects.cdrs.values()].map(({ id, credit: isCredit }) => [id, isCredit]),
  ).toEqual([
    [original.cdrId, undefined],
    [credit.cdrId, true],
    [corrected.cdrId, undefined],
  ]);
  expect(partner.objects.problems).toEqual([]);
});
