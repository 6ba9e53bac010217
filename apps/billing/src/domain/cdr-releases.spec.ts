import { type CdrEvent, type HoldReason } from '@voltledger/contracts';
import { currency, instant, money } from '@voltledger/kernel';
import { given } from '@voltledger/testing';
import { session, sessionId } from '../../test/samples';
import { cdr } from './cdr';
import { type ApproveRelease, type ReleaseCdr } from './cdr-commands';
import { amountAtStake, needsFourEyes } from './four-eyes';
import { noCdrs } from './session-cdrs';

const EUR = currency('EUR');
const at = instant('2026-03-05T12:00:00Z');
const amount = money('250', EUR);
const doubt: HoldReason = { code: 'METER_ANOMALY', explanation: 'jump', remedy: 'look' };
const held: CdrEvent = { type: 'CdrHeld', data: { sessionId, reasons: [doubt], at } };

const ada = { by: 'ada', key: 'key-1', note: 'meter read on site' };
const bob = { by: 'bob', key: 'key-2', note: 'photo seen' };
const release: ReleaseCdr = {
  ...{ type: 'ReleaseCdr', sessionId, ...ada, needsApproval: true, amount, at },
};
const requested: CdrEvent = {
  type: 'CdrReleaseRequested',
  data: { sessionId, ...ada, at, amount },
};
const approve = (who: typeof ada = bob): ApproveRelease => ({
  ...{ type: 'ApproveRelease', sessionId, ...who, amount, at },
});

describe('four eyes: a release above the limit', () => {
  it('is a request only, with who asked and with which key', () =>
    given(cdr, held).when(release).then(requested));

  it('falls when somebody else approves: both are recorded', () =>
    given(cdr, held, requested)
      .when(approve())
      .then({ type: 'CdrReleased', data: { sessionId, ...ada, approval: bob, at } }));

  it('is not approved by the key that asked', () =>
    given(cdr, held, requested).when(approve(ada)).thenRefused('SAME_EYES'));

  it('is not approved by another name of the same key', () =>
    given(cdr, held, requested)
      .when(approve({ ...ada, by: 'eve' }))
      .thenRefused('SAME_EYES'));

  it('is asked for once', () =>
    given(cdr, held, requested).when(release).thenRefused('RELEASE_REQUESTED'));

  it('may be refused: the CDR stays held, and a new request is possible', () => {
    const refused: CdrEvent = { type: 'CdrReleaseRefused', data: { sessionId, ...bob, at } };
    given(cdr, held, requested)
      .when({ type: 'RefuseRelease', sessionId, ...bob, at })
      .then(refused);
    given(cdr, held, requested, refused).when(release).then(requested);
    given(cdr, held, requested, refused).when(approve()).thenRefused('NO_RELEASE_REQUESTED');
  });

  it('is void when the CDR is held for other reasons by then', () => {
    const others: CdrEvent = {
      type: 'CdrHeld',
      data: { sessionId, reasons: [doubt, { ...doubt, explanation: 'another' }], at },
    };
    given(cdr, held, requested, others).when(approve()).thenRefused('NO_RELEASE_REQUESTED');
  });

  it('is void when another amount would be billed by then', () =>
    given(cdr, held, requested)
      .when({ ...approve(), amount: money('251', EUR) })
      .thenRefused('RELEASE_OUTDATED'));

  it('is for held CDRs only', () => given(cdr).when(release).thenRefused('CDR_NOT_HELD'));
});

describe('whether four eyes are needed', () => {
  const limits = new Map([['EUR', 100_000_000]]);
  const cdrs = { ...noCdrs, held: [doubt] };

  it.each([
    ['at the limit', money('100', EUR), false],
    ['a cent above it', money('100.01', EUR), true],
    ['in a currency without a limit', money('1', currency('SEK')), true],
    ['when nobody knows how much', undefined, true],
  ])('%s: %s, %s', (_title, stake, expected) =>
    expect(needsFourEyes(cdrs, stake, limits)).toBe(expected),
  );

  it('not for what nobody can vouch for: it stays held anyway', () => {
    const missing = { ...doubt, code: 'NO_TARIFF' };
    expect(needsFourEyes({ ...noCdrs, held: [missing] }, undefined, limits)).toBe(false);
  });

  it('is judged by what would be billed, taxes included', () =>
    expect(amountAtStake(session, noCdrs)).toEqual(money('4.64', EUR)));
});
