/** At most a tenth more. */
const SPREAD = 0.1;
const STEPS = 1_000;

/**
 * Seconds until a station's next sign, up to a tenth more than `base`: stations that came back at
 * the same moment do not stay in step (OCPP-J-CONN-17). The same station always gets the same.
 */
export const spreadInterval = (base: number, stationId: string): number =>
  Math.max(1, Math.round(base * (1 + (SPREAD * (fnv1a(stationId) % STEPS)) / STEPS)));

/** FNV-1a, 32 bit: names that differ in one digit end up far apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
