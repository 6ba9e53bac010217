import { eventually, roamingAuthorization } from '@voltledger/testing';
import { OicpNetwork } from './oicp-network';
import { ToldSession, allowedSession } from './told-session';

let network: OicpNetwork;
beforeEach(async () => {
  network = await OicpNetwork.start();
});
afterEach(() => network.close());

const allowed = () => allowedSession(network);

it('OICP-CDR-06 a CDR whose answer was lost is sent again, byte for byte, and counts once', async () => {
  const { session } = allowed();
  network.hubject.trouble('sendChargeDetailRecord', { kind: 'lose answer' });
  await session.started();
  await session.ended(75, '14.642');
  const cdrId = await session.billed(75, '14.642');
  await eventually(() => expect(network.newest('CdrDelivered')).toMatchObject({ cdrId }));
  const attempts = network.hubject.requests('sendChargeDetailRecord');
  expect(attempts.map(({ status }) => status)).toEqual([200, 404]);
  expect(attempts[1]?.body).toBe(attempts[0]?.body);
  expect(network.hubject.broker.cdrs).toHaveLength(1);
  expect(network.all('CdrDelivered')).toHaveLength(1);
  expect(network.newest('CdrDelivered')?.attempts).toBe(2);
});

it('OICP-CDR-08 OICP-E2E-05 OICP-E2E-06 CDRs survive a broker that is down and our own restart', async () => {
  await network.hubject.down();
  const told = [allowed(), allowed(), allowed()];
  for (const { session } of told) {
    await session.started();
    await session.ended(75, '14.642');
    await session.billed(75, '14.642');
  }
  await eventually(async () =>
    expect(await network.rows('select * from roaming_oicp.charge_records')).toHaveLength(3),
  );
  await network.restart();
  await network.hubject.up();
  await eventually(() => expect(network.hubject.broker.cdrs).toHaveLength(3), 20_000);
  await eventually(() => expect(network.all('CdrDelivered')).toHaveLength(3));
  expect(new Set(network.hubject.broker.cdrs.map(({ SessionID }) => SessionID)).size).toBe(3);
});

it('OICP-CDR-05 domain 2.4 refuses a second CDR of a session itself, and tells finance', async () => {
  const { session, oicpSessionId } = allowed();
  await session.started();
  await session.ended(75, '14.642');
  const first = await session.billed(75, '14.642');
  await eventually(() => expect(network.hubject.broker.cdrs).toHaveLength(1));
  const second = await session.billed(75, '15.5', { replaces: first as never });
  await eventually(() =>
    expect(network.newest('CdrRejectedByPartner')).toMatchObject({
      cdrId: second,
      protocol: 'oicp',
      code: 'ONE_CDR_PER_SESSION',
      detail: expect.stringContaining(first) as string,
    }),
  );
  const { body } = await network.api('charge-records?state=refused');
  expect(body['items']).toEqual([
    expect.objectContaining({ cdrId: second, oicpSessionId, code: 'ONE_CDR_PER_SESSION' }),
  ]);
  expect(network.hubject.requests('sendChargeDetailRecord')).toHaveLength(1);
});

it('OICP-CDR-07 what Hubject refuses waits for a person; a corrected CDR then takes its place', async () => {
  const { session } = allowed();
  network.hubject.trouble('sendChargeDetailRecord', { kind: 'refuse', code: '022' });
  await session.started();
  await session.ended(75, '14.642');
  const cdrId = await session.billed(75, '14.642');
  await eventually(() =>
    expect(network.newest('CdrRejectedByPartner')).toMatchObject({ cdrId, code: '022' }),
  );
  expect(network.hubject.requests('sendChargeDetailRecord')).toHaveLength(1);
  const corrected = await session.billed(75, '14.6', { replaces: cdrId as never });
  await eventually(() => expect(network.newest('CdrDelivered')?.cdrId).toBe(corrected));
});

it('OICP-CDR-07 a first CDR for a session Hubject does not know is refused, not delivered', async () => {
  const session = new ToldSession(network, roamingAuthorization());
  await session.started();
  await session.ended(75, '14.642');
  const cdrId = await session.billed(75, '14.642');
  await eventually(() =>
    expect(network.newest('CdrRejectedByPartner')).toMatchObject({ cdrId, code: '400' }),
  );
});

it('OICP-CDR-10 what cannot be true is not sent at all', async () => {
  const { session } = allowed();
  await session.started();
  await session.ended(75, '1000.001');
  const cdrId = await session.billed(75, '1000.001');
  await eventually(() =>
    expect(network.newest('CdrRejectedByPartner')).toMatchObject({
      cdrId,
      code: 'CDR_NOT_SENDABLE',
      detail: expect.stringContaining('more than 1000 kWh') as string,
    }),
  );
  expect(network.hubject.requests('sendChargeDetailRecord')).toHaveLength(0);
});
