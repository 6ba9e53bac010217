/** Equal as JSON: the order of members, and members that are `undefined`, do not matter. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object')
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...members].every((member) => sameJson(memberOf(one, member), memberOf(other, member)));
}

const memberOf = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
