import { instant } from '@voltledger/kernel';
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
describe('OCPP 1.6, status and station', () => {
  it.each([
    ['Available', 'AVAILABLE', undefined],
    ['Preparing', 'CHARGING', undefined],
    ['Charging', 'CHARGING', 'Charging'],
    ['SuspendedEV', 'CHARGING', 'SuspendedEV'],
    ['SuspendedEVSE', 'CHARGING', 'SuspendedEVSE'],
    ['Finishing', 'CHARGING', undefined],
    ['Reserved', 'RESERVED', undefined],
    ['Unavailable', 'INOPERATIVE', undefined],
    ['Faulted', 'OUTOFORDER', undefined],
  ])('OCPP-1.6-STAT-01, OCPP-J-STAT-03: %s is %s in public', (reported, status, chargingState) => {
    const sent = { connectorId: 2, errorCode: 'NoError', status: reported };
    expect(report('StatusNotification', sent)).toEqual({
      evse: 2,
      connector: 1,
      status,
      reported,
      detail: { errorCode: 'NoError' },
      ...(chargingState && { chargingState }),
    });
  });

  it('reads a boot, with either serial number', () => {
    const sent = {
      chargePointVendor: 'V',
      chargePointModel: 'M',
      chargeBoxSerialNumber: 'S',
      iccid: '',
    };
    expect(report('BootNotification', sent)).toEqual({
      vendor: 'V',
      model: 'M',
      serialNumber: 'S',
    });
  });

  it('OCPP-J-BOOT-01: answers a boot with status, time and interval', () => {
    const canonical = { registration: 'pending', now: at, intervalSeconds: 60 };
    expect(answer('BootNotification', canonical)).toEqual({
      status: 'Pending',
      currentTime: '2026-03-05T11:00:00.000Z',
      interval: 60,
    });
  });

  it.each([
    ['UNKNOWN', 'Invalid'],
    ['BLOCKED', 'Blocked'],
    ['EXPIRED', 'Expired'],
    ['NO_CREDIT', 'Blocked'],
    ['NOT_ALLOWED_HERE', 'Invalid'],
    ['UNAVAILABLE', 'Invalid'],
  ])('OCPP-J-AUTH-01: refusal %s is %s', (refusal, status) =>
    expect(answer('Authorize', { verdict: { status: 'refused', refusal } })).toEqual({
      idTagInfo: { status },
    }),
  );

  it('OCPP-J-AUTH-05: tells the group, if it fits', () => {
    const accepted = (groupId: string) =>
      answer('Authorize', { verdict: { status: 'accepted', groupId } });
    expect(accepted('FLEET')).toEqual({ idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' } });
    expect(accepted('x'.repeat(21))).toEqual({ idTagInfo: { status: 'Accepted' } });
  });

  it('OCPP-J-DT-01: data of a vendor nobody knows', () => {
    expect(report('DataTransfer', { vendorId: 'acme', messageId: 'x', data: '{}' })).toEqual({
      vendorId: 'acme',
      messageId: 'x',
    });
    expect(answer('DataTransfer', { status: 'unknown vendor' })).toEqual({
      status: 'UnknownVendorId',
    });
    expect(answer('DataTransfer', { status: 'unknown message' })).toEqual({
      status: 'UnknownMessageId',
    });
  });

  it('OCPP-J-SEC-13: keeps the time of a security event', () => {
    const sent = { type: 'TamperDetectionActivated', timestamp };
    expect(report('SecurityEventNotification', sent)).toMatchObject({ reportedAt: at });
    expect(answer('SecurityEventNotification', {})).toEqual({});
  });
});
