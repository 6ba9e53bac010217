/** What a key's holder may do. Every key may look at what a viewer may; an admin may everything. */
export const ROLES = ['viewer', 'operator', 'finance', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** `allowed` lists the roles an operation is for; empty: admins only. */
export function mayUse(held: readonly Role[], allowed: readonly Role[]): boolean {
  if (held.includes('admin')) return true;
  if (held.length > 0 && allowed.includes('viewer')) return true;
  return held.some((role) => allowed.includes(role));
}
