import { energy, instant } from '@voltledger/kernel';
import { v16 } from '.';

/** What the mapping makes of a payload that passes the schema. */
function report(action: string, payload: object): Record<string, unknown> {
  expect(v16.schemas.checkRequest(action, payload)).toBeUndefined();
  return v16.inbound.get(action)!.read(payload) as Record<string, unknown>;
}

function answer(action: string, canonical: object): unknown {
  const payload = v16.inbound.get(action)!.write(canonical as never);
  expect(v16.schemas.checkResponse(action, payload)).toBeUndefined();
  return payload;
}

const timestamp = '2026-03-05T11:00:00Z';
const at = instant(timestamp);
const metered = (sampledValue: object[], more: object = {}) => ({
  connectorId: 1,
  transactionId: 7,
  meterValue: [{ timestamp, sampledValue }],
  ...more,
});
const samples = (payload: object) => report('MeterValues', payload)['samples'];

describe('OCPP 1.6, transactions', () => {
  it('reads a start: whole watt-hours, connector, tag', () => {
    const start = {
      connectorId: 2,
      idTag: '04AbCd',
      meterStart: 1234,
      timestamp,
      reservationId: 9,
    };
    expect(report('StartTransaction', start)).toEqual({
      phase: 'started',
      numberedBy: 'us',
      presents: 'token',
      token: { uid: '04AbCd', type: 'OTHER' },
      evse: 2,
      reportedAt: at,
      reservationId: 9,
      meterStart: energy('1.234'),
      samples: [{ measuredAt: at, context: 'begin', register: energy('1.234') }],
    });
  });

  it('OCPP-1.6-TX-06: a stop without a reason was local', () => {
    const stop = { transactionId: 7, meterStop: 5000, timestamp };
    expect(report('StopTransaction', stop)).toEqual({
      phase: 'ended',
      numberedBy: 'us',
      presents: 'nothing',
      transactionId: '7',
      reportedAt: at,
      reason: 'Local',
      meterStop: energy('5'),
      samples: [{ measuredAt: at, context: 'end', register: energy('5') }],
    });
  });

  it.each([-1, 0, -42])('OCPP-1.6-TX-08: transaction id %s is none', (transactionId) => {
    const stop = { transactionId, meterStop: 5000, timestamp };
    expect(report('StopTransaction', stop)).not.toHaveProperty('transactionId');
    expect(report('MeterValues', metered([{ value: '1' }], { transactionId }))).not.toHaveProperty(
      'transactionId',
    );
  });

  it('OCPP-J-MV-03: meterStop first, then what transactionData says better', () => {
    const sampledValue = [{ value: '5000.7', context: 'Transaction.End' }];
    const stop = {
      transactionId: 7,
      meterStop: 5000,
      timestamp,
      transactionData: [{ timestamp, sampledValue }],
    };
    expect(report('StopTransaction', stop)['samples']).toEqual([
      { measuredAt: at, context: 'end', register: energy('5') },
      { measuredAt: at, context: 'end', register: energy('5.0007') },
    ]);
  });

  it('OCPP-1.6-TX-13: an end that is only signed gets meterStop for its register', () => {
    const signed = 'OCMF|{"FV":"1.0"}|{"SD":"00"}';
    const sampledValue = [{ value: signed, format: 'SignedData', context: 'Transaction.End' }];
    const stop = {
      transactionId: 7,
      meterStop: 5000,
      timestamp,
      transactionData: [{ timestamp, sampledValue }],
    };
    expect(report('StopTransaction', stop)['samples']).toContainEqual({
      measuredAt: at,
      context: 'end',
      register: energy('5'),
      signed: { data: signed, encodingMethod: 'OCMF', signingMethod: '', publicKey: '' },
    });
  });

  it('OCPP-1.6-TX-01: the answer to a start carries our number, whatever the verdict', () => {
    expect(
      answer('StartTransaction', {
        transactionId: '12',
        verdict: { status: 'refused', refusal: 'EXPIRED' },
      }),
    ).toEqual({ transactionId: 12, idTagInfo: { status: 'Expired' } });
  });

  it('OCPP-1.6-TX-06: a stop is answered with idTagInfo only if a tag came', () => {
    expect(answer('StopTransaction', {})).toEqual({});
    expect(answer('StopTransaction', { verdict: { status: 'accepted' } })).toEqual({
      idTagInfo: { status: 'Accepted' },
    });
  });
});

describe('OCPP 1.6, meter values', () => {
  it('OCPP-1.6-MV-01: fills in the defaults', () => {
    expect(samples(metered([{ value: '1234.50' }]))).toEqual([
      { measuredAt: at, context: 'periodic', register: energy('1.2345') },
    ]);
  });

  it.each([
    [' 1234.5 ', '1.2345'],
    ['1234,5', '1.2345'],
    ['1.2E3', '1.2'],
    ['0.15005000000000002', '0.00015'],
  ])('OCPP-1.6-MV-01: reads %j', (value, kWh) =>
    expect(samples(metered([{ value }]))).toMatchObject([{ register: energy(kWh) }]),
  );

  it('OCPP-1.6-MV-01: what is no number is no register, and loses nothing else', () => {
    expect(samples(metered([{ value: 'NaN' }, { value: '55', measurand: 'SoC' }]))).toEqual([
      { measuredAt: at, context: 'periodic', stateOfCharge: 55 },
    ]);
  });

  it('OCPP-J-MV-11: a signed record stays as it is, packed in JSON or not', () => {
    const raw = 'OCMF| {"RD":[ ]} |{"SD":"x"} ';
    const packed = JSON.stringify({
      signedMeterData: raw,
      encodingMethod: 'OCMF',
      signingMethod: 'ECDSA-secp256r1-SHA256',
      publicKey: 'oca:base16:asn1:3059',
    });
    const signed = (value: string) => samples(metered([{ value, format: 'SignedData' }]));
    expect(signed(raw)).toMatchObject([{ signed: { data: raw, encodingMethod: 'OCMF' } }]);
    expect(signed(packed)).toMatchObject([
      {
        signed: {
          data: raw,
          signingMethod: 'ECDSA-secp256r1-SHA256',
          publicKey: 'oca:base16:asn1:3059',
        },
      },
    ]);
    expect(signed('{"not":"ours"}')).toMatchObject([{ signed: { data: '{"not":"ours"}' } }]);
  });

  it('an empty list is a report of nothing', () => {
    expect(report('MeterValues', { connectorId: 1, meterValue: [] })).toEqual({
      evse: 1,
      numberedBy: 'us',
      samples: [],
    });
  });
});
