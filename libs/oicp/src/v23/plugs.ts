import { type Connector } from '@voltledger/contracts';

export const PLUGS = [
  'Small Paddle Inductive',
  'Large Paddle Inductive',
  'AVCON Connector',
  'Tesla Connector',
  'NEMA 5-20',
  'Type E French Standard',
  'Type F Schuko',
  'Type G British Standard',
  'Type J Swiss Standard',
  'Type 1 Connector (Cable Attached)',
  'Type 2 Outlet',
  'Type 2 Connector (Cable Attached)',
  'Type 3 Outlet',
  'IEC 60309 Single Phase',
  'IEC 60309 Three Phase',
  'CCS Combo 2 Plug (Cable Attached)',
  'CCS Combo 1 Plug (Cable Attached)',
  'CHAdeMO',
] as const;
export type Plug = (typeof PLUGS)[number];

export const CHARGING_MODES = ['Mode_1', 'Mode_2', 'Mode_3', 'Mode_4', 'CHAdeMO'] as const;
export type ChargingMode = (typeof CHARGING_MODES)[number];

type Outlet = Pick<Connector, 'standard' | 'format'>;

/** Part 22.1. What is missing here has no plug in OICP. */
const PLUG_BY_STANDARD: Readonly<Record<string, Plug>> = {
  CHADEMO: 'CHAdeMO',
  DOMESTIC_E: 'Type E French Standard',
  DOMESTIC_F: 'Type F Schuko',
  DOMESTIC_G: 'Type G British Standard',
  DOMESTIC_J: 'Type J Swiss Standard',
  IEC_60309_2_SINGLE_16: 'IEC 60309 Single Phase',
  IEC_60309_2_THREE_16: 'IEC 60309 Three Phase',
  IEC_60309_2_THREE_32: 'IEC 60309 Three Phase',
  IEC_60309_2_THREE_64: 'IEC 60309 Three Phase',
  IEC_62196_T1_COMBO: 'CCS Combo 1 Plug (Cable Attached)',
  IEC_62196_T2_COMBO: 'CCS Combo 2 Plug (Cable Attached)',
  IEC_62196_T3A: 'Type 3 Outlet',
  IEC_62196_T3C: 'Type 3 Outlet',
  NEMA_5_20: 'NEMA 5-20',
  SAE_J3400: 'Tesla Connector',
  TESLA_S: 'Tesla Connector',
};

/** For some standards OICP tells a cable from a socket. */
const PLUG_BY_FORMAT: Readonly<Record<string, Partial<Record<Connector['format'], Plug>>>> = {
  IEC_62196_T1: { CABLE: 'Type 1 Connector (Cable Attached)' },
  IEC_62196_T2: { CABLE: 'Type 2 Connector (Cable Attached)', SOCKET: 'Type 2 Outlet' },
};

/** @returns undefined when OICP has no plug for it (MCS, CHAOJI, GB/T, …). */
export function plugOf({ standard, format }: Outlet): Plug | undefined {
  const name = standard.toUpperCase();
  return PLUG_BY_FORMAT[name]?.[format] ?? PLUG_BY_STANDARD[name];
}

/** Part 22.5. */
export function chargingModesOf({
  standard,
  powerType,
}: Pick<Connector, 'standard' | 'powerType'>): ChargingMode[] {
  const name = standard.toUpperCase();
  if (name === 'CHADEMO') return ['Mode_4', 'CHAdeMO'];
  if (powerType === 'DC') return ['Mode_4'];
  if (powerType === 'AC_3_PHASE') return ['Mode_3'];
  return /^(DOMESTIC|IEC_60309)/.test(name) ? ['Mode_2'] : ['Mode_3'];
}
