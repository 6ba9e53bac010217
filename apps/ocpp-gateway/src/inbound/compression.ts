import { type PerMessageDeflateOptions } from 'ws';

const SMALL_WINDOW_BITS = 10;
/** Smaller messages do not get smaller. */
const THRESHOLD_BYTES = 1_024;

const bounded: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: THRESHOLD_BYTES,
  concurrencyLimit: 4,
  zlibDeflateOptions: { memLevel: 4 },
};

/** Window sizes can only be agreed on with stations that offer to: each kind has its own server. */
export const compressions = {
  smallWindow: { ...bounded, clientMaxWindowBits: SMALL_WINDOW_BITS },
  anyWindow: bounded,
} as const satisfies Record<string, PerMessageDeflateOptions>;

export type Compression = keyof typeof compressions;

/** What suits an offer, so that memory per station stays bounded (OCPP-J-CONN-20). */
export const compressionFor = (extensions: string | undefined): Compression =>
  /;\s*client_max_window_bits\b/.test(extensions ?? '') ? 'smallWindow' : 'anyWindow';
