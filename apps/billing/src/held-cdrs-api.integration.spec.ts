import { instant } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { BillingNetwork, anew } from '../test/billing-network';
import { sessionMessage, storyOf } from '../test/messages';
import { endedAt, ocpiDriver, session, shiftedTo } from '../test/samples';
import { type EndedSession } from './domain/ended-session';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start();
});
afterAll(() => network.close());

const held = async (code: string) => {
  const { body } = await network.call('viewer', `held-cdrs?code=${code}`);
  return (body['items'] as { sessionId: string }[]).map(({ sessionId }) => sessionId);
};

const jumped: EndedSession = {
  ...session,
  doubts: [{ kind: 'jump', measuredAt: endedAt, detail: '5 kWh within a second' }],
};

describe('held CDRs', () => {
  it('are listed with reason and remedy, and issued when a person vouches for them', async () => {
    const doubted = await network.charged(jumped);
    await network.happened(doubted, 'CdrHeld');
    await eventually(async () => expect(await held('METER_ANOMALY')).toContain(doubted.sessionId));
    const path = `held-cdrs/${doubted.sessionId}/release`;
    const released = await network.call('finance', path, { note: 'meter read on site' });
    expect(released).toMatchObject({ status: 200, body: { status: 'issued' } });
    await network.happened(doubted, 'CdrHeld', 'CdrReleased', 'CdrIssued');
    await eventually(async () =>
      expect(await held('METER_ANOMALY')).not.toContain(doubted.sessionId),
    );
    const [, release] = await network.eventsOf(doubted);
    expect(release).toMatchObject({ data: { by: 'finance', note: 'meter read on site' } });
  });

  it('are held again when what is missing stays missing', async () => {
    const { rating: _, ...unpriced } = session;
    const missing = await network.charged(unpriced);
    await network.happened(missing, 'CdrHeld');
    const path = `held-cdrs/${missing.sessionId}/release`;
    const answer = await network.call('finance', path, { note: 'go on' });
    expect(answer.body).toMatchObject({ status: 'held', reasons: [{ code: 'NO_TARIFF' }] });
    await network.happened(missing, 'CdrHeld', 'CdrReleased', 'CdrHeld');
  });

  it('hold without a payer, until somebody vouches for the token', async () => {
    const { authorization: _, ...unknown } = session;
    const nobody = await network.charged(unknown);
    await network.happened(nobody, 'CdrHeld');
    expect(await network.eventsOf(nobody)).toMatchObject([
      { data: { reasons: [{ code: 'NO_PAYER' }] } },
    ]);
    const { sessionId } = nobody;
    const data = { sessionId, authorization: ocpiDriver };
    await network.hear(sessionMessage(sessionId, 8, { type: 'SessionAuthorized', data }));
    await network.happened(nobody, 'CdrHeld', 'CdrReleased', 'CdrIssued');
  });

  it('hold the later of two sessions that one token had at the same time', async () => {
    const token = { ...ocpiDriver.token, uid: newUuid().slice(0, 20) };
    const authorization = { ...ocpiDriver, token };
    const at = (time: string) => instant(`2026-03-05T${time}Z`);
    const driver = { ...session, authorization };
    const first = await network.charged(shiftedTo(driver, at('10:00:00'), at('13:00:00')));
    await network.happened(first, 'CdrIssued');
    const presented = { ...ocpiDriver, token: { ...token, uid: token.uid.toUpperCase() } };
    const again = { ...session, authorization: presented };
    const second = await network.charged(shiftedTo(again, at('11:30:00'), at('13:30:00')));
    await network.happened(second, 'CdrHeld');
    const explanation = expect.stringContaining(first.sessionId) as string;
    expect(await network.eventsOf(second)).toMatchObject([
      { data: { reasons: [{ code: 'OVERLAPPING_SESSIONS', explanation }] } },
    ]);
    // An hour together is what this network puts up with.
    const third = await network.charged(shiftedTo(again, at('12:30:00'), at('14:30:00')));
    await network.happened(third, 'CdrIssued');
  });

  it('hold a signed record that is wrong, until it is verified with the right key', async () => {
    const signed = anew();
    const { sessionId } = signed;
    const [start, fixed, ...rest] = storyOf(signed);
    const recordHash = 'b'.repeat(64);
    const found = {
      sessionId,
      measuredAt: endedAt,
      recordHash,
      detail: 'so',
      timeUsable: true,
      format: '',
    };
    const wrong = sessionMessage(sessionId, 3, {
      type: 'SignedDataRejected',
      data: { ...found, verdict: 'rejected', codes: ['SIGNATURE_INVALID'] },
    });
    await network.hear(start!, fixed!, wrong, ...rest);
    await network.happened(signed, 'CdrHeld');
    expect(await network.eventsOf(signed)).toMatchObject([
      { data: { reasons: [{ code: 'SIGNATURE_REJECTED' }] } },
    ]);
    await network.hear(
      sessionMessage(sessionId, 8, {
        type: 'SignedDataVerified',
        data: { ...found, verdict: 'verified', codes: [] },
      }),
    );
    await network.happened(signed, 'CdrHeld', 'CdrReleased', 'CdrIssued');
  });

  it('are not there where nothing is held', async () => {
    const { sessionId } = await network.charged();
    const body = { note: 'go on' };
    expect(await network.call('finance', `held-cdrs/${newUuid()}/release`, body)).toMatchObject({
      ...{ status: 404, body: { code: 'SESSION_UNKNOWN' } },
    });
    await network.happened({ sessionId }, 'CdrIssued');
    expect(await network.call('finance', `held-cdrs/${sessionId}/release`, body)).toMatchObject({
      ...{ status: 409, body: { code: 'CDR_NOT_HELD' } },
    });
  });
});

describe('the ledger', () => {
  it('comes in pages, and balances', async () => {
    const { sessionId } = await network.charged();
    await eventually(async () =>
      expect(await network.count('billing.ledger_entries', 'session_id = $1', sessionId)).toBe(1),
    );
    const path = `ledger/lines?session=${sessionId}&limit=2`;
    const first = await network.call('finance', path);
    expect(first.body['items']).toMatchObject([
      { account: 'receivable:ocpi:partner-xyz', debit: '4.64', credit: '0.00', currency: 'EUR' },
      { account: 'revenue:energy:DEU', debit: '0.00', credit: '3.90' },
    ]);
    const second = await network.call('finance', `${path}&after=${String(first.body['next'])}`);
    expect(second.body).toMatchObject({ items: [{ account: 'tax-payable:DEU:VAT:19', line: 3 }] });
    const { body } = await network.call('finance', 'ledger/balance');
    const balances = (body['accounts'] as { balance: string }[]).map(({ balance }) => balance);
    const cents = balances.map((each) => Number(each.replace('.', '')));
    expect(cents.reduce((sum, each) => sum + each, 0)).toBe(0);
  });

  it('is for finance, and refuses a page that is none of ours', async () => {
    expect((await network.call('viewer', 'ledger/lines')).status).toBe(403);
    expect((await network.call('finance', 'ledger/lines?after=x')).status).toBe(400);
  });
});
