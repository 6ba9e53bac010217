import { eventually } from '@voltledger/testing';
import { GatewayRig } from './gateway-rig';

describe('accepting stations', () => {
  let rig: GatewayRig;

  beforeAll(async () => {
    rig = await GatewayRig.start();
    await rig.provide(2);
  });

  afterAll(() => rig.close());

  it('OCPP-J-BOOT-02: a changed firmware is noted', async () => {
    const station = await rig.station('1.6');
    const boot = (firmwareVersion: string) =>
      station.wire.call('BootNotification', {
        chargePointVendor: 'V',
        chargePointModel: 'M',
        firmwareVersion,
      });
    await boot('1.0.0');
    await boot('2.0.0');
    const notices = await rig.api('GET', 'stations/CS0001/notices');
    expect(notices.body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          action: 'FirmwareChanged',
          payload: { before: '1.0.0', now: '2.0.0' },
        }),
      ]),
    });
    await station.close();
  });

  it('OCPP-2.0.1-BOOT-01: before it is accepted a 2.0.1 station may boot, and what we asked for', async () => {
    await rig.provideStation('FRESH', { registration: 'pending' });
    const station = await rig.connected('2.0.1', { identity: 'FRESH' });
    await expect(station.status('free')).rejects.toThrow('SecurityError');
    expect(await station.boot()).toBe('Pending');
    await expect(station.status('free')).rejects.toThrow('SecurityError');
    station.answer('TriggerMessage', () => ({ status: 'Accepted' }));
    await rig.api('POST', 'stations/FRESH/calls', {
      action: 'TriggerMessage',
      payload: { requestedMessage: 'StatusNotification' },
    });
    await station.status('free');
    await station.close();
  });

  it('OCPP-1.6-BOOT-01: what a 1.6 station tells before that is kept; its tokens are not judged', async () => {
    await rig.provideStation('OLD', { registration: 'rejected' });
    const station = await rig.connected('1.6', { identity: 'OLD' });
    expect(await station.boot()).toBe('Rejected');
    expect(await station.authorize({ uid: 'ANY' })).toBe('Invalid');
    await station.wire.call('StartTransaction', {
      connectorId: 1,
      idTag: 'ANY',
      meterStart: 1,
      timestamp: new Date().toISOString(),
    });
    await eventually(() =>
      expect(rig.events('TransactionStarted')).toContainEqual(
        expect.objectContaining({ stationId: 'OLD' }),
      ),
    );
    await station.close();
  });
});
