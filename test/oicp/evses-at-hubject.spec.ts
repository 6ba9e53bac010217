import { instant, plusMillis } from '@voltledger/kernel';
import { eventually, sampleLocation } from '@voltledger/testing';
import { OPERATOR, OicpNetwork, now } from './oicp-network';

let network: OicpNetwork;
beforeEach(async () => {
  network = await OicpNetwork.start();
});
afterEach(() => network.close());

const evses = () => network.hubject.broker.evsesOf(OPERATOR);
const actions = () =>
  network.hubject
    .requests('pushEvseData')
    .map(({ body }) => (JSON.parse(body) as { ActionType: string }).ActionType);

const site = (stations: number) =>
  network.location({ type: 'LocationChanged', data: { location: sampleLocation(stations) } });

const status = (number: number, to: string, at = now()) =>
  network.location({
    type: 'EvseStatusChanged',
    data: {
      locationId: 'HARBOUR' as never,
      evseUid: `EVSE-000${String(number)}`,
      evseId: `DE*VLT*E000${String(number)}*1`,
      status: to as never,
      at,
    },
  });

it('OICP-EVSE-08 OICP-EVSE-06 OICP-STA-10 loads everything first, then only what changed', async () => {
  await site(2);
  await eventually(() => expect(evses().statuses.size).toBe(2));
  expect(evses().records.size).toBe(2);
  expect(actions()).toEqual(['fullLoad']);

  await site(3);
  await eventually(() => expect(evses().statuses.size).toBe(3));
  await site(1);
  await eventually(() => expect(evses().records.size).toBe(1));
  expect(actions()).toEqual(['fullLoad', 'insert', 'delete']);

  const location = { ...sampleLocation(1), name: 'Harbour North' };
  await network.location({ type: 'LocationChanged', data: { location } });
  await eventually(() =>
    expect(evses().record('DE*VLT*E0001*1')?.ChargingStationNames).toEqual([
      { lang: 'en', value: 'Harbour North' },
    ]),
  );
  expect(actions().at(-1)).toBe('update');
});

it('OICP-STA-02 OICP-STA-08 OICP-STA-11 tells the newest status by the station’s own time', async () => {
  await site(1);
  await eventually(() => expect(evses().status('DE*VLT*E0001*1')).toBe('Available'));
  const before = network.hubject.requests('pushEvseStatus').length;
  const at = now();
  await status(1, 'CHARGING', at);
  await status(1, 'AVAILABLE', plusMillis(at, -60_000));
  await eventually(() => expect(evses().status('DE*VLT*E0001*1')).toBe('Occupied'));
  const since = network.hubject.requests('pushEvseStatus').slice(before);
  expect(since).toHaveLength(1);
  expect(JSON.parse(since[0]!.body)).toMatchObject({
    ActionType: 'update',
    OperatorEvseStatus: { EvseStatusRecord: [{ EvseStatus: 'Occupied' }] },
  });
});

it('OICP-EVSE-14 22.3 does not tell the broker of planned EVSEs, and deletes removed ones', async () => {
  await site(2);
  await eventually(() => expect(evses().statuses.size).toBe(2));
  await status(2, 'REMOVED');
  await eventually(() => expect(evses().records.size).toBe(1));
  await status(1, 'PLANNED');
  await eventually(() => expect(evses().records.size).toBe(0));
  await status(1, 'AVAILABLE');
  await eventually(() => expect(evses().status('DE*VLT*E0001*1')).toBe('Available'));
});

it('OICP-E2E-06 collapses to the newest state while the broker is down', async () => {
  await site(1);
  await eventually(() => expect(evses().status('DE*VLT*E0001*1')).toBe('Available'));
  await network.hubject.down();
  for (const to of ['BLOCKED', 'CHARGING', 'BLOCKED', 'OUTOFORDER']) await status(1, to);
  await eventually(async () =>
    expect(await network.rows('select status from roaming_oicp.evses')).toEqual([
      { status: 'OutOfService' },
    ]),
  );
  const before = network.hubject.requests('pushEvseStatus').length;
  await network.hubject.up();
  await eventually(() => expect(evses().status('DE*VLT*E0001*1')).toBe('OutOfService'), 20_000);
  expect(network.hubject.requests('pushEvseStatus').length - before).toBeLessThanOrEqual(2);
});

it('OICP-EVSE-07 corrects its picture when the broker knows better', async () => {
  await site(1);
  await eventually(() => expect(evses().statuses.size).toBe(1));
  evses().records.clear();
  evses().statuses.clear();
  const location = { ...sampleLocation(1), name: 'Harbour North' };
  await network.location({ type: 'LocationChanged', data: { location } });
  await eventually(() => expect(evses().records.size).toBe(1), 20_000);
  expect(actions()).toEqual(['fullLoad', 'update', 'update', 'update', 'insert']);
});

it('OICP-EVSE-09 sets aside the record the broker calls invalid, and sends the rest', async () => {
  const location = sampleLocation(2);
  const spoiled = { ...location, evses: [location.evses[0]!, { ...location.evses[1]! }] };
  network.hubject.trouble('pushEvseData', { kind: 'reject', record: 1, field: 'Plugs' });
  await network.location({ type: 'LocationChanged', data: { location: spoiled } });
  await eventually(() => expect(evses().records.size).toBe(1));
  const { body } = await network.api('evses?withProblems=true');
  expect(body['items']).toEqual([
    expect.objectContaining({
      evseId: 'DE*VLT*E0002*1',
      isPushed: false,
      refusal: expect.stringContaining('/Plugs') as string,
    }),
  ]);
});

it('OICP-EVSE-08 does not delete most of the network without somebody having looked', async () => {
  await site(5);
  await eventually(() => expect(evses().statuses.size).toBe(5));
  await network.hubject.down();
  await site(1);
  await network.api('connection/full-loads', { sequence: 'evse-data' });
  await network.hubject.up();
  await eventually(async () => {
    const { body } = await network.api('pushes?state=refused');
    expect(body['items']).toEqual([expect.objectContaining({ code: 'FULL_LOAD_TOO_SMALL' })]);
  }, 20_000);
  expect(evses().records.size).toBe(5);
  await network.api('connection/full-loads', { sequence: 'evse-data', confirmed: true });
  await eventually(() => expect(evses().records.size).toBe(1));
});

it('OICP-TRN-18 OICP-TRN-10 shows how the connection does', async () => {
  await site(1);
  await eventually(() => expect(evses().statuses.size).toBe(1));
  const { body } = await network.api('connection');
  expect(body).toMatchObject({
    operatorId: 'DE*VLT',
    inbound: { mode: 'plain-loopback' },
    evses: { wanted: 1, acknowledged: 1, unmappable: 0, refused: 0 },
  });
  expect(body['newest']).toContainEqual(
    expect.objectContaining({
      operation: 'PushEvseData',
      code: '000',
      succeeded: true,
      processId: expect.stringMatching(/^process-/) as string,
    }),
  );
  expect(instant(String((body['fullLoads'] as { loadedAt: string }[])[0]?.loadedAt))).toBeTruthy();
});
