import { energy, instant } from '@voltledger/kernel';
import {
  type SimulatedStation,
  UpgradeRefused,
  connectStation,
  eventually,
} from '@voltledger/testing';
import { WebSocket } from 'ws';
import { GatewayRig, PASSWORD } from './gateway-rig';

describe('connections', () => {
  let rig: GatewayRig;

  beforeAll(async () => {
    rig = await GatewayRig.start({ environment: { OCPP_ALLOW_UNAUTHENTICATED: 'true' } });
    await rig.provide(2);
  });

  afterAll(() => rig.close());

  it('OCPP-J-CONN-09, CONN-10: a newer connection replaces, one with a wrong password does not', async () => {
    const first = await rig.station('1.6');
    await expect(
      connectStation({
        url: rig.ocppUrl,
        identity: 'CS0001',
        password: 'wrong-password-here',
        version: '1.6',
      }),
    ).rejects.toThrow(UpgradeRefused);
    await first.heartbeat();
    const closed = first.wire.closed();
    const second = await rig.connected('1.6');
    await expect(closed).resolves.toBe(1008);
    second.answer('ClearCache', () => ({ status: 'Accepted' }));
    const answer = await rig.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect(answer.body).toEqual({ answer: { status: 'Accepted' } });
    await second.close();
  });

  it('OCPP-J-CONN-13, CONN-14: a quick reconnect is no news, a long absence is', async () => {
    const station = await rig.station('2.0.1', { identity: 'CS0002' });
    await station.status('free');
    const evse = () =>
      rig.told.flatMap(({ event }) => (event.type === 'EvseStatusChanged' ? [event.data] : []));
    const status = (expected: string) =>
      eventually(() =>
        expect(evse().at(-1)).toMatchObject({ evseUid: 'EVSE-0002', status: expected }),
      );
    await status('AVAILABLE');
    await station.goOffline();
    await station.connect();
    await station.heartbeat();
    const left = () =>
      rig.events('StationDisconnected').filter(({ stationId }) => stationId === 'CS0002');
    expect(left()).toHaveLength(0);
    await station.goOffline();
    await eventually(() => expect(left()).toHaveLength(1));
    await status('UNKNOWN');
    await station.connect();
    await status('AVAILABLE');
    await station.close();
  });

  it('OCPP-J-CONN-20: uses compression with those who offer it', async () => {
    const socket = new WebSocket(`${rig.ocppUrl}/CS0001`, ['ocpp2.0.1'], {
      auth: `CS0001:${PASSWORD}`,
      perMessageDeflate: { threshold: 0 },
    });
    await new Promise((resolve) => socket.on('open', resolve));
    expect(socket.extensions).toContain('permessage-deflate');
    const answer = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        resolve(data.toString());
      });
    });
    socket.send(
      '[2,"c","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}]',
    );
    expect(await answer).toContain('"Accepted"');
    socket.terminate();
  });

  it('OCPP-J-CONN-17: takes a hundred stations at once', async () => {
    const names = Array.from({ length: 100 }, (_, number) => `MASS-${number}`);
    await Promise.all(names.map((name) => rig.provideStation(name)));
    const stations: SimulatedStation[] = await Promise.all(
      names.map((identity) => rig.connected('1.6', { identity, callTimeoutMs: 30_000 })),
    );
    await Promise.all(stations.map((station) => station.boot()));
    await Promise.all(stations.map((station) => station.close()));
  });
});

describe('ending a gateway', () => {
  it('OCPP-J-CONN-18: answers what has arrived, closes with 1001, and forgets nothing', async () => {
    const rig = await GatewayRig.start();
    await rig.provide(1);
    const station = await rig.station('1.6');
    const at = instant(new Date().toISOString());
    const started = station.start({ token: { uid: 'LAST' }, register: energy('1'), at });
    const closed = station.wire.closed();
    await started;
    const ended = rig.services.close();
    await expect(closed).resolves.toBe(1001);
    await ended;
    await rig.close();
  });
});
