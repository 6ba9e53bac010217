import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { DomainError } from '@voltledger/kernel';
import { reachOf } from './private-address';

/** Where requests may go. */
export interface OutboundPolicy {
  /** Loopback and private networks too (`ALLOW_PRIVATE_PARTNERS`): tests, and partners next door. */
  readonly allowPrivate: boolean;
}

const refused = (url: string, rule: string) =>
  new DomainError('OUTBOUND_URL_REFUSED', `We do not send requests there: ${rule}.`, { url, rule });

/** @returns the rule that an address breaks. */
function brokenRule(address: string, { allowPrivate }: OutboundPolicy): string | undefined {
  const reach = reachOf(address);
  if (reach === 'never') return 'the address is reserved or link-local';
  if (reach === 'private' && !allowPrivate) return 'the address is of a private network';
  return undefined;
}

/**
 * Reads a URL that somebody else gave us, before anything is sent there. Names are looked up when
 * the request is made as well (`guardedLookup`), so a name that changes its address later helps
 * nobody.
 *
 * @throws DomainError OUTBOUND_URL_REFUSED
 */
export async function outboundUrl(text: string, policy: OutboundPolicy): Promise<URL> {
  const url = outboundUrlSyntax(text, policy);
  if (isIP(hostOf(url)) === 0) await addressesOf(hostOf(url), policy, text);
  return url;
}

/** The part of `outboundUrl` that asks nobody: form, scheme and literal addresses. */
export function outboundUrlSyntax(text: string, policy: OutboundPolicy): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw refused(shownUrl(text), 'it is no URL');
  const shown = shownUrl(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(shown, 'the scheme must be http or https');
  if (url.username !== '' || url.password !== '')
    throw refused(shown, 'it may not contain a user or password');
  const rule = isIP(hostOf(url)) === 0 ? undefined : brokenRule(hostOf(url), policy);
  if (rule !== undefined) throw refused(shown, rule);
  return url;
}

/** For `http.request`: a connection goes to an address that was checked, or nowhere. */
export const guardedLookup =
  (policy: OutboundPolicy): LookupFunction =>
  (hostname, options, callback) => {
    addressesOf(hostname, policy, hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error as NodeJS.ErrnoException, '', 0);
      },
    );
  };

const lookUp = promisify(systemLookup) as (
  host: string,
  options: { readonly all: true },
) => Promise<LookupAddress[]>;

/** Of a name with several addresses, every one must be allowed: which is used is chance. */
async function addressesOf(
  host: string,
  policy: OutboundPolicy,
  url: string,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await lookUp(host, { all: true });
  if (!first) throw refused(shownUrl(url), 'the host has no address');
  for (const { address } of [first, ...others]) {
    const rule = brokenRule(address, policy);
    if (rule !== undefined) throw refused(shownUrl(url), rule);
  }
  return [first, ...others];
}

/** IPv6 literals without their brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** Without user, password and query, which may hold secrets. */
function shownUrl(text: string): string {
  if (!URL.canParse(text)) return text.slice(0, 200);
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}
