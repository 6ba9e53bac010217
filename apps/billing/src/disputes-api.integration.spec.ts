import { newUuid } from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { BillingNetwork } from '../test/billing-network';
import { endOf, ratingOf } from '../test/messages';
import { drawing, endedAt, session } from '../test/samples';
import { type EndedSession } from './domain/ended-session';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start(undefined, { BILLING_FOUR_EYES_LIMITS: 'EUR:4' });
});
afterAll(() => network.close());

const jumped: EndedSession = {
  ...session,
  doubts: [{ kind: 'jump', measuredAt: endedAt, detail: '5 kWh within a second' }],
};

async function issuedCdr(charged: EndedSession): Promise<string> {
  await network.happened(charged, 'CdrIssued');
  const [issued] = await network.eventsOf(charged);
  if (issued?.type !== 'CdrIssued') throw new Error('no CDR');
  await eventually(async () =>
    expect(await network.count('billing.cdrs', 'cdr_id = $1', issued.data.cdr.cdrId)).toBe(1),
  );
  return issued.data.cdr.cdrId;
}

async function openDispute(cdrId: string): Promise<string> {
  const claim = { cdrId, claimant: 'partner-xyz', claim: 'the car was not there' };
  const answer = await network.call('finance', 'disputes', claim);
  expect(answer.status).toBe(201);
  const disputeId = String(answer.body['disputeId']);
  await eventually(async () =>
    expect(await network.count('billing.disputes', 'dispute_id = $1', disputeId)).toBe(1),
  );
  return disputeId;
}

describe('disputes', () => {
  it('are listed, keep their CDR as it is, and end by a word of finance', async () => {
    const charged = await network.charged();
    const cdrId = await issuedCdr(charged);
    const disputeId = await openDispute(cdrId);
    const shown = await network.call('viewer', `cdrs/${cdrId}`);
    expect(shown.body).toMatchObject({ dispute: { disputeId, claimant: 'partner-xyz' } });
    const reason = { reason: 'to be nice' };
    expect(await network.call('finance', `cdrs/${cdrId}/credit`, reason)).toMatchObject({
      ...{ status: 409, body: { code: 'CDR_DISPUTED' } },
    });
    const end = { outcome: 'rejected', note: 'it was there' };
    const resolved = await network.call('finance', `disputes/${disputeId}/resolution`, end);
    expect(resolved).toMatchObject({ status: 200, body: { status: 'unchanged' } });
    await network.happened(charged, 'CdrIssued', 'DisputeOpened', 'DisputeResolved');
    await eventually(async () => {
      const { body } = await network.call('viewer', `disputes?cdr=${cdrId}&open=false`);
      expect(body['items']).toMatchObject([
        { disputeId, outcome: 'rejected', openedBy: 'finance' },
      ]);
    });
    expect((await network.call('viewer', `disputes?cdr=${cdrId}&open=true`)).body).toEqual({
      items: [],
    });
  });

  it('take a CDR back in the same step, once', async () => {
    const charged = await network.charged();
    const disputeId = await openDispute(await issuedCdr(charged));
    const path = `disputes/${disputeId}/resolution`;
    const end = { outcome: 'credited', note: 'it was not there' };
    expect((await network.call('finance', path, end)).status).toBe(200);
    await network.happened(charged, 'CdrIssued', 'DisputeOpened', 'CdrCredited', 'DisputeResolved');
    expect(await network.call('finance', path, end)).toMatchObject({
      body: { code: 'DISPUTE_NOT_OPEN' },
    });
  });

  it('hold a correction that comes meanwhile; it follows when they end', async () => {
    const charged = await network.charged();
    const disputeId = await openDispute(await issuedCdr(charged));
    const late = { ...drawing('10.5'), sessionId: charged.sessionId };
    const truth = { ...late, endRevision: 9, ratedRevision: 9 };
    await network.hear(endOf(truth), ratingOf(truth));
    await network.happened(charged, 'CdrIssued', 'DisputeOpened', 'CdrHeld');
    const end = { outcome: 'withdrawn', note: 'the partner has thought again' };
    const answer = await network.call('finance', `disputes/${disputeId}/resolution`, end);
    expect(answer.body).toMatchObject({ status: 'corrected' });
    const events = await network.eventsOf(charged);
    expect(events.map(({ type }) => type).slice(3)).toEqual([
      ...['DisputeResolved', 'CdrReleased', 'CdrCredited', 'CdrIssued'],
    ]);
  });

  it('are refused by name', async () => {
    const claim = { cdrId: 'nowhere', claimant: 'partner-xyz', claim: 'no' };
    expect(await network.call('finance', 'disputes', claim)).toMatchObject({ status: 404 });
    expect(await network.call('operator', 'disputes', claim)).toMatchObject({ status: 403 });
    const end = { outcome: 'rejected', note: 'no' };
    const nowhere = await network.call('finance', `disputes/${newUuid()}/resolution`, end);
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'DISPUTE_UNKNOWN' } });
  });
});

describe('four eyes', () => {
  it('a release above the limit waits for somebody with another key', async () => {
    const doubted = await network.charged(jumped);
    await network.happened(doubted, 'CdrHeld');
    const path = `held-cdrs/${doubted.sessionId}`;
    const note = { note: 'meter read on site' };
    const asked = await network.call('finance', `${path}/release`, note);
    expect(asked.body).toEqual({ status: 'awaiting-approval' });
    await eventually(async () => {
      const { body } = await network.call('viewer', 'held-cdrs?requested=true');
      expect(body['items']).toMatchObject([
        {
          sessionId: doubted.sessionId,
          requested: { by: 'finance', amount: { micros: 4_640_000 } },
        },
      ]);
    });
    expect(await network.call('finance', `${path}/approval`, note)).toMatchObject({
      ...{ status: 409, body: { code: 'SAME_EYES' } },
    });
    const approved = await network.call('admin', `${path}/approval`, { note: 'photo seen' });
    expect(approved).toMatchObject({ status: 200, body: { status: 'issued' } });
    const [, , released] = await network.eventsOf(doubted);
    expect(released).toMatchObject({
      type: 'CdrReleased',
      data: { by: 'finance', approval: { by: 'admin', note: 'photo seen' } },
    });
  });

  it('a release may be refused: the CDR stays held', async () => {
    const doubted = await network.charged(jumped);
    await network.happened(doubted, 'CdrHeld');
    const path = `held-cdrs/${doubted.sessionId}`;
    await network.call('finance', `${path}/release`, { note: 'fine' });
    const refused = await network.call('admin', `${path}/refusal`, { note: 'no photo' });
    expect(refused.body).toMatchObject({ status: 'held', reasons: [{ code: 'METER_ANOMALY' }] });
    await network.happened(doubted, 'CdrHeld', 'CdrReleaseRequested', 'CdrReleaseRefused');
  });
});
