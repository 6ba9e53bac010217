import { type Cdr, type ChargingPlace, cdrSchema } from '@voltledger/contracts';
import { sampleLocation, sampleTariff } from './sample-network';

/** Where the sample roaming session takes place: `DE*VLT*E0001*1`, Europe/Berlin. */
export function roamingPlace(): ChargingPlace {
  const { evses, operatorName: _name, publish: _publish, ...place } = sampleLocation(1);
  const [evse] = evses;
  if (!evse) throw new Error('the sample location has no EVSE');
  const [connector] = evse.connectors;
  return { place, evse, ...(connector && { connector }) };
}

export const SAMPLE_OICP_SESSION = '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3';

/** How a driver of a Hubject partner came to be allowed, by card. */
export const roamingAuthorization = (): Cdr['authorization'] => ({
  method: 'AUTH_REQUEST',
  token: { uid: '044A2DAA856280', type: 'RFID', contractId: '044A2DAA856280', issuer: 'DE-T02' },
  payer: {
    kind: 'oicp',
    oicpSessionId: SAMPLE_OICP_SESSION,
    providerId: 'DE-T02',
    cpoPartnerSessionId: 'request-1',
    identification: { kind: 'rfid', uid: '044A2DAA856280' },
  },
});

const none = { micros: 0, currency: 'EUR' };
const noPrice = { beforeTaxes: none, afterTaxes: none, taxes: [] };

/** A CDR of 14.642 kWh for a Hubject partner's driver; times in UTC, the place in Berlin. */
export function roamingCdr(overrides: Partial<Cdr> = {}): Cdr {
  const period = { chargingTime: 0, parkingTime: 0, reservedTime: 0 };
  return cdrSchema.parse({
    cdrId: 'CDR-1',
    sessionId: '0d4e2c0c-0000-4000-8000-000000000001',
    countryCode: 'DE',
    partyId: 'VLT',
    startedAt: '2026-05-04T06:00:00.250Z',
    endedAt: '2026-05-04T07:14:40.900Z',
    authorization: roamingAuthorization(),
    place: roamingPlace(),
    meterStart: 1_204_310_000,
    meterStop: 1_218_952_000,
    energy: 14_642_000,
    time: { total: 4_480_650, charging: 4_184_000, parking: 296_650, reserved: 0 },
    periods: [
      {
        ...period,
        startedAt: '2026-05-04T06:00:00.250Z',
        endedAt: '2026-05-04T06:00:21.100Z',
        energy: 0,
      },
      {
        ...period,
        startedAt: '2026-05-04T06:00:21.100Z',
        endedAt: '2026-05-04T07:10:05.400Z',
        energy: 14_642_000,
      },
      {
        ...period,
        startedAt: '2026-05-04T07:10:05.400Z',
        endedAt: '2026-05-04T07:14:40.900Z',
        energy: 0,
      },
    ],
    tariff: sampleTariff(),
    tariffHash: '0'.repeat(64),
    costs: { total: noPrice },
    billed: { lines: [], beforeTaxes: none, taxes: [], afterTaxes: none },
    roundingPolicy: 'half-up-per-total/1',
    ratingRules: 'test',
    trace: [],
    signedData: [],
    issuedAt: '2026-05-04T07:14:42Z',
    ...overrides,
  });
}
