import { type Authorization } from '@voltledger/contracts';
import { eventually, roamingAuthorization, sampleLocation } from '@voltledger/testing';
import { OicpNetwork, PROVIDER, now } from './oicp-network';
import { ToldSession, allowedSession } from './told-session';

let network: OicpNetwork;
beforeEach(async () => {
  network = await OicpNetwork.start();
});
afterEach(() => network.close());

const allowed = () => allowedSession(network);

const heard = (oicpSessionId: string) =>
  network.hubject.broker.sessions.find(oicpSessionId)?.notifications ?? [];
const types = (oicpSessionId: string) => heard(oicpSessionId).map(({ Type }) => Type);

it('OICP-E2E-01 OICP-NTF-01 OICP-CDR-02 tells Start, Progress and End, then sends the CDR', async () => {
  const { session, oicpSessionId } = allowed();
  await session.started();
  await session.reading(1, '0.1');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start']));
  await session.reading(10, '2.118');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start', 'Progress']));
  await session.ended(75, '14.642');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start', 'Progress', 'End']));
  const cdrId = await session.billed(75, '14.642');
  await eventually(() => expect(network.hubject.broker.cdrs).toHaveLength(1));
  expect(network.hubject.broker.cdrs[0]).toMatchObject({
    SessionID: oicpSessionId,
    CPOPartnerSessionID: 'request-1',
    ConsumedEnergy: 14.642,
    SessionStart: '2026-05-04T08:00:00+02:00',
    SessionEnd: '2026-05-04T09:15:00+02:00',
  });
  expect(heard(oicpSessionId)[1]).toMatchObject({
    ChargingDuration: 600_000,
    ConsumedEnergyProgress: 2.118,
  });
  await eventually(() =>
    expect(network.newest('CdrDelivered')).toMatchObject({
      cdrId,
      sessionId: session.sessionId,
      protocol: 'oicp',
      partnerId: PROVIDER,
      reference: oicpSessionId,
    }),
  );
});

it('OICP-E2E-07 leaves sessions of others alone', async () => {
  const own = { ...roamingAuthorization(), payer: { kind: 'own' } } as Authorization;
  const session = new ToldSession(network, own);
  await session.started();
  await session.reading(10, '2');
  await session.ended(75, '14.642');
  await session.billed(75, '14.642');
  const { session: ours, oicpSessionId } = allowed();
  await ours.started();
  await ours.reading(10, '2');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start']));
  expect(network.hubject.broker.notifications).toHaveLength(1);
  expect(await network.rows('select * from roaming_oicp.sessions')).toHaveLength(1);
});

it('OICP-NTF-08 22.9 tells the EMP that the EVSE of its driver broke down', async () => {
  await network.location({ type: 'LocationChanged', data: { location: sampleLocation(1) } });
  const { session, oicpSessionId } = allowed();
  await session.started();
  await session.reading(1, '0.1');
  await eventually(() => expect(types(oicpSessionId)).toEqual(['Start']));
  await network.location({
    type: 'EvseStatusChanged',
    data: {
      locationId: 'HARBOUR' as never,
      evseUid: 'EVSE-0001',
      evseId: 'DE*VLT*E0001*1',
      status: 'OUTOFORDER',
      at: now(),
    },
  });
  await eventually(() =>
    expect(heard(oicpSessionId).at(-1)).toMatchObject({
      Type: 'Error',
      ErrorType: 'CriticalError',
      EvseID: 'DE*VLT*E0001*1',
    }),
  );
});

it('OICP-NTF-11 sends no further notifications to an EMP that takes none, but the CDR', async () => {
  network.hubject.broker.providers[0]!.notifications = false;
  const { session } = allowed();
  await session.started();
  await session.reading(1, '0.1');
  await eventually(() => expect(network.hubject.requests('notify')).toHaveLength(1));
  await eventually(async () =>
    expect(await network.rows('select notifications_off from roaming_oicp.sessions')).toEqual([
      { notifications_off: '320' },
    ]),
  );
  await session.reading(10, '2');
  await session.ended(75, '14.642');
  await session.billed(75, '14.642');
  await eventually(() => expect(network.hubject.broker.cdrs).toHaveLength(1));
  expect(network.hubject.requests('notify')).toHaveLength(1);
});

it('OICP-CDR-02 a notification that fails does not hold the CDR back for long', async () => {
  const { session } = allowed();
  network.hubject.trouble('notify', { kind: 'status', status: 500 }, 50);
  await session.started();
  await session.reading(10, '2');
  await session.ended(75, '14.642');
  await session.billed(75, '14.642');
  await eventually(() => expect(network.hubject.broker.cdrs).toHaveLength(1), 10_000);
});
