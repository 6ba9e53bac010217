import { currency, energy, money } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { at, eventually, sampleTariff } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { tokenOf, transaction } from '../test/transaction';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

describe('charging by RFID', () => {
  it('authorizes, charges, prices, ends, and shows it (domain 1, OCPP-1.6-AUTH-01)', async () => {
    await service.knows(tokenOf('AB12CD34'));
    const { sessionId, stationId, ...tx } = transaction('ab12cd34');
    const requestId = newUuid();
    await service.station({
      type: 'AuthorizationAsked',
      data: { stationId, requestId, token: { uid: 'ab12cd34', type: 'OTHER' }, at: at('10:00') },
    });
    await eventually(() =>
      expect(service.commands({ requestId })).toEqual([
        {
          type: 'AuthorizationAnswered',
          data: { stationId, requestId, verdict: { status: 'accepted' } },
        },
      ]),
    );
    const again = newUuid();
    await service.station(tx.start(again));
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('SessionStarted'),
    );
    await service.tariff({
      type: 'TariffSelected',
      data: { sessionId, tariff: sampleTariff(), contentHash: 'a'.repeat(64) },
    });
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('TariffAttached'),
    );
    await service.station(tx.read('100.5', '10:01'));
    const total = { beforeTaxes: money('0.60', currency('EUR')), taxes: [] };
    await service.tariff({
      type: 'SessionPriced',
      data: { sessionId, total, energy: energy('0.5'), rules: 'test/1', at: at('10:01') },
    });
    await eventually(async () => expect(await service.story(sessionId)).toContain('CostUpdated'));
    await service.station(tx.end('101', '10:02'));
    await eventually(async () =>
      expect(await service.row(sessionId)).toMatchObject({
        ...{ status: 'ended', energy_mwh: 1_000_000, cost_micros: 600_000, doubts: [] },
      }),
    );
    expect(await service.story(sessionId)).toEqual([
      ...['SessionStarted', 'TariffAttached', 'MeterValueRecorded', 'CostUpdated'],
      ...['MeterValueRecorded', 'SessionEnded'],
    ]);
    // The token of the start was judged on its own, and answered (OCPP-J-AUTH-09).
    expect(service.commands({ requestId: again })).toHaveLength(1);
    expect(await service.firstEvent(sessionId)).toMatchObject({
      authorization: { method: 'WHITELIST', token: { uid: 'AB12CD34' }, payer: { kind: 'own' } },
    });
  });

  it('takes a report once, however often it is delivered (domain 1.1)', async () => {
    const { sessionId, ...tx } = transaction();
    const id = newUuid();
    for (const _time of [1, 2, 3]) await service.station(tx.start(), id);
    await service.station(tx.end('101', '10:02'));
    await eventually(async () => expect((await service.row(sessionId))?.status).toBe('ended'));
    expect(
      (await service.story(sessionId)).filter((type) => type === 'SessionStarted'),
    ).toHaveLength(1);
  });
});

it('rebuilds its list from the first event while it runs, and sends nothing (domain 1.13)', async () => {
  const rows = () =>
    service.test.database.query(`select * from session.sessions order by session_id`);
  const before = await rows();
  expect(before).toHaveLength(2);
  const { sessionId, ...tx } = transaction();
  const wasSent = service.sent.length;
  const admin = await service.operator('admin');
  const answer = await admin('POST', 'session/projections/sessions/rebuild');
  expect(answer.status).toBe(202);
  await eventually(async () => expect(await rows()).toEqual(before));
  expect(service.sent).toHaveLength(wasSent);
  await service.station(tx.start());
  await eventually(async () => expect((await service.row(sessionId))?.status).toBe('active'));
});
