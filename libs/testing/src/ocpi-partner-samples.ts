import {
  type Cdr,
  type ChargingPlace,
  type Rating,
  type SessionEvent,
  cdrSchema,
  chargingPlaceSchema,
  ratingSchema,
} from '@voltledger/contracts';
import { type PartnerId } from '@voltledger/kernel';
import { type RoamingAuthorization } from '@voltledger/ocpi';
import { sampleLocation, sampleStationId, sampleTariff } from './sample-network';

/** A session of an OCPI partner's driver at the sample network, from start to CDR. */

export const SAMPLE_OCPI_SESSION = '0d4e2c0c-0000-4000-8000-0000000000aa';
const TARIFF_HASH = '0'.repeat(64);
const START = '2026-03-05T11:00:00.000Z';
const END = '2026-03-05T12:30:00.000Z';

export const ocpiPlace = (): ChargingPlace => {
  const { evses, ...place } = sampleLocation(1);
  return chargingPlaceSchema.parse({ place, evse: evses[0], connector: evses[0]?.connectors[0] });
};

/** A card of `NL*TNM`, allowed by our whitelist. */
export const ocpiAuthorization = (
  partnerId: string,
  uid = '04A1B2C3D4E5F6',
): RoamingAuthorization => ({
  method: 'WHITELIST',
  token: { uid, type: 'RFID', contractId: 'NL-TNM-C12345678', issuer: 'Test Mobility' },
  payer: {
    kind: 'ocpi',
    partnerId: partnerId as PartnerId,
    countryCode: 'NL',
    partyId: 'TNM',
  },
});

const euro = (micros: number) => ({ micros, currency: 'EUR' });
/** 19 % on top. */
const taxed = (net: number) => ({
  beforeTaxes: euro(net),
  afterTaxes: euro(Math.round(net * 1.19)),
  taxes: [{ name: 'VAT', percent: '19', amount: euro(Math.round(net * 0.19)) }],
});

/** 10 kWh in an hour, then half an hour of parking: 0.35 + 4.90 + 3.00 EUR. */
export const ocpiRating = (): Rating =>
  ratingSchema.parse({
    rules: 'test',
    tariffId: 'STANDARD',
    tariffHash: TARIFF_HASH,
    energy: 10_000_000,
    time: { total: 5_400_000, charging: 3_600_000, parking: 1_800_000, reserved: 0 },
    costs: {
      fixed: taxed(350_000),
      energy: taxed(4_900_000),
      parking: taxed(3_000_000),
      total: taxed(8_250_000),
    },
    periods: [
      {
        ...{ startedAt: START, endedAt: '2026-03-05T12:00:00.000Z', energy: 10_000_000 },
        ...{ chargingTime: 3_600_000, parkingTime: 0, reservedTime: 0, tariffId: 'STANDARD' },
      },
      {
        ...{ startedAt: '2026-03-05T12:00:00.000Z', endedAt: END, energy: 0 },
        ...{ chargingTime: 0, parkingTime: 1_800_000, reservedTime: 0, tariffId: 'STANDARD' },
      },
    ],
    trace: [],
  });

export function ocpiCdr(partnerId: string, changes: Partial<Cdr> = {}): Cdr {
  const { costs, periods, time, energy } = ocpiRating();
  const { beforeTaxes, afterTaxes, taxes } = costs.total;
  return cdrSchema.parse({
    cdrId: 'CDR-OCPI-1',
    sessionId: SAMPLE_OCPI_SESSION,
    countryCode: 'DE',
    partyId: 'VLT',
    startedAt: START,
    endedAt: END,
    authorization: ocpiAuthorization(partnerId),
    place: ocpiPlace(),
    meterStart: 1_000_000,
    meterStop: 11_000_000,
    ...{ energy, time, periods, costs },
    tariff: sampleTariff(),
    tariffHash: TARIFF_HASH,
    billed: { lines: [], beforeTaxes, taxes, afterTaxes },
    roundingPolicy: 'half-up-per-total/1',
    ratingRules: 'test',
    trace: [],
    signedData: [],
    issuedAt: '2026-03-05T12:30:02.000Z',
    ...changes,
  });
}

/** The credit of a CDR: everything but the sign of its total stays (OCPI-CDR-09). */
export function ocpiCredit(of: Cdr, cdrId: string): Cdr {
  const { total } = of.costs;
  const negative = {
    beforeTaxes: euro(-total.beforeTaxes.micros),
    afterTaxes: euro(-(total.afterTaxes?.micros ?? 0)),
    taxes: total.taxes.map((tax) => ({ ...tax, amount: euro(-tax.amount.micros) })),
  };
  return cdrSchema.parse({
    ...of,
    cdrId,
    credits: of.cdrId,
    costs: { ...of.costs, total: negative },
    issuedAt: '2026-03-05T13:00:00.000Z',
  });
}

/** What the session service says about it, in order. */
export function ocpiSessionStory(partnerId: string, sessionId = SAMPLE_OCPI_SESSION) {
  const session = { sessionId } as { sessionId: Cdr['sessionId'] };
  const reading = { context: 'periodic' as const, offline: false };
  const story = [
    {
      type: 'SessionStarted',
      data: {
        ...{ ...session, stationId: sampleStationId(1), transactionId: '7' },
        ...{ startedAt: START, reportedAt: START, meterStart: 1_000_000, offline: false },
        ...{ authorization: ocpiAuthorization(partnerId), place: ocpiPlace() },
      },
    },
    {
      type: 'TariffAttached',
      data: { ...session, tariff: sampleTariff(), contentHash: TARIFF_HASH },
    },
    {
      type: 'MeterValueRecorded',
      data: {
        ...{ ...session, ...reading, measuredAt: '2026-03-05T11:30:00.000Z' },
        ...{ register: 6_000_000, delivered: 5_000_000 },
      },
    },
    {
      type: 'CostUpdated',
      data: {
        ...{ ...session, total: taxed(2_800_000), energy: 5_000_000 },
        ...{ rules: 'test', at: '2026-03-05T11:30:01.000Z' },
      },
    },
    {
      type: 'SessionEnded',
      data: {
        ...{ ...session, endedAt: END, meterStop: 11_000_000 },
        ...{ delivered: 10_000_000, reason: 'EVDisconnected' },
      },
    },
  ];
  return story as unknown as readonly SessionEvent[];
}
