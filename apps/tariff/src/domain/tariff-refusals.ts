import { type PriceLimit, type Restrictions, type Tariff } from '@voltledger/contracts';
import { scaledInteger } from '@voltledger/kernel';
import { AFIR_POWER, afirFindings } from './afir-check';
import { type BrokenTariffRule } from './errors';

type Draft = Omit<Tariff, 'updatedAt'>;

const VAT_DIGITS = 12;
const VAT_MAX = 100n * 10n ** BigInt(VAT_DIGITS);

/** What makes a tariff wrong: it could be read in two ways, or never be what was meant. */
export const refusalsOf = (draft: Draft): BrokenTariffRule[] => [
  ...validityRefusals(draft),
  ...limitRefusals(draft),
  ...draft.elements.flatMap(({ restrictions = {} }, index) =>
    restrictionRefusals(restrictions, `elements.${index}.restrictions`),
  ),
  ...componentRefusals(draft),
  ...afirRefusals(draft),
];

const broken = (holds: boolean, field: string, rule: string): BrokenTariffRule[] =>
  holds ? [] : [{ field, rule }];

/** Where an element says itself that it is for 50 kW and more, no place is needed to know it is wrong. */
const afirRefusals = (draft: Draft): BrokenTariffRule[] => {
  const elements = draft.elements.map(({ restrictions, components }) => ({
    components: components.filter(() => (restrictions?.minPower ?? 0) >= AFIR_POWER),
    ...(restrictions && { restrictions }),
  }));
  return draft.type === 'AD_HOC_PAYMENT'
    ? afirFindings({ type: draft.type, elements }).filter(({ field }) => field !== 'elements')
    : [];
};

/** Below these paths of the API a tariff could not be asked for. */
const RESERVED_IDS = ['rate', 'reratings', 'simulations'];

const validityRefusals = ({ tariffId, countryCode, partyId, validFrom, validTo }: Draft) => [
  ...broken(
    !RESERVED_IDS.includes(tariffId.toLowerCase()),
    'tariffId',
    `must not be ${RESERVED_IDS.join(', ')}`,
  ),
  ...broken(/^[A-Z]{2}$/.test(countryCode), 'countryCode', 'must be two capital letters'),
  ...broken(/^[A-Z0-9]{3}$/.test(partyId), 'partyId', 'must be three capital letters or digits'),
  ...broken(below(validFrom, validTo), 'validTo', 'must be after validFrom'),
];

const limitRefusals = ({ minPrice, maxPrice }: Draft) => [
  ...taxedLimit(minPrice, 'minPrice.afterTaxes'),
  ...taxedLimit(maxPrice, 'maxPrice.afterTaxes'),
  ...broken(
    atMost(minPrice?.beforeTaxes, maxPrice?.beforeTaxes),
    'maxPrice.beforeTaxes',
    'must not be below minPrice.beforeTaxes',
  ),
  ...broken(
    atMost(minPrice?.afterTaxes, maxPrice?.afterTaxes),
    'maxPrice.afterTaxes',
    'must not be below minPrice.afterTaxes',
  ),
];

const taxedLimit = (limit: PriceLimit | undefined, field: string) =>
  broken(atMost(limit?.beforeTaxes, limit?.afterTaxes), field, 'must not be below beforeTaxes');

const restrictionRefusals = (given: Restrictions, field: string) => [
  ...calendarDate(given.startDate, `${field}.startDate`),
  ...calendarDate(given.endDate, `${field}.endDate`),
  ...range(given.startDate, given.endDate, `${field}.endDate`, 'startDate'),
  ...range(given.minEnergy, given.maxEnergy, `${field}.maxEnergy`, 'minEnergy'),
  ...range(given.minCurrent, given.maxCurrent, `${field}.maxCurrent`, 'minCurrent'),
  ...range(given.minPower, given.maxPower, `${field}.maxPower`, 'minPower'),
  ...range(given.minDuration, given.maxDuration, `${field}.maxDuration`, 'minDuration'),
];

const calendarDate = (date: string | undefined, field: string) =>
  broken(date === undefined || isCalendarDate(date), field, 'must be a date of the calendar');

/** `2026-02-30` becomes 2 March to JavaScript; in a tariff it is a mistake. */
function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** The maximum is exclusive: an empty range is an element that never applies. */
const range = <Value extends number | string>(
  min: Value | undefined,
  max: Value | undefined,
  field: string,
  of: string,
) => broken(below(min, max), field, `must be above ${of}`);

function componentRefusals({ elements, taxIncluded }: Draft): BrokenTariffRule[] {
  return elements.flatMap(({ components, restrictions }, element) =>
    components.flatMap(({ dimension, price, vat }, index) => {
      const field = `elements.${element}.components.${index}`;
      const reserving = restrictions?.reservation !== undefined;
      return [
        ...broken(
          !reserving || dimension === 'FLAT' || dimension === 'TIME',
          `${field}.dimension`,
          'must be FLAT or TIME where a reservation is priced (R-08)',
        ),
        ...broken(
          vat === undefined || isPercentage(vat),
          `${field}.vat`,
          'must be 0 to 100 percent',
        ),
        ...broken(
          taxIncluded !== 'N/A' || vat === undefined,
          `${field}.vat`,
          'must be absent where taxIncluded is N/A',
        ),
        ...broken(
          taxIncluded !== 'YES' || vat !== undefined || price === 0,
          `${field}.vat`,
          'must be there where taxIncluded is YES: nobody else knows the rate (R-34)',
        ),
      ];
    }),
  );
}

function isPercentage(vat: string): boolean {
  const scaled = scaledInteger(vat, VAT_DIGITS);
  return scaled !== undefined && scaled >= 0n && scaled <= VAT_MAX;
}

const below = <Value extends number | string>(
  low: Value | undefined,
  high: Value | undefined,
): boolean => low === undefined || high === undefined || low < high;

const atMost = (low: number | undefined, high: number | undefined): boolean =>
  low === undefined || high === undefined || low <= high;
