import { at, eventually } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { transaction } from '../test/transaction';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start({ CELLS: 'south=postgres://127.0.0.1:1/none' });
});
afterAll(() => service.close());

const move = (stationId: string, region: string, epoch: number, minute: string) =>
  service.cell({
    type: 'StationHomeMoved',
    data: {
      ...{ stationId: stationId as never, evseUids: [], home: { region, epoch }, by: 'operator' },
      at: at(minute),
    },
  });

const homeIs = (stationId: string, region: string) =>
  eventually(async () =>
    expect(
      await service.test.database.query(
        'select region from session.station_homes where station_id = $1',
        [stationId],
      ),
    ).toEqual([{ region }]),
  );

it('1.10: what the old home still hears is put aside, and counts when the station came home', async () => {
  const { sessionId, stationId, ...tx } = transaction();
  await service.station(tx.start());
  await eventually(async () => expect(await service.story(sessionId)).toContain('SessionStarted'));
  await move(stationId, 'south', 2, '09:59');
  await homeIs(stationId, 'south');
  const before = await service.story(sessionId);

  await service.station(tx.read('101', '10:05'));
  const [parked] = await eventually(async () => {
    const found = await service.running.storage.bus.parked.list();
    expect(found).toHaveLength(1);
    return found;
  });
  expect(parked!.reason).toMatch(/at home in south since .* \(epoch 2\)/);
  expect(await service.story(sessionId)).toEqual(before);

  await move(stationId, 'home', 1, '10:10');
  await move(stationId, 'home', 3, '10:11');
  await homeIs(stationId, 'home');
  await service.running.storage.bus.parked.replay(parked!.parkedId);
  await eventually(async () =>
    expect(await service.story(sessionId)).toContain('MeterValueRecorded'),
  );
});
