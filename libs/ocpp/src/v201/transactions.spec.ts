import { energy, instant } from '@voltledger/kernel';
import { RpcFault } from '../rpc/error-codes';
import { v201 } from '.';

const timestamp = '2026-03-05T11:00:00Z';
const at = instant(timestamp);

function report(action: string, payload: object): Record<string, unknown> {
  expect(v201.schemas.checkRequest(action, payload)).toBeUndefined();
  return v201.inbound.get(action)!.read(payload) as Record<string, unknown>;
}

function answer(action: string, canonical: object): unknown {
  const payload = v201.inbound.get(action)!.write(canonical as never);
  expect(v201.schemas.checkResponse(action, payload)).toBeUndefined();
  return payload;
}

const event = (change: object = {}) => ({
  eventType: 'Updated',
  timestamp,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 3,
  transactionInfo: { transactionId: 'tx-1' },
  ...change,
});
const measured = (...sampledValue: object[]) => [{ timestamp, sampledValue }];

describe('OCPP 2.0.1, transactions', () => {
  it('OCPP-2.0.1-TX-02, TX-05: takes the id of the station, EVSE and connector as told', () => {
    const sent = event({
      eventType: 'Started',
      evse: { id: 2, connectorId: 1 },
      idToken: { idToken: '04AB', type: 'ISO14443' },
      transactionInfo: { transactionId: 'tx-1', chargingState: 'EVConnected', remoteStartId: 77 },
    });
    expect(report('TransactionEvent', sent)).toEqual({
      phase: 'started',
      numberedBy: 'station',
      transactionId: 'tx-1',
      presents: 'token',
      token: { uid: '04AB', type: 'RFID' },
      seqNo: 3,
      reportedAt: at,
      offline: false,
      evse: 2,
      connector: 1,
      chargingState: 'EVConnected',
      remoteStartId: 77,
      samples: [],
    });
  });

  it('OCPP-2.0.1-TX-05: a missing connector stays missing, EVSE 0 says nothing', () => {
    const told = report('TransactionEvent', event({ evse: { id: 0 } }));
    expect(told).not.toHaveProperty('evse');
    expect(told).not.toHaveProperty('connector');
  });

  it('OCPP-2.0.1-TX-10, TX-14: offline, and why it ended', () => {
    const ended = { eventType: 'Ended', offline: true };
    expect(report('TransactionEvent', event(ended))).toMatchObject({
      offline: true,
      reason: 'Local',
    });
    const transactionInfo = { transactionId: 'tx-1', stoppedReason: 'EVDisconnected' };
    expect(report('TransactionEvent', event({ ...ended, transactionInfo }))).toMatchObject({
      phase: 'ended',
      reason: 'EVDisconnected',
    });
  });

  it('refuses an empty transaction id: the schema forgot to', () => {
    const sent = event({ transactionInfo: { transactionId: '' } });
    expect(() => report('TransactionEvent', sent)).toThrow(RpcFault);
  });

  it('OCPP-2.0.1-AUTH-01: NoAuthorization is nobody in particular', () => {
    const idToken = { idToken: '', type: 'NoAuthorization' };
    const told = report('TransactionEvent', event({ idToken }));
    expect(told).toMatchObject({ presents: 'anybody' });
    expect(told).not.toHaveProperty('token');
  });

  it('OCPP-2.0.1-TX-03: idTokenInfo answers a token, and nothing else does', () => {
    expect(answer('TransactionEvent', {})).toEqual({});
    expect(
      answer('TransactionEvent', { verdict: { status: 'accepted', groupId: 'FLEET' } }),
    ).toEqual({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET', type: 'Central' } },
    });
  });

  it.each([
    ['UNKNOWN', 'Unknown'],
    ['BLOCKED', 'Blocked'],
    ['EXPIRED', 'Expired'],
    ['NO_CREDIT', 'NoCredit'],
    ['NOT_ALLOWED_HERE', 'NotAtThisLocation'],
    ['UNAVAILABLE', 'Invalid'],
  ])('OCPP-J-AUTH-01: refusal %s is %s', (refusal, status) =>
    expect(answer('Authorize', { verdict: { status: 'refused', refusal } })).toEqual({
      idTokenInfo: { status },
    }),
  );
});

describe('OCPP 2.0.1, meter values', () => {
  const samples = (...sampledValue: object[]) =>
    report('TransactionEvent', event({ meterValue: measured(...sampledValue) }))['samples'];

  it.each([
    [{ value: 1234.5 }, '1.2345'],
    [{ value: 1.2345, unitOfMeasure: { unit: 'kWh' } }, '1.2345'],
    [{ value: 12345, unitOfMeasure: { unit: 'Wh', multiplier: -1 } }, '1.2345'],
    [{ value: 1.2345, unitOfMeasure: { multiplier: 3 } }, '1.2345'],
    [{ value: 0.0000012, unitOfMeasure: { unit: 'kWh', multiplier: 6 } }, '1.2'],
    [{ value: 1e-7, unitOfMeasure: { unit: 'kWh', multiplier: 7 } }, '1'],
    [{ value: 0.15005000000000002, unitOfMeasure: { unit: 'kWh' } }, '0.15005'],
  ])('OCPP-2.0.1-MV-01, OCPP-J-MV-02: %j', (sampled, kWh) =>
    expect(samples(sampled)).toEqual([
      { measuredAt: at, context: 'periodic', register: energy(kWh) },
    ]),
  );

  it('OCPP-J-MV-11: signed data passes untouched, with an empty method too', () => {
    const signedMeterValue = {
      signedMeterData: 'T0NNRg==',
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: 'oca:base16:asn1:30',
    };
    expect(samples({ value: 1, context: 'Transaction.Begin', signedMeterValue })).toEqual([
      {
        measuredAt: at,
        context: 'begin',
        register: energy('0.001'),
        signed: {
          data: 'T0NNRg==',
          signingMethod: '',
          encodingMethod: 'OCMF',
          publicKey: 'oca:base16:asn1:30',
        },
      },
    ]);
  });

  it('OCPP-2.0.1-TX-19: meter values of an EVSE may come on their own', () => {
    const sent = { evseId: 1, meterValue: measured({ value: 5 }) };
    expect(report('MeterValues', sent)).toMatchObject({
      evse: 1,
      numberedBy: 'station',
      reportedAt: at,
      samples: [{ register: 5_000 }],
    });
  });
});
