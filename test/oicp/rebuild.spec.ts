import { eventually, sampleLocation } from '@voltledger/testing';
import { OicpNetwork, now } from './oicp-network';
import { allowedSession } from './told-session';

let network: OicpNetwork;
beforeEach(async () => {
  network = await OicpNetwork.start();
});
afterEach(() => network.close());

const shown = () =>
  Promise.all(
    [
      'select location_id, state, rebuild from roaming_oicp.locations',
      'select evse_key, record_hash, pushed_hash, status, pushed_status from roaming_oicp.evses order by 1',
      'select session_id, state, told, rebuild from roaming_oicp.sessions order by 1',
      'select * from roaming_oicp.charge_records order by 1',
    ].map((sql) => network.rows(sql)),
  );
const toldHubject = () =>
  (['pushEvseData', 'pushEvseStatus', 'notify', 'sendChargeDetailRecord'] as const).map(
    (operation) => network.hubject.requests(operation).length,
  );
const broker = () => network.hubject.broker;
const types = (oicpSessionId: string) =>
  broker()
    .sessions.find(oicpSessionId)
    ?.notifications.map(({ Type }) => Type);

it('builds every projection anew while it runs, and Hubject hears nothing of it (rule 7)', async () => {
  await network.location({ type: 'LocationChanged', data: { location: sampleLocation(3) } });
  await network.location({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  const place = { locationId: 'HARBOUR' as never, evseUid: 'EVSE-0001', evseId: 'DE*VLT*E0001*1' };
  await network.location({
    type: 'EvseStatusChanged',
    data: { ...place, status: 'CHARGING', at: now() },
  });
  const { session, oicpSessionId } = allowedSession(network);
  await session.started();
  await session.reading(1, '0.1');
  await session.ended(75, '14.642');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start', 'End']));
  await session.billed(75, '14.642');
  await eventually(() => expect(broker().cdrs).toHaveLength(1));
  await eventually(async () =>
    expect(
      await network.rows('select * from roaming_oicp.pushes where settled_at is null'),
    ).toEqual([]),
  );
  await eventually(() => expect(broker().evsesOf('DE*VLT').statuses.size).toBe(2));
  const before = await shown();
  const told = toldHubject();

  for (const name of ['evses', 'sessions', 'charge-records'])
    expect(await network.api(`projections/${name}/rebuild`, {})).toMatchObject({ status: 202 });
  await eventually(async () => expect(await shown()).toEqual(before));
  expect(toldHubject()).toEqual(told);

  const { session: next, oicpSessionId: nextId } = allowedSession(network);
  await next.started();
  await next.reading(1, '0.1');
  await eventually(() => expect(types(nextId)).toEqual(['Start']));
  expect(types(oicpSessionId)).toEqual(['Start', 'End']);
});

it('names the projections there are when another is asked for', async () =>
  expect(await network.api('projections/prices/rebuild', {})).toMatchObject({ status: 400 }));
