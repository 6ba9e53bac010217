const SPREAD_PERCENT = 10;

/**
 * Seconds until a station's next sign, up to a tenth more than `base`: stations that came back at
 * the same moment do not stay in step (OCPP-J-CONN-17). The same station always gets the same.
 */
export function spreadInterval(base: number, stationId: string): number {
  let sum = 0;
  for (const character of stationId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return Math.max(1, Math.round(base * (1 + ((sum / 9_973) * SPREAD_PERCENT) / 100)));
}
