/** The server said no to a statement and did nothing; the connection itself is well. */
export function refusedByServer(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const { code } = error;
  // Classes 08, 57 and 58: connection, operator and system trouble. The outcome may be unknown.
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57|58)/.test(code);
}
