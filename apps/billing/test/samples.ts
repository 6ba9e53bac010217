import { createHash } from 'node:crypto';
import {
  type Authorization,
  type Cdr,
  type CdrSeal,
  type ChargingPlace,
  type Price,
  type Rating,
  type Tariff,
  authorizationSchema,
  chargingPlaceSchema,
  ratingSchema,
  tariffSchema,
} from '@voltledger/contracts';
import {
  type CdrId,
  type Instant,
  type SessionId,
  amountText,
  currency,
  energy,
  instant,
  money,
} from '@voltledger/kernel';
import { type SealedCdr } from '../src/domain/cdr-commands';
import { cdrFor } from '../src/domain/cdr-document';
import { type EndedSession } from '../src/domain/ended-session';
import { assessed } from '../src/domain/hold-gate';

export const EUR = currency('EUR');
export const sessionId = '6f1f6f0a-3b5e-4d0c-9c61-4d1f5f0f3a11' as SessionId;
export const tariffHash = 'a'.repeat(64);

export const startedAt = instant('2026-03-05T10:00:00Z');
export const endedAt = instant('2026-03-05T11:00:00Z');

export const place: ChargingPlace = chargingPlaceSchema.parse({
  place: {
    locationId: 'LOC1',
    countryCode: 'DE',
    partyId: 'VLT',
    name: 'Harbour',
    address: 'Kai 1',
    city: 'Hamburg',
    postalCode: '20457',
    country: 'DEU',
    latitude: '53.54321',
    longitude: '9.98765',
    timeZone: 'Europe/Berlin',
  },
  evse: { evseUid: 'EVSE1', evseId: 'DE*VLT*E00001*1', stationEvse: 1 },
  connector: {
    connectorId: '1',
    standard: 'IEC_62196_T2',
    format: 'SOCKET',
    powerType: 'AC_3_PHASE',
    maxVoltage: 230,
    maxAmperage: 32,
    maxPower: 22_000,
    tariffIds: ['T1'],
  },
});

const token = {
  uid: '04A1B2C3',
  type: 'RFID',
  contractId: 'DE-XYZ-C12345678-X',
  issuer: 'XYZ',
} as const;

const authorizedBy = (payer: object): Authorization =>
  authorizationSchema.parse({ method: 'WHITELIST', token, payer });

export const ocpiDriver = authorizedBy({
  kind: 'ocpi',
  partnerId: 'partner-xyz',
  countryCode: 'DE',
  partyId: 'XYZ',
});
export const ownDriver = authorizedBy({ kind: 'own' });
export const oicpDriver = authorizedBy({
  kind: 'oicp',
  oicpSessionId: 'b2688855-7f00-0002-6d8e-48d883f6abb6',
  providerId: 'DE-ABC',
  identification: { kind: 'rfid', uid: '04A1B2C3' },
});

export const tariff: Tariff = tariffSchema.parse({
  tariffId: 'T1',
  countryCode: 'DE',
  partyId: 'VLT',
  currency: 'EUR',
  taxIncluded: 'NO',
  elements: [{ components: [{ dimension: 'ENERGY', price: 390_000, vat: '19', stepSize: 1 }] }],
  updatedAt: '2026-01-01T00:00:00Z',
});

/** A price with 19 % VAT on top, exact to the millionth. */
export function price(beforeTaxes: string, vat: string): Price {
  const [before, tax] = [money(beforeTaxes, EUR), money(vat, EUR)];
  return {
    beforeTaxes: before,
    afterTaxes: { micros: before.micros + tax.micros, currency: EUR },
    taxes: [{ name: 'VAT', percent: '19', amount: tax }],
  };
}

