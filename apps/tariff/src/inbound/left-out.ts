type Path = (number | string)[];

/** Paths of what was given and is not in what was kept. Nothing, null and [] say the same. */
export function leftOut(given: unknown, kept: unknown, above: Path = []): Path[] {
  if (given === null || typeof given !== 'object') return [];
  const known = kept !== null && typeof kept === 'object' ? (kept as Record<string, unknown>) : {};
  return Object.entries(given).flatMap(([name, value]: [string, unknown]): Path[] => {
    const path = [...above, Array.isArray(given) ? Number(name) : name];
    if (isNothing(value)) return [];
    return known[name] === undefined ? [path] : leftOut(value, known[name], path);
  });
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);
