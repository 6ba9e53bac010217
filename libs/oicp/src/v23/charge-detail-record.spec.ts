import { type MilliWattHours, energy, instant, instantAt, scaledInteger } from '@voltledger/kernel';
import { roamingCdr, roamingPlace } from '@voltledger/testing';
import fc from 'fast-check';
import { chargeDetailRecordOf } from './charge-detail-record';
import { type ChargeDetailRecord, chargeDetailRecord } from './charge-detail-record.schema';

const operator = {
  operatorId: 'DE*VLT',
  subOperatorIds: [],
  calibrationLaw: 'Not Available',
} as const;

const recordOf = (overrides = {}, from = operator): ChargeDetailRecord =>
  chargeDetailRecordOf(roamingCdr(overrides), from);

const signed = (data: string, measuredAt: string) => ({
  measuredAt: instant(measuredAt),
  signed: { data, encodingMethod: 'OCMF', signingMethod: 'ECDSA', publicKey: '3059AB' },
});

describe('a CDR as Hubject takes it', () => {
  it('OICP-CDR-03 OICP-CDR-09 OICP-CDR-14 OICP-SES-07 OICP-IDN-10 tells the session as it was', () => {
    expect(recordOf()).toEqual({
      SessionID: '5b1c6f0e-7d2a-4a53-9a51-0c7be0d1f2a3',
      CPOPartnerSessionID: 'request-1',
      PartnerProductID: 'DC',
      EvseID: 'DE*VLT*E0001*1',
      Identification: { RFIDMifareFamilyIdentification: { UID: '044A2DAA856280' } },
      SessionStart: '2026-05-04T08:00:00+02:00',
      ChargingStart: '2026-05-04T08:00:21+02:00',
      ChargingEnd: '2026-05-04T09:10:05+02:00',
      SessionEnd: '2026-05-04T09:14:40+02:00',
      MeterValueStart: 1204.31,
      MeterValueEnd: 1218.952,
      ConsumedEnergy: 14.642,
    });
  });

  it('OICP-CDR-14 gives a session over the end of summer time two offsets', () => {
    const [startedAt, endedAt] = [instant('2026-10-24T22:30:00Z'), instant('2026-10-25T03:30:00Z')];
    const periods = [{ ...roamingCdr().periods[1]!, startedAt, endedAt }];
    expect(recordOf({ startedAt, endedAt, periods })).toMatchObject({
      SessionStart: '2026-10-25T00:30:00+02:00',
      SessionEnd: '2026-10-25T04:30:00+01:00',
    });
  });

  it('OICP-CDR-15 OICP-CDR-01 a session without energy still has its CDR', () => {
    const periods = [
      { ...roamingCdr().periods[0]!, endedAt: roamingCdr().endedAt, energy: energy('0') },
    ];
    const meterStop = roamingCdr().meterStart;
    expect(recordOf({ energy: energy('0'), meterStop, periods })).toMatchObject({
      SessionStart: '2026-05-04T08:00:00+02:00',
      ChargingStart: '2026-05-04T08:00:00+02:00',
      ChargingEnd: '2026-05-04T08:00:00+02:00',
      SessionEnd: '2026-05-04T09:14:40+02:00',
      ConsumedEnergy: 0,
    });
  });

  it('OICP-CDR-09 leaves the registers out when the meter was replaced in between', () => {
    const record = recordOf({ energy: energy('15.5') });
    expect(record.ConsumedEnergy).toBe(15.5);
    expect(record).not.toHaveProperty('MeterValueStart');
    expect(record).not.toHaveProperty('MeterValueEnd');
  });

  it.each([
    ['OICP-CDR-10 more than 1000 kWh', { energy: energy('1000.001'), meterStart: undefined }],
    ['OICP-CDR-11 negative energy', { energy: -1_000 as MilliWattHours, meterStart: undefined }],
    ['OICP-CDR-12 an end before the start', { endedAt: instant('2026-05-04T05:00:00Z') }],
    [
      'OICP-CDR-16 an EVSE of somebody else',
      { place: { ...roamingPlace(), evse: { ...roamingPlace().evse, evseId: 'DE*XXX*E1' } } },
    ],
    [
      'OICP-E2E-07 a payer who came another way',
      { authorization: { ...roamingCdr().authorization, payer: { kind: 'own' as const } } },
    ],
  ])('%s is not sent', (_title, overrides) => {
    expect(() => recordOf(overrides)).toThrow(
      expect.objectContaining({ code: 'CDR_NOT_SENDABLE' }) as Error,
    );
  });

  it('OICP-CDR-16 EVSEs of a registered sub operator are ours', () => {
    const evse = { ...roamingPlace().evse, evseId: 'AT*VLT*E1' };
    const place = { ...roamingPlace(), evse };
    const registered = { ...operator, subOperatorIds: ['AT*VLT'] } as unknown as typeof operator;
    expect(recordOf({ place }, registered).EvseID).toBe('AT*VLT*E1');
  });

  it('OICP-CAL-02 an External EVSE without signed values is caught before sending', () => {
    const external = { ...operator, calibrationLaw: 'External' } as unknown as typeof operator;
    expect(() => recordOf({}, external)).toThrow(
      expect.objectContaining({ code: 'CDR_NOT_SENDABLE' }) as Error,
    );
  });

  it('OICP-CAL-03 OICP-CAL-04 OICP-CAL-06 keeps first and last of many signed values whole', () => {
    const long = `OCMF|${'x'.repeat(4_000)}|{}`;
    const signedData = Array.from({ length: 25 }, (_, index) =>
      signed(`${String(index)} ${long}`, `2026-05-04T06:${String(10 + index)}:00Z`),
    );
    const values = recordOf({ signedData: [...signedData].reverse() }).SignedMeteringValues ?? [];
    expect(values).toHaveLength(10);
    expect(values.map(({ MeteringStatus }) => MeteringStatus)).toEqual([
      'Start',
      ...Array<string>(8).fill('Progress'),
      'End',
    ]);
    expect(values.at(0)?.SignedMeteringValue).toBe(`0 ${long}`);
    expect(values.at(-1)?.SignedMeteringValue).toBe(`24 ${long}`);
  });

  it('OICP-CAL-07 OICP-CAL-10 a single signed record stands for the end, with its key', () => {
    const record = recordOf({ signedData: [signed('OCMF|{}|{}', '2026-05-04T07:14:00Z')] });
    expect(record).toMatchObject({
      SignedMeteringValues: [{ SignedMeteringValue: 'OCMF|{}|{}', MeteringStatus: 'End' }],
      CalibrationLawVerificationInfo: {
        PublicKey: '3059AB',
        MeteringSignatureEncodingFormat: 'OCMF',
      },
    });
  });

  it('OICP-CDR-09 OICP-CDR-11 the energy is the exact difference of the registers, always', () => {
    const registers = fc.tuple(
      fc.integer({ min: 0, max: 900_000_000_000 }),
      fc.integer({ min: 0, max: 1_000_000_000 }),
    );
    fc.assert(
      fc.property(registers, ([start, consumed]) => {
        const record = recordOf({
          meterStart: start as MilliWattHours,
          meterStop: (start + consumed) as MilliWattHours,
          energy: consumed as MilliWattHours,
        });
        const [from = 0n, to = 0n, used = 0n] = [
          record.MeterValueStart,
          record.MeterValueEnd,
          record.ConsumedEnergy,
        ].map((value) => scaledInteger(String(value), 3));
        expect(to - from).toBe(used);
        expect(Math.abs(Number(used) * 1_000 - consumed)).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 200 },
    );
  });

  it('OICP-CDR-12 OICP-CDR-14 keeps the four times in order on the nights clocks change', () => {
    const hour = 3_600_000;
    const times = fc
      .record({
        change: fc.constantFrom('2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'),
        offsets: fc.array(fc.integer({ min: -5 * hour, max: 5 * hour }), {
          minLength: 4,
          maxLength: 4,
        }),
      })
      .map(({ change, offsets }) =>
        offsets.sort((one, other) => one - other).map((by) => instantAt(Date.parse(change) + by)),
      );
    fc.assert(
      fc.property(times, ([startedAt, from, to, endedAt]) => {
        const periods = [{ ...roamingCdr().periods[1]!, startedAt: from!, endedAt: to! }];
        const record = recordOf({ startedAt: startedAt!, endedAt: endedAt!, periods });
        expect(chargeDetailRecord.safeParse(record).success).toBe(true);
        expect(Date.parse(record.SessionEnd)).toBe(Math.floor(Date.parse(endedAt!) / 1000) * 1000);
      }),
      { numRuns: 200 },
    );
  });
});