/** 10 kWh in an hour at 0.39/kWh: 3.90 net, 0.741 VAT, 4.641 gross. */
export const rating: Rating = ratingSchema.parse({
  rules: 'ocpi-2026/1',
  tariffId: 'T1',
  tariffHash,
  costs: { energy: price('3.9', '0.741'), total: price('3.9', '0.741') },
  energy: energy('10'),
  time: { total: 3_600_000, charging: 3_600_000, parking: 0, reserved: 0 },
  periods: [
    {
      ...{ startedAt, endedAt, energy: energy('10'), tariffId: 'T1' },
      ...{ chargingTime: 3_600_000, parkingTime: 0, reservedTime: 0 },
    },
  ],
  trace: ['ENERGY 10.000000 kWh x 0.39 = 3.90'],
});

export const session: EndedSession = {
  ...{ sessionId, startedAt, endedAt, endRevision: 7, ratedRevision: 7 },
  ...{ meterStart: energy('100'), meterStop: energy('110'), delivered: energy('10') },
  ...{ place, authorization: ocpiDriver, rating, doubts: [], signedData: [], reratings: [] },
  ...{ overlaps: [], verdicts: [], proofDuties: {} },
  tariffs: [{ tariff, contentHash: tariffHash }],
};

/** The same session, but this much energy drawn at 0.39/kWh and 19 % VAT. */
export function drawing(kWh: string): EndedSession {
  const delivered = energy(kWh);
  const net = { micros: Math.round(delivered * 0.39), currency: EUR };
  const vat = { micros: Math.round(net.micros * 0.19), currency: EUR };
  const cost = price(amountText(net), amountText(vat));
  return {
    ...session,
    delivered,
    meterStop: energy(String(100 + Number(kWh))),
    rating: {
      ...{ ...rating, energy: delivered, costs: { energy: cost, total: cost } },
      periods: rating.periods.map((period) => ({ ...period, energy: delivered })),
    },
  };
}

/** The same session under a corrected tariff: `perKwh` micros per kWh. */
export function corrected(ended: EndedSession, perKwh: number): EndedSession {
  const { rating: rated } = ended;
  if (!rated) throw new Error('only a rated session can be rated again');
  const contentHash = createHash('sha256').update(String(perKwh)).digest('hex');
  const components = [{ dimension: 'ENERGY' as const, price: perKwh, vat: '19', stepSize: 1 }];
  const net = { micros: Math.round((ended.delivered / 1_000_000) * perKwh), currency: EUR };
  const vat = { micros: Math.round(net.micros * 0.19), currency: EUR };
  const cost = price(amountText(net), amountText(vat));
  return {
    ...ended,
    tariffs: [{ tariff: { ...tariff, elements: [{ components }] }, contentHash }],
    rating: { ...rated, tariffHash: contentHash, costs: { energy: cost, total: cost } },
  };
}

/** The same session at another time. */
export function shiftedTo(ended: EndedSession, from: Instant, to: Instant): EndedSession {
  const { rating: rated } = ended;
  if (!rated) throw new Error('only a rated session can be shifted');
  const periods = rated.periods.map((period) => ({ ...period, startedAt: from, endedAt: to }));
  return { ...ended, startedAt: from, endedAt: to, rating: { ...rated, periods } };
}

export function chargeFor(ended: EndedSession) {
  const assessment = assessed(ended);
  if (assessment.kind !== 'chargeable') throw new Error(JSON.stringify(assessment));
  return assessment.charge;
}

/** Ids that read well in a failing test. */
export const cdrIdOf = (number: number): CdrId => `cdr-${number}` as CdrId;

export const sealOf = (sequence: number): CdrSeal => ({
  ...{ sequence, contentHash: 'c'.repeat(64), previousHash: '0'.repeat(64) },
  hash: 'h'.repeat(64),
});

export const issuedAt: Instant = instant('2026-03-05T11:00:05Z');

export const sealed = (cdr: Cdr, sequence = 1): SealedCdr => ({ cdr, seal: sealOf(sequence) });

export const cdrOf = (ended: EndedSession, number: number, replaces?: CdrId): Cdr =>
  cdrFor(chargeFor(ended), cdrIdOf(number), issuedAt, replaces);
