import { configFrom } from '@voltledger/platform';
import {
  OcpiPartner,
  OperatorClient,
  type PartnerInvitation,
  eventually,
  partnerUid,
  sampleLocation,
  sampleStationId,
  sampleTariff,
} from '@voltledger/testing';
import { z } from 'zod';

const STARTING_MS_MAX = 300_000;
const TOLD_EVERY_MS = 10_000;
const STATION = 1;

const settings = z.object({
  /** Without `/api/v1`. */
  OPERATOR_URL: z.url(),
  ADMIN_API_KEY: z.string(),
  DEMO_STATION_PASSWORD: z.string().min(8),
  DEMO_PARTNER_PORT: z.coerce.number().int().min(1).max(65_535).default(9001),
});

/** A roaming partner for a network that runs as several processes; it brings the demo's data, too. */
async function main(): Promise<void> {
  const { OPERATOR_URL, ADMIN_API_KEY, DEMO_STATION_PASSWORD, DEMO_PARTNER_PORT } = configFrom(
    settings,
    process.env,
  );
  const operator = new OperatorClient(OPERATOR_URL, ADMIN_API_KEY);
  await eventually(() => bring(operator, DEMO_STATION_PASSWORD), STARTING_MS_MAX);
  const partner = await OcpiPartner.start({ port: DEMO_PARTNER_PORT });
  await register(operator, partner);
  await partner.pushToken(partnerUid(STATION), { whitelist: 'ALWAYS' });
  console.log('registered; its driver may charge now');
  setInterval(() => {
    const of = (module: string) => partner.log.filter((each) => each.module === module).length;
    console.log(`received: ${of('sessions')} about sessions, ${of('cdrs')} CDRs`);
  }, TOLD_EVERY_MS);
}

async function bring(operator: OperatorClient, password: string): Promise<void> {
  const tariff = sampleTariff();
  await operator.put(`tariffs/${tariff.tariffId}`, tariff);
  const { locationId, evses, updatedAt: _updatedAt, ...location } = sampleLocation(STATION);
  await operator.put(`locations/${locationId}`, {
    ...location,
    evses: evses.map(({ status: _status, updatedAt: _at, ...evse }) => evse),
  });
  await operator.put(`stations/${sampleStationId(STATION)}`, { password });
}

/** What was agreed with an earlier one is gone with it: it comes under a name of its own. */
async function register(operator: OperatorClient, partner: OcpiPartner): Promise<void> {
  const known = await operator.all<{ partnerId: string }>('ocpi/partners');
  const partnerId = `demo-${known.length + 1}`;
  await operator.post('ocpi/partners', { partnerId, name: 'Demo Mobility' });
  const path = `ocpi/partners/${partnerId}/invitation`;
  await partner.registerAt(await operator.post<PartnerInvitation>(path, undefined));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
