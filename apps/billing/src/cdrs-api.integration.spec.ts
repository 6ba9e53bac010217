import { type RoamingEvent, messageFor, roamingEvents } from '@voltledger/contracts';
import { type Region, type TenantId, instant } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { BillingNetwork } from '../test/billing-network';
import { endOf, ratingOf } from '../test/messages';
import { drawing, endedAt } from '../test/samples';
import { type EndedSession } from './domain/ended-session';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start();
});
afterAll(() => network.close());

type Item = Record<string, never> & {
  cdr: { cdrId: string };
  status: string;
  deliveries: object[];
};

/** The session's CDRs as the list shows them, once there are that many. */
async function listed({ sessionId }: EndedSession, many: number): Promise<Item[]> {
  let items: Item[] = [];
  await eventually(async () => {
    const { body } = await network.call('viewer', `cdrs?session=${sessionId}`);
    items = body['items'] as Item[];
    expect(items).toHaveLength(many);
  });
  return items;
}

describe('CDRs', () => {
  it('are shown with their seal, their payer and their state', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    const shown = await network.call('viewer', `cdrs/${cdr.cdrId.toUpperCase()}`);
    expect(shown).toMatchObject({
      status: 200,
      body: {
        ...{ status: 'live', partner: 'partner-xyz', bilateral: false, deliveries: [] },
        cdr: { cdrId: cdr.cdrId, sessionId: charged.sessionId },
        seal: { sequence: expect.any(Number) },
      },
    });
  });

  it('come in pages, by partner and period', async () => {
    await network.charged();
    await network.charged();
    await eventually(async () => expect(await network.count('billing.cdrs')).toBeGreaterThan(1));
    const first = await network.call(
      'viewer',
      'cdrs?limit=1&partner=partner-xyz&from=2026-03-05T11:00:00Z',
    );
    expect(first.body['items']).toHaveLength(1);
    const second = await network.call('viewer', `cdrs?limit=1&after=${String(first.body['next'])}`);
    expect(second.body['items']).not.toEqual(first.body['items']);
    const none = await network.call('viewer', 'cdrs?to=2026-03-05T11:00:00Z');
    expect(none.body).toEqual({ items: [] });
  });

  it('tell what partners made of them', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    const about = { cdrId: cdr.cdrId as never, sessionId: charged.sessionId, at: endedAt };
    const partner = { protocol: 'ocpi' as const, partnerId: 'partner-xyz' as never };
    const told = (event: RoamingEvent) =>
      network.hear(
        messageFor(roamingEvents, {
          ...{
            id: newUuid(),
            key: 'partner-xyz',
            event,
            recordedAt: instant('2026-03-05T12:00:00Z'),
          },
          ...{ tenant: 'voltledger' as TenantId, region: 'home' as Region },
          ...{ causationId: 'push', correlationId: charged.sessionId },
        }),
      );
    await told({
      type: 'CdrRejectedByPartner',
      data: { ...about, ...partner, code: '2001', detail: 'tariff unknown' },
    });
    await eventually(async () => {
      const rejected = await network.call(
        'viewer',
        `cdrs?delivery=rejected&session=${charged.sessionId}`,
      );
      expect(rejected.body['items']).toMatchObject([
        { deliveries: [{ code: '2001', at: endedAt }] },
      ]);
    });
    const reference = 'https://emsp.example/cdrs/1';
    await told({ type: 'CdrDelivered', data: { ...about, ...partner, reference, attempts: 2 } });
    await eventually(async () => {
      const [{ deliveries }] = (await listed(charged, 1)) as [Item];
      expect(deliveries).toMatchObject([{ outcome: 'delivered', reference, attempts: 2 }]);
    });
    const pending = await network.call(
      'viewer',
      `cdrs?delivery=pending&session=${charged.sessionId}`,
    );
    expect(pending.body).toEqual({ items: [] });
  });

  it('are refused by name when there is none, or the question is wrong', async () => {
    expect(await network.call('viewer', 'cdrs/nowhere')).toMatchObject({
      ...{ status: 404, body: { code: 'CDR_UNKNOWN' } },
    });
    const wrong = await network.call('viewer', 'cdrs?from=yesterday');
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).toMatch(/from.*RFC 3339/);
  });
});

describe('crediting and issuing anew', () => {
  const reason = { reason: 'charged by a broken meter' };

  it('takes a CDR back, and puts another in its place when asked', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    const credit = await network.call('finance', `cdrs/${cdr.cdrId}/credit`, reason);
    expect(credit.status).toBe(201);
    expect(await listed(charged, 2)).toMatchObject([
      { status: 'credited', creditedBy: credit.body['cdrId'] },
      { status: 'credit', reason: reason.reason, takenBackBy: 'finance' },
    ]);
    const again = await network.call('finance', `cdrs/${cdr.cdrId}/credit`, reason);
    expect(again).toMatchObject({ status: 409, body: { code: 'CDR_NOT_LIVE' } });
    const anew = await network.call('finance', `cdrs/${cdr.cdrId}/reissue`, reason);
    expect(anew.status).toBe(201);
    const [, , third] = await listed(charged, 3);
    expect(third).toMatchObject({ status: 'live', cdr: { replaces: cdr.cdrId } });
  });

  it('changes nothing that would stay the same', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    expect(await network.call('finance', `cdrs/${cdr.cdrId}/reissue`, reason)).toMatchObject({
      ...{ status: 409, body: { code: 'NOTHING_TO_CORRECT' } },
    });
    await network.happened(charged, 'CdrIssued');
  });

  it('answers a repeated request as the first time', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    const key = { 'idempotency-key': newUuid() };
    const path = `cdrs/${cdr.cdrId}/credit`;
    const once = await network.call('finance', path, reason, key);
    expect(await network.call('finance', path, reason, key)).toEqual(once);
    await network.happened(charged, 'CdrIssued', 'CdrCredited');
  });

  it('stays credited when the session turns out differently: a person took it back', async () => {
    const charged = await network.charged();
    const [{ cdr }] = (await listed(charged, 1)) as [Item];
    await network.call('finance', `cdrs/${cdr.cdrId}/credit`, reason);
    const late = { ...drawing('12'), sessionId: charged.sessionId };
    const truth = { ...late, endRevision: 9, ratedRevision: 9 };
    await network.hear(endOf(truth), ratingOf(truth));
    const settled = `session_id = $1 and not due and state->'rated'->>'throughRevision' = '9'`;
    await eventually(async () =>
      expect(await network.count('billing.chargeable_sessions', settled, charged.sessionId)).toBe(
        1,
      ),
    );
    await network.happened(charged, 'CdrIssued', 'CdrCredited');
    await network.call('finance', `cdrs/${cdr.cdrId}/reissue`, reason);
    const events = await network.eventsOf(charged);
    expect(events.at(-1)).toMatchObject({ data: { cdr: { energy: 12_000_000 } } });
  });

  it.each(['viewer', 'operator'] as const)('is not for a %s', async (role) => {
    expect(await network.call(role, 'cdrs/any/credit', reason)).toMatchObject({ status: 403 });
  });
});
