import { type Cdr } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { ocpiCdr, ocpiCredit } from '@voltledger/testing';
import { v221 } from '.';

const cdr = (changes: Partial<Cdr> = {}) => v221.cdr(ocpiCdr('nl-tnm', changes));
const record = (data: string, at = '2026-03-05T12:30:00Z', encodingMethod = 'OCMF') => ({
  measuredAt: instant(at),
  signed: { data, encodingMethod, signingMethod: '', publicKey: '3059' },
});

it('tells the whole of a charge, times in hours, energy in kWh (OCPI-CDR-20, OCPI-CDR-21)', () =>
  expect(cdr()).toMatchObject({
    id: 'CDR-OCPI-1',
    start_date_time: '2026-03-05T11:00:00Z',
    end_date_time: '2026-03-05T12:30:00Z',
    currency: 'EUR',
    total_energy: 10,
    total_time: 1.5,
    total_parking_time: 0.5,
    total_cost: { excl_vat: 8.25, incl_vat: 9.8175 },
    total_fixed_cost: { excl_vat: 0.35 },
    total_energy_cost: { excl_vat: 4.9 },
    total_parking_cost: { excl_vat: 3 },
    last_updated: '2026-03-05T12:30:02Z',
  }));

it('carries place, tariff and token as they were at the start (OCPI-CDR-14, OCPI-CDR-15)', () =>
  expect(cdr()).toMatchObject({
    cdr_token: { country_code: 'NL', party_id: 'TNM', contract_id: 'NL-TNM-C12345678' },
    cdr_location: {
      id: 'HARBOUR',
      country: 'DEU',
      evse_id: 'DE*VLT*E0001*1',
      connector_standard: 'IEC_62196_T2_COMBO',
      connector_power_type: 'DC',
    },
    tariffs: [{ id: 'STANDARD', currency: 'EUR' }],
  }));

it('has at least one dimension in every period, and its tariff (OCPI-CDR-16)', () =>
  expect(cdr()).toMatchObject({
    charging_periods: [
      {
        start_date_time: '2026-03-05T11:00:00Z',
        dimensions: [
          { type: 'ENERGY', volume: 10 },
          { type: 'TIME', volume: 1 },
        ],
        tariff_id: 'STANDARD',
      },
      { dimensions: [{ type: 'PARKING_TIME', volume: 0.5 }] },
    ],
  }));

it('says that nothing was drawn in a period in which nothing happened', () => {
  const [first] = ocpiCdr('nl-tnm').periods;
  const idle = { ...first!, energy: 0 as never, chargingTime: 0 };
  expect(cdr({ periods: [idle] })).toMatchObject({
    charging_periods: [{ dimensions: [{ type: 'ENERGY', volume: 0 }] }],
  });
});

it('takes a CDR back by its total alone; all else is as it was (OCPI-CDR-09)', () => {
  const original = ocpiCdr('nl-tnm');
  const { id, credit, credit_reference_id, total_cost, last_updated, ...same } = v221.cdr(
    ocpiCredit(original, 'CDR-OCPI-2'),
  );
  expect({ id, credit, credit_reference_id, total_cost, last_updated }).toEqual({
    id: 'CDR-OCPI-2',
    credit: true,
    credit_reference_id: 'CDR-OCPI-1',
    total_cost: { excl_vat: -8.25, incl_vat: -9.8175 },
    last_updated: '2026-03-05T13:00:00Z',
  });
  expect(v221.cdr(original)).toMatchObject(same);
});

it('names no credit in the CDR that replaces a credited one (OCPI-CDR-11)', () => {
  const replaced = cdr({ replaces: 'CDR-OCPI-0' as Cdr['cdrId'] });
  expect(replaced).not.toHaveProperty('credit');
  expect(replaced).not.toHaveProperty('credit_reference_id');
});

it('passes signed records on byte for byte, in order (OCPI-CDR-27)', () => {
  const begin = record('OCMF|{"a":1}|{"SD":"1"}', '2026-03-05T11:00:00Z', '');
  const end = record('OCMF|{"b":2}|{"SD":"2"}');
  expect(cdr({ signedData: [end, begin] })).toMatchObject({
    signed_data: {
      encoding_method: 'OCMF',
      public_key: '3059',
      signed_values: [
        { nature: 'Start', plain_data: 'OCMF|{"a":1}|{"SD":"1"}' },
        {
          nature: 'End',
          plain_data: 'OCMF|{"b":2}|{"SD":"2"}',
          signed_data: Buffer.from('OCMF|{"b":2}|{"SD":"2"}').toString('base64'),
        },
      ],
    },
  });
});

it('says so when the proof does not fit, instead of sending half of it', () => {
  const long = cdr({ signedData: [record('OCMF|begin|1'), record('x'.repeat(5_000))] });
  expect(long).not.toHaveProperty('signed_data');
  expect(long).toMatchObject({ remark: expect.stringContaining('too long') as string });
});

it('does not make up a connector that nobody knows', () => {
  const { connector: _, ...place } = ocpiCdr('nl-tnm').place;
  expect(() => cdr({ place })).toThrow(/connector_id/);
});

it('is the same text each time it is written (OCPI-CDR-06)', () =>
  expect(JSON.stringify(cdr())).toBe(JSON.stringify(cdr())));
