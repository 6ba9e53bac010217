import { type Tariff, type TariffDimension } from '@voltledger/contracts';

/** From here on, in milliwatts, ad hoc prices have only two parts (AFIR (EU) 2023/1804, Art. 5(4)). */
export const AFIR_POWER = 50_000_000;

/** A price component that the regulation does not allow, or asks for. */
export interface AfirFinding {
  readonly field: string;
  readonly rule: string;
}

const ALLOWED: ReadonlySet<TariffDimension> = new Set(['ENERGY', 'PARKING_TIME']);
const NAMES: Readonly<Record<TariffDimension, string>> = {
  ENERGY: 'a price per kWh',
  FLAT: 'a session fee',
  PARKING_TIME: 'an occupancy fee',
  TIME: 'a fee for charging time',
};

type Draft = Pick<Tariff, 'elements' | 'type'>;

/** Only what somebody pays who comes without a contract is regulated so; typeless is for all. */
const isAdHoc = ({ type }: Draft): boolean => type === undefined || type === 'AD_HOC_PAYMENT';

/**
 * What an ad hoc price at stations of 50 kW and more may not have: it is per kWh, plus at most an
 * occupancy fee per minute (domain.md 4.2; for stations built from 2024-04-13 on). Components that
 * cost nothing, price reservations or apply below that power alone are no matter of it.
 */
export function afirFindings(draft: Draft): AfirFinding[] {
  if (!isAdHoc(draft)) return [];
  const concerned = draft.elements.flatMap(({ components, restrictions = {} }, element) =>
    restrictions.reservation !== undefined || (restrictions.maxPower ?? Infinity) <= AFIR_POWER
      ? []
      : components.map((component, index) => ({
          ...component,
          field: `elements.${element}.components.${index}`,
        })),
  );
  const wrong = concerned.filter(({ dimension, price }) => price !== 0 && !ALLOWED.has(dimension));
  const perKwh = concerned.some(({ dimension }) => dimension === 'ENERGY');
  return [
    ...wrong.map(({ field, dimension }) => ({
      field,
      rule: `must not be ${NAMES[dimension]}: from 50 kW on ad hoc prices are per kWh, plus at most an occupancy fee (AFIR Art. 5(4))`,
    })),
    ...(perKwh || concerned.length === 0
      ? []
      : [{ field: 'elements', rule: 'must have a price per kWh (AFIR Art. 5(4))' }]),
  ];
}

/** The order in which price parts are shown below 50 kW: per kWh, per minute, per session, other. */
const ORDER = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;

export const partsInOrder = ({ elements }: Draft): TariffDimension[] =>
  ORDER.filter((dimension) =>
    elements.some(({ components }) => components.some((each) => each.dimension === dimension)),
  );
