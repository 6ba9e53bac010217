/** A JSON object as a partner sent it. */
export type Document = Readonly<Record<string, unknown>>;

/**
 * PATCH: what is there replaces the stored top-level field, whole; an explicit null clears it; what
 * is not there stays (OCPI-TYP-25, OCPI-TYP-28). The caller parses the result, so clearing a
 * required field is found out there.
 */
export function patched(stored: Document, changes: Document): Document {
  const kept = Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept);
}
