import { type IncomingMessage } from 'node:http';
import { type Duplex } from 'node:stream';
import { type TLSSocket } from 'node:tls';

const IDENTITY_MAX = 255;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

export type RequestedIdentity =
  | { readonly kind: 'identity'; readonly identity: string }
  /** Nothing lives at this path. */
  | { readonly kind: 'elsewhere' }
  /** The path is ours, the identity is none. */
  | { readonly kind: 'malformed' };

/**
 * The station's identity: what stands behind the base path, percent-decoded once (OCPP-J-CONN-01 to
 * -03). Query and trailing slash count for nothing.
 */
export function requestedIdentity(url: string, basePath: string): RequestedIdentity {
  const [path = ''] = url.split('?', 1);
  if (!path.startsWith(`${basePath}/`)) return { kind: 'elsewhere' };
  const segment = path.slice(basePath.length + 1).replace(/\/$/, '');
  if (segment === '' || segment.includes('/')) return { kind: 'elsewhere' };
  const identity = decoded(segment);
  if (identity === undefined || identity.length > IDENTITY_MAX || CONTROL.test(identity))
    return { kind: 'malformed' };
  return { kind: 'identity', identity };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * The password of Basic credentials for this identity, as bytes. Split behind the identity, not at
 * the first colon: an identity may contain one (OCPP-J-SEC-02, -03).
 */
export function basicPassword(header: string | undefined, identity: string): Buffer | undefined {
  const [, encoded] = /^basic ([a-z0-9+/=_-]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64');
  const user = Buffer.from(`${identity}:`, 'utf8');
  if (!credentials.subarray(0, user.length).equals(user)) return undefined;
  return credentials.subarray(user.length);
}

/** Subprotocols in the order the station offers them. */
export const offeredSubprotocols = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

export interface Peer {
  readonly address: string;
  readonly encrypted: boolean;
  /** The common name of a certificate that a CA of ours has signed. */
  readonly certificateName?: string;
}

type PeerSocket = Duplex &
  Partial<Pick<TLSSocket, 'authorized' | 'encrypted' | 'getPeerCertificate' | 'remoteAddress'>>;

/** Who is at the other end; a trusted proxy speaks for the station behind it. */
export function peerOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  socket: PeerSocket,
  trustProxy: boolean,
): Peer {
  const address = socket.remoteAddress ?? 'unknown';
  if (!trustProxy)
    return { address, encrypted: socket.encrypted === true, ...certificateNameOf(socket) };
  const [forwarded = ''] = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',');
  return {
    address: forwarded.trim() || address,
    encrypted: [headers['x-forwarded-proto'] ?? ''].flat().join(',') === 'https',
  };
}

function certificateNameOf(socket: PeerSocket): Pick<Peer, 'certificateName'> {
  if (socket.authorized !== true) return {};
  const [name] = [socket.getPeerCertificate?.().subject.CN].flat();
  return name === undefined ? {} : { certificateName: name };
}
