const SHOWN = 2;

/** A card's or a customer's id as an audit trail may show it: `04…80`. */
export const masked = (id: string): string =>
  id.length <= 2 * SHOWN + 1 ? '…' : `${id.slice(0, SHOWN)}…${id.slice(-SHOWN)}`;

/** Contract ids show whose customer it is, not which one. */
const maskedContract = (id: string): string =>
  id.length <= 8 ? '…' : `${id.slice(0, 6)}…${id.slice(-SHOWN)}`;

const MASKS: Readonly<Record<string, (text: string) => string>> = {
  UID: masked,
  EvcoID: maskedContract,
  PIN: () => '…',
  Value: () => '…',
  PrintedNumber: () => '…',
};

/**
 * A request or answer as it may be kept in the audit trail: who charged cannot be read from it, which
 * session it was can (OICP-TRN-18, OICP-IDN-07).
 */
export function withoutPersonalIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPersonalIds);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => {
    const mask = Object.hasOwn(MASKS, name) ? MASKS[name] : undefined;
    const hidden = mask && typeof member === 'string' ? mask(member) : withoutPersonalIds(member);
    return [name, hidden] as const;
  });
  return Object.fromEntries(members);
}
