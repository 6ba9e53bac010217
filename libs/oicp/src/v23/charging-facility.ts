import { type Connector } from '@voltledger/contracts';
import { divideHalfUp } from '@voltledger/kernel';
import { z } from 'zod';
import { CHARGING_MODES, chargingModesOf } from './plugs';

const POWER_MAX = 999;
const VOLTAGE_MAX = 999;
const AMPERAGE_MAX = 99;
const WATTS_PER_KILOWATT = 1_000n;

/** `Power` is a whole number of kW, `Voltage` in V, `Amperage` in A. */
export const chargingFacility = z.strictObject({
  PowerType: z.enum(['AC_1_PHASE', 'AC_3_PHASE', 'DC']),
  Voltage: z.int().min(0).max(VOLTAGE_MAX).optional(),
  Amperage: z.int().min(0).max(AMPERAGE_MAX).optional(),
  Power: z.int().min(0).max(POWER_MAX),
  ChargingModes: z.array(z.enum(CHARGING_MODES)).optional(),
});

export type ChargingFacility = z.output<typeof chargingFacility>;

const POWER_TYPES = {
  AC_1_PHASE: 'AC_1_PHASE',
  AC_2_PHASE: 'AC_1_PHASE',
  AC_2_PHASE_SPLIT: 'AC_1_PHASE',
  AC_3_PHASE: 'AC_3_PHASE',
  DC: 'DC',
} as const satisfies Record<Connector['powerType'], ChargingFacility['PowerType']>;

/** Whole kW, rounded half up, at least 1 (OICP-EVSE-27). */
const kilowatts = ({ maxPower }: Connector): number =>
  Math.max(1, Number(divideHalfUp(BigInt(maxPower), WATTS_PER_KILOWATT)));

/** OICP has three digits for the power: a megawatt charger does not fit. */
export const isTooPowerful = (connector: Connector): boolean => kilowatts(connector) > POWER_MAX;

/**
 * One facility per distinct power type and power (part 22.5). A voltage or amperage beyond OICP's
 * digits is left out: both are optional and `Power` carries the rating (OICP-EVSE-26).
 */
export function chargingFacilities(connectors: readonly Connector[]): ChargingFacility[] {
  const facilities = new Map<string, ChargingFacility>();
  for (const connector of connectors) {
    const one = facilityOf(connector);
    const key = `${one.PowerType} ${one.Power}`;
    const known = facilities.get(key);
    facilities.set(key, known ? merged(known, one) : one);
  }
  return [...facilities.values()];
}

function facilityOf(connector: Connector): ChargingFacility {
  const { maxVoltage, maxAmperage, powerType } = connector;
  return {
    PowerType: POWER_TYPES[powerType],
    ...(maxVoltage <= VOLTAGE_MAX && { Voltage: maxVoltage }),
    ...(maxAmperage <= AMPERAGE_MAX && { Amperage: maxAmperage }),
    Power: kilowatts(connector),
    ChargingModes: chargingModesOf(connector),
  };
}

const merged = (one: ChargingFacility, other: ChargingFacility): ChargingFacility => ({
  ...one,
  ChargingModes: [...new Set([...(one.ChargingModes ?? []), ...(other.ChargingModes ?? [])])],
});
