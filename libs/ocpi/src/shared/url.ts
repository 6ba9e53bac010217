/**
 * The address of an object under an endpoint: exactly one slash between, ids percent-encoded, and
 * the endpoint's own query kept (OCPI-TRN-21 to 23).
 */
export function objectUrl(endpoint: string, ...segments: readonly string[]): string {
  const address = new URL(endpoint);
  const path = [address.pathname.replace(/\/+$/, ''), ...segments.map(encodeURIComponent)];
  address.pathname = path.join('/');
  return address.href;
}

/** The same, with more query parameters behind those the address has. */
export function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const extended = new URL(address);
  for (const [name, value] of Object.entries(parameters)) extended.searchParams.append(name, value);
  return extended.href;
}
