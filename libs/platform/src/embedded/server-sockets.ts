import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ServerFiles } from './data-folder';
import { type ServerAccount, handOver } from './server-account';

/** What every system lets the path of a socket have, without `.s.PGSQL.65535`. */
const FOLDER_CHARACTERS_MAX = 85;

/**
 * The folder for the server's socket, made ready.
 *
 * @returns an empty text where sockets are not to be had: TCP does as well.
 */
export function socketFolder({ sockets }: ServerFiles, account: ServerAccount): string {
  if (process.platform === 'win32' || sockets.length > FOLDER_CHARACTERS_MAX) return '';
  // PostgreSQL reads this setting as a list.
  if (/[\s,"]/.test(sockets)) return '';
  if (!existsSync(sockets)) {
    mkdirSync(sockets, { mode: 0o700 });
    chmodSync(sockets, 0o700);
    handOver(sockets, account);
  }
  return sockets;
}

/** What a URL needs so that the socket is used, when the server on this port has one. */
export const socketParameter = ({ sockets }: ServerFiles, port: number): string =>
  existsSync(path.join(sockets, `.s.PGSQL.${port}`)) ? `?host=${encodeURIComponent(sockets)}` : '';
