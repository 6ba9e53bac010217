import { type Tariff } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { given } from '@voltledger/testing';
import { component, tariffOf } from '../../test/rated-session';
import { type ReratingCommand, type ReratingEvent, rerating } from './rerating';

const reratingId = '5f0f6f0a-3b5e-4d0c-9c61-4d1f5f0f3a11';
const at = instant('2024-03-01T09:00:00Z');
const tariff = tariffOf([{ components: [component('ENERGY', 0.5, { vat: '19' })] }]);
const sessions = { from: instant('2024-02-01T00:00:00Z'), to: instant('2024-03-01T00:00:00Z') };
const asked = (by: string, given: Tariff = tariff) => ({
  ...{ reratingId, tariff: given, contentHash: 'a'.repeat(64), sessions, total: 3 },
  ...{ reason: 'Wrong price', by, key: `key of ${by}`, at },
});
const person = (by: string) => ({ reratingId, note: 'Seen', by, key: `key of ${by}`, at });
const sums = { beforeTaxes: 1, afterTaxes: 1 };
const counts = { rated: 3, changing: 2, revenue: { was: sums, becomes: sums } };

const request: ReratingCommand = { type: 'RequestRerating', ...asked('Ann') };
const requested: ReratingEvent = { type: 'ReratingRequested', data: asked('Ann') };
const finish: ReratingCommand = { type: 'FinishComputing', reratingId, ...counts, at };
const computed: ReratingEvent = { type: 'ReratingComputed', data: { reratingId, ...counts, at } };
const approve = (by: string): ReratingCommand => ({ type: 'ApproveRerating', ...person(by) });
const approved: ReratingEvent = { type: 'ReratingApproved', data: person('Bob') };
const rejected: ReratingEvent = { type: 'ReratingRejected', data: person('Ann') };
const published: ReratingEvent = {
  type: 'ReratingPublished',
  data: { reratingId, published: 2, skipped: 0, at },
};

describe('a re-rating', () => {
  it('is asked for once', () => {
    given(rerating).when(request).then(requested);
    given(rerating, requested).when(request).thenNothing();
  });

  it('is refused with a wrong tariff', () => {
    const wrong = tariffOf([{ components: [component('ENERGY', 0.5)] }], { countryCode: 'de' });
    given(rerating)
      .when({ type: 'RequestRerating', ...asked('Ann', wrong) })
      .thenRefused('TARIFF_INVALID');
  });

  it('is computed once, however often a worker comes to the end', () => {
    given(rerating, requested).when(finish).then(computed);
    given(rerating, requested, computed).when(finish).thenNothing();
  });

  it('takes four eyes: another key has to approve of what it changes', () => {
    given(rerating, requested, computed).when(approve('Ann')).thenRefused('SAME_EYES');
    given(rerating, requested, computed).when(approve('Bob')).then(approved);
  });

  it('cannot be approved before it is computed, nor twice, nor after a rejection', () => {
    given(rerating, requested).when(approve('Bob')).thenRefused('RERATING_NOT_COMPUTED');
    given(rerating, requested, computed, approved)
      .when(approve('Bob'))
      .thenRefused('RERATING_NOT_COMPUTED');
    given(rerating, requested, computed, rejected)
      .when(approve('Bob'))
      .thenRefused('RERATING_NOT_COMPUTED');
    given(rerating).when(approve('Bob')).thenRefused('RERATING_UNKNOWN');
  });

  it('can be stopped until it is approved, by whoever asked too', () => {
    const reject: ReratingCommand = { type: 'RejectRerating', ...person('Ann') };
    given(rerating, requested).when(reject).then(rejected);
    given(rerating, requested, computed).when(reject).then(rejected);
    given(rerating, requested, computed, approved)
      .when(reject)
      .thenRefused('RERATING_NOT_COMPUTED');
  });

  it('is computed no more once it was stopped', () =>
    given(rerating, requested, rejected).when(finish).thenNothing());

  it('is told once, and settled once billing has answered for each', () => {
    const tell: ReratingCommand = {
      ...{ type: 'FinishPublishing', reratingId, published: 2, skipped: 0, at },
    };
    given(rerating, requested, computed, approved).when(tell).then(published);
    given(rerating, requested, computed, approved, published).when(tell).thenNothing();
    const settle: ReratingCommand = {
      ...{ type: 'SettleRerating', reratingId, reissued: 1, refused: 1, at },
    };
    given(rerating, requested, computed, approved).when(settle).thenNothing();
    given(rerating, requested, computed, approved, published)
      .when(settle)
      .then({ type: 'ReratingSettled', data: { reratingId, reissued: 1, refused: 1, at } });
  });
});
