import { given } from '@voltledger/testing';
import { instant } from '@voltledger/kernel';
import { component, tariffOf } from '../../test/rated-session';
import { type TariffCommand, tariff } from './tariff';
import { refusalsOf } from './tariff-refusals';

const published = tariffOf([{ components: [component('ENERGY', 0.5, { vat: '19' })] }]);
const { updatedAt, ...draft } = published;
const later = instant('2024-06-01T00:00:00Z');
const publish = (more: object = {}): TariffCommand => ({
  ...{ type: 'PublishTariff', tariff: { ...draft, ...more }, at: updatedAt },
});
const first = { type: 'TariffPublished', data: { tariff: published, version: 1 } } as const;
const withdrawn = {
  type: 'TariffWithdrawn',
  data: { tariffId: draft.tariffId, at: later },
} as const;
const withdraw: TariffCommand = { type: 'WithdrawTariff', tariffId: draft.tariffId, at: later };

describe('one of our tariffs', () => {
  it('is published', () => given(tariff).when(publish()).then(first));

  it('makes no new version of the same content', () =>
    given(tariff, first).when(publish()).thenNothing());

  it('gets its next version by another content', () =>
    given(tariff, first)
      .when(publish({ type: 'REGULAR' }))
      .then({
        type: 'TariffPublished',
        data: { tariff: { ...published, type: 'REGULAR' }, version: 2 },
      }));

  it('is withdrawn once', () => {
    given(tariff, first).when(withdraw).then(withdrawn);
    given(tariff, first, withdrawn).when(withdraw).thenRefused('TARIFF_WITHDRAWN');
    given(tariff).when(withdraw).thenRefused('TARIFF_UNKNOWN');
  });

  it('comes back by a version of its own', () =>
    given(tariff, first, withdrawn)
      .when(publish())
      .then({ type: 'TariffPublished', data: { tariff: published, version: 2 } }));

  it('is not published when it is wrong', () =>
    given(tariff)
      .when(publish({ countryCode: 'de' }))
      .thenRefused('TARIFF_INVALID'));
});

describe('what is refused at the door', () => {
  const element = (restrictions: object, more: object = {}) => ({
    elements: [{ components: [component('ENERGY', 0.5, more)], restrictions }],
  });

  it.each([
    ['validTo', { validFrom: later, validTo: updatedAt }],
    ['maxPrice.beforeTaxes', { minPrice: { beforeTaxes: 2 }, maxPrice: { beforeTaxes: 1 } }],
    ['maxPrice.afterTaxes', { maxPrice: { beforeTaxes: 2, afterTaxes: 1 } }],
    ['elements.0.restrictions.maxEnergy', element({ minEnergy: 5, maxEnergy: 5 })],
    ['elements.0.restrictions.startDate', element({ startDate: '2026-02-30' })],
    ['elements.0.components.0.dimension', element({ reservation: 'RESERVATION' })],
    ['elements.0.components.0.vat', element({}, { vat: '101' })],
    ['elements.0.components.0.vat', { ...element({}), taxIncluded: 'YES' }],
    ['elements.0.components.0.vat', { ...element({}, { vat: '19' }), taxIncluded: 'N/A' }],
  ])('is a wrong %s', (field, wrong) =>
    expect(refusalsOf(tariffOf([], { ...draft, ...wrong }))).toContainEqual(
      expect.objectContaining({ field }),
    ),
  );
});
