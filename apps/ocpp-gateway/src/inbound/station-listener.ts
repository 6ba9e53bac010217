import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Config } from '../config';

const HANDSHAKE_MS = 10_000;

export interface StationListener {
  readonly server: Server;
  readonly scheme: 'ws' | 'wss';
}

/**
 * The HTTP server that stations upgrade at; with TLS when certificate files are set
 * (OCPP-J-SEC-06). A station without certificate is let in as far as its own profile goes.
 *
 * @throws Error naming the setting whose file cannot be read or used.
 */
export function stationListener(config: Config): StationListener {
  const limits = { headersTimeout: HANDSHAKE_MS, requestTimeout: HANDSHAKE_MS, keepAlive: true };
  if (config.OCPP_TLS_CERTIFICATE_FILE === undefined)
    return { server: createServer(limits, turnAway), scheme: 'ws' };
  const files = {
    cert: fileOf(config, 'OCPP_TLS_CERTIFICATE_FILE'),
    key: fileOf(config, 'OCPP_TLS_KEY_FILE'),
    ca: fileOf(config, 'OCPP_TLS_STATION_CA_FILE'),
  };
  const trust = { requestCert: files.ca !== undefined, rejectUnauthorized: false };
  const tls = {
    ...files,
    ...trust,
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
  } as const;
  try {
    return { server: createTlsServer({ ...limits, ...tls }, turnAway), scheme: 'wss' };
  } catch (error) {
    const names = 'OCPP_TLS_CERTIFICATE_FILE and OCPP_TLS_KEY_FILE';
    throw new Error(`${names} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

type FileSetting = 'OCPP_TLS_CERTIFICATE_FILE' | 'OCPP_TLS_KEY_FILE' | 'OCPP_TLS_STATION_CA_FILE';

function fileOf(config: Config, name: FileSetting): Buffer | undefined {
  const file = config[name];
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`, { cause: error });
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const turnAway: Parameters<typeof createServer>[1] = (_request, response) => {
  response.writeHead(426, { Upgrade: 'websocket', 'Content-Type': 'text/plain' });
  response.end('Charging stations connect here by WebSocket.');
};
