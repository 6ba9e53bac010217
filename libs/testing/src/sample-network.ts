import {
  type Connector,
  type Evse,
  type IssuedToken,
  type Location,
  type Tariff,
  locationSchema,
  tariffSchema,
} from '@voltledger/contracts';

/** When everything in the sample network was last changed. */
export const SAMPLE_UPDATED_AT = '2026-01-01T00:00:00.000Z';
export const SAMPLE_PARTY = { countryCode: 'DE', partyId: 'VLT' } as const;

/** 0.49 EUR/kWh, 0.35 EUR to start, 6 EUR per hour of parking; 19 % VAT on top. */
export const sampleTariff = (tariffId = 'STANDARD'): Tariff =>
  tariffSchema.parse({
    ...SAMPLE_PARTY,
    tariffId,
    currency: 'EUR',
    type: 'REGULAR',
    taxIncluded: 'NO',
    text: [{ language: 'en', text: '0.49 EUR/kWh, 0.35 EUR per session, plus 19 % VAT' }],
    elements: [
      {
        components: [
          { dimension: 'FLAT', price: 350_000, vat: '19', stepSize: 1 },
          { dimension: 'ENERGY', price: 490_000, vat: '19', stepSize: 1 },
          { dimension: 'PARKING_TIME', price: 6_000_000, vat: '19', stepSize: 60 },
        ],
      },
    ],
    updatedAt: SAMPLE_UPDATED_AT,
  });

/** One site with one EVSE per station; stations are called `CS0001`, `CS0002`, … */
export const sampleLocation = (stations: number, tariffId = 'STANDARD'): Location =>
  locationSchema.parse({
    ...SAMPLE_PARTY,
    locationId: 'HARBOUR',
    name: 'Harbour Car Park',
    address: 'Hafenstrasse 12',
    city: 'Hamburg',
    postalCode: '20457',
    country: 'DEU',
    latitude: '53.54321',
    longitude: '9.98765',
    timeZone: 'Europe/Berlin',
    operatorName: 'Voltledger Charging',
    publish: true,
    evses: Array.from({ length: stations }, (_, index) => sampleEvse(index + 1, tariffId)),
    updatedAt: SAMPLE_UPDATED_AT,
  });

/** `CS0001` for 1. */
export const sampleStationId = (number: number): string => `CS${String(number).padStart(4, '0')}`;

const sampleEvse = (number: number, tariffId: string): unknown =>
  ({
    evseUid: `EVSE-${String(number).padStart(4, '0')}`,
    evseId: `DE*VLT*E${String(number).padStart(4, '0')}*1`,
    stationId: sampleStationId(number),
    stationEvse: 1,
    status: 'AVAILABLE',
    capabilities: ['REMOTE_START_STOP_CAPABLE', 'RFID_READER'],
    connectors: [
      {
        connectorId: '1',
        standard: 'IEC_62196_T2_COMBO',
        format: 'CABLE',
        powerType: 'DC',
        maxVoltage: 920,
        maxAmperage: 500,
        maxPower: 400_000,
        tariffIds: [tariffId],
      },
    ] as unknown as Connector[],
    updatedAt: SAMPLE_UPDATED_AT,
  }) satisfies Record<keyof Evse, unknown>;

/** A token of our own customer. */
export const sampleToken = (uid: string): Omit<IssuedToken, 'partner' | 'updatedAt'> => ({
  uid,
  type: 'RFID',
  contractId: `DE-VLT-C${uid.slice(0, 8)}`,
  issuer: 'Voltledger Charging',
  valid: true,
  whitelist: 'ALWAYS',
});
