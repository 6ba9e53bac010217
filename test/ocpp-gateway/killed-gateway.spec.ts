import { type StationId, energy, instant, instantAt } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import {
  type SimulatedStation,
  type TestDatabase,
  connectStation,
  createTestDatabase,
  eventually,
} from '@voltledger/testing';
import { GatewayProcess } from './gateway-process';
import { GatewayRig, PASSWORD } from './gateway-rig';

const UNKNOWN = { outcome: 'unknown' };
const SILENT = { GATEWAY_SILENT_SECONDS: '2' };

describe('a gateway that is killed (-9) and never comes back', () => {
  let database: TestDatabase;
  let survivor: GatewayRig;
  let victim: GatewayProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    survivor = await GatewayRig.start({ database, environment: SILENT });
    await survivor.provide(2);
    const settings = { ...SILENT, GATEWAY_INSTANCE: 'victim', TENANT: 'test' };
    victim = await GatewayProcess.start({ ...settings, DATABASE_URL: database.url });
  }, 120_000);

  afterAll(async () => {
    await victim.kill();
    await survivor.close();
    await database.close();
  });

  const ordersTaken = async (commandId: string): Promise<number> => {
    const { database: tables } = survivor.services.storage;
    const taken = await tables.query('select 1 from ocpp_gateway.calls where command_id = $1', [
      commandId,
    ]);
    return taken.length;
  };

  const station = (identity: string, url: string): Promise<SimulatedStation> =>
    connectStation({ url, identity, password: PASSWORD, version: '2.0.1' });

  it('its stations go on elsewhere, what it was asked gets an end, the others are told away', async () => {
    const moves = await station('CS0001', victim.ocppUrl);
    await moves.boot();
    const stays = await station('CS0002', victim.ocppUrl);
    await stays.boot();
    const at = instant(new Date().toISOString());
    const { id } = await moves.start({ token: { uid: 'MOVES' }, register: energy('0'), at });

    // The command reaches the station through the other process, and is under way when that dies.
    const asked = new Promise<void>((resolve) => {
      stays.answer('ClearCache', () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    const call = survivor.api('POST', 'stations/CS0002/calls', { action: 'ClearCache' });
    await asked;
    const commandId = newUuid();
    await survivor.order(startOrder(commandId));
    await eventually(async () => expect(await ordersTaken(commandId)).toBe(1));
    await victim.kill();

    const there = await station('CS0001', survivor.ocppUrl);
    await there.wire.call('TransactionEvent', ended(id!));
    await eventually(() =>
      expect(survivor.events('TransactionEnded')).toContainEqual(
        expect.objectContaining({ transactionId: id }),
      ),
    );
    there.answer('ClearCache', () => ({ status: 'Accepted' }));
    const answer = await survivor.api('POST', 'stations/CS0001/calls', { action: 'ClearCache' });
    expect(answer.body).toEqual({ answer: { status: 'Accepted' } });

    expect((await call).body).toMatchObject({ code: 'CALL_OUTCOME_UNKNOWN' });
    await eventually(() =>
      expect(survivor.events('StationDisconnected')).toEqual([
        expect.objectContaining({ stationId: 'CS0002' }),
      ]),
    );
    const answers = () =>
      survivor.events('CommandAnswered').filter((each) => each.commandId === commandId);
    await eventually(() => expect(answers()).toEqual([expect.objectContaining(UNKNOWN)]));
    await there.close();
  }, 60_000);
});

const startOrder = (commandId: string) =>
  ({
    type: 'StartCharging',
    data: {
      stationId: 'CS0002' as StationId,
      commandId,
      remoteStartId: 7,
      token: { uid: 'ORDERED', type: 'RFID' },
      until: instantAt(Date.now() + 60_000),
    },
  }) as const;

const ended = (transactionId: string) => ({
  eventType: 'Ended',
  timestamp: new Date().toISOString(),
  triggerReason: 'EVDeparted',
  seqNo: 1,
  transactionInfo: { transactionId },
});
