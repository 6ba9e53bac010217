import { type PriceComponent, type Tariff } from '@voltledger/contracts';
import { afirFindings } from './afir-check';
import { overlaps } from './overlapping-elements';
import { priceGaps } from './price-gaps';
import { covers } from './restriction-cover';

type Draft = Omit<Tariff, 'updatedAt'>;

/** Where something is merely odd: `field`, and what will come of it. */
export interface TariffWarning {
  readonly field: string;
  readonly warning: string;
}

/** Partners are told prices with four decimals; ours have six. */
const MICROS_PER_LAST_DECIMAL = 100;

/** What is allowed, but may not be what was meant. */
export const warningsOf = (draft: Draft): TariffWarning[] => [
  ...eachComponent(draft).flatMap(componentWarnings),
  ...vatWarnings(draft),
  ...limitWarnings(draft),
  ...unreachable(draft),
  ...overlaps(draft),
  ...afirWarnings(draft),
  ...validityWarnings(draft),
  ...priceGaps(draft).map((warning) => ({ field: 'elements', warning })),
];

interface Located {
  readonly field: string;
  readonly component: PriceComponent;
}

const eachComponent = ({ elements }: Draft): Located[] =>
  elements.flatMap(({ components }, element) =>
    components.map((component, index) => ({
      field: `elements.${element}.components.${index}`,
      component,
    })),
  );

const componentWarnings = ({ field, component: { price } }: Located): TariffWarning[] => [
  ...when(price < 0, `${field}.price`, 'is negative: the driver is paid'),
  ...when(
    price % MICROS_PER_LAST_DECIMAL !== 0,
    `${field}.price`,
    'has more than 4 decimals: OCPI partners are told a rounded price',
  ),
];

/** No rate at all is one warning, a rate here and there one for each component without. */
function vatWarnings(draft: Draft): TariffWarning[] {
  const all = eachComponent(draft);
  const without = all.filter(({ component }) => component.vat === undefined);
  if (draft.taxIncluded !== 'NO' || without.length === 0) return [];
  if (without.length === all.length)
    return [{ field: 'elements', warning: 'name no VAT: amounts after taxes stay unknown' }];
  return without.map(({ field }) => ({
    field: `${field}.vat`,
    warning: 'is absent while others have one: no VAT is added here',
  }));
}

function limitWarnings(draft: Draft): TariffWarning[] {
  const taxed = eachComponent(draft).some(({ component }) => component.vat !== undefined);
  const open = (name: 'maxPrice' | 'minPrice') =>
    when(
      taxed && draft[name] !== undefined && draft[name].afterTaxes === undefined,
      `${name}.afterTaxes`,
      'is absent: the total after taxes is not limited',
    );
  return [...open('minPrice'), ...open('maxPrice')];
}

/** Whether a connector gives 50 kW only its place can say; whoever attaches the tariff has to know. */
const afirWarnings = (draft: Draft): TariffWarning[] =>
  afirFindings(draft).map(({ field, rule }) => ({
    field,
    warning: `is not allowed at stations of 50 kW and more: it ${rule}`,
  }));

const validityWarnings = ({ elements, validFrom, validTo }: Draft): TariffWarning[] =>
  elements.flatMap(({ restrictions = {} }, index) => [
    ...when(
      isBefore(restrictions.endDate, validFrom),
      `elements.${index}.restrictions.endDate`,
      'is before the tariff is valid: the element never applies',
    ),
    ...when(
      isBefore(validTo, restrictions.startDate),
      `elements.${index}.restrictions.startDate`,
      'is after the tariff is valid: the element applies to no session that starts before it',
    ),
  ]);

const isBefore = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one.slice(0, 10) < other.slice(0, 10);

/** Components that an earlier one of the same dimension always stands before. */
const unreachable = ({ elements }: Draft): TariffWarning[] =>
  elements.flatMap(({ components, restrictions = {} }, index) =>
    components.flatMap(({ dimension }, position) => {
      const priced = (of: readonly PriceComponent[]) =>
        of.some((component) => component.dimension === dimension);
      const field = `elements.${index}.components.${position}`;
      if (priced(components.slice(0, position)))
        return [
          { field, warning: `is never used: the element has a price for ${dimension} before` },
        ];
      const before = elements.findIndex(
        (earlier, place) =>
          place < index &&
          priced(earlier.components) &&
          covers(earlier.restrictions ?? {}, restrictions),
      );
      return when(before >= 0, field, `is never used: element ${before} always stands before it`);
    }),
  );

const when = (holds: boolean, field: string, warning: string): TariffWarning[] =>
  holds ? [{ field, warning }] : [];
