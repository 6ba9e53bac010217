import {
  OcpiPartner,
  type OcpiRig,
  eventually,
  ocpiCdr,
  ocpiRating,
  ocpiSessionStory,
  sampleLocation,
  sampleTariff,
  startOcpiRig,
} from '@voltledger/testing';
import { type CdrSeal } from '@voltledger/contracts';
import { roamingOcpiService } from './app.module';

const seal: CdrSeal = {
  sequence: 1,
  contentHash: '0'.repeat(64),
  previousHash: '0'.repeat(64),
  hash: '0'.repeat(64),
};

let rig: OcpiRig;
let partner: OcpiPartner;

beforeAll(async () => {
  rig = await startOcpiRig(roamingOcpiService);
  await rig.locations({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  await rig.tariffs({ type: 'TariffPublished', data: { tariff: sampleTariff(), version: 1 } });
  partner = await OcpiPartner.start();
});

afterAll(async () => {
  await partner.down();
  await rig.close();
});

it('is told everything once it registered with us (OCPI-CRE-02 to 04)', async () => {
  await partner.registerAt(await rig.invite('nl-tnm'));
  await eventually(() => {
    expect([...partner.objects.locations.keys()]).toEqual(['harbour']);
    expect([...partner.objects.tariffs.keys()]).toEqual(['standard']);
  });
  expect(partner.objects.problems).toEqual([]);
});

it('sees its session grow and end, and gets its CDR once', async () => {
  await rig.sessions(...ocpiSessionStory('nl-tnm'));
  await rig.tariffs({
    type: 'SessionRated',
    data: {
      sessionId: ocpiCdr('nl-tnm').sessionId,
      throughRevision: 5,
      rating: ocpiRating(),
      at: ocpiCdr('nl-tnm').issuedAt,
    },
  });
  await rig.cdrs({ type: 'CdrIssued', data: { cdr: ocpiCdr('nl-tnm'), seal } });
  await eventually(() => {
    expect([...partner.objects.sessions.values()]).toEqual([
      expect.objectContaining({ status: 'COMPLETED', kwh: 10 }),
    ]);
    expect(partner.objects.cdrs.size).toBe(1);
  });
  expect(partner.objects.problems).toEqual([]);
});
