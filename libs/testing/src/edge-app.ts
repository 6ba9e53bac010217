import { Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Region, type TenantId, instant } from '@voltledger/kernel';
import {
  ApiKeys,
  CLOCK,
  DATABASE,
  type Database,
  EdgeModule,
  type EdgeOptions,
  IdempotencyRecords,
  MESSAGE_BUS,
  ROLES,
  SCOPE,
  TelemetryModule,
  createLogger,
  edgeAdapter,
} from '@voltledger/platform';

type NoArguments = new (...parameters: never[]) => object;

export interface EdgeAppOptions extends EdgeOptions {
  readonly controllers: readonly NoArguments[];
  readonly providers?: readonly Provider[];
  readonly httpStatuses?: Readonly<Record<string, number>>;
  /** With the tables of `edgeMigrations`: then idempotency keys are remembered. */
  readonly database?: Database;
  readonly bus?: object;
}

export interface EdgeApp {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** As a caller whose key is the name of its role; no key when left out. */
  call(path: string, options?: CallOptions): Promise<Answer>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly key?: string;
  readonly method?: string;
  /** As it goes out. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

@Module({})
class Root {}

/**
 * Controllers behind the real edge on a free port: the name of each role is a key of that role.
 * Without a database idempotency keys are not remembered.
 */
export async function startEdgeApp(options: EdgeAppOptions): Promise<EdgeApp> {
  const { controllers, providers = [], httpStatuses = {}, database, bus, ...edge } = options;
  const root = {
    module: Root,
    imports: [
      surroundings(database, bus),
      TelemetryModule.with(createLogger({ level: 'silent', service: 'test' })),
      EdgeModule.forServices([{ name: 'test', httpStatuses }]),
    ],
    controllers: [...controllers],
    providers: [...providers],
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
  const app = await NestFactory.create(root, edgeAdapter(edge), QUIET);
  Object.assign(app.get(ApiKeys), { callerOf });
  if (!database) Object.assign(app.get(IdempotencyRecords), forgetful);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return { url, call: (path, call) => answer(url + path, call), close: () => app.close() };
}

const QUIET = { logger: false, bodyParser: false, abortOnError: false } as const;

@Module({})
class Surroundings {}

const scope = { tenant: 'test' as TenantId, region: 'test' as Region };
const surroundings = (database: object = {}, bus: object = {}) => ({
  module: Surroundings,
  global: true,
  providers: [
    { provide: DATABASE, useValue: database },
    { provide: CLOCK, useValue: () => instant('2026-03-05T11:00:00Z') },
    { provide: SCOPE, useValue: scope },
    { provide: MESSAGE_BUS, useValue: bus },
  ],
  exports: [DATABASE, CLOCK, SCOPE, MESSAGE_BUS],
});

async function callerOf(key: string) {
  const role = ROLES.find((each) => each === key);
  return role && { keyId: role, name: role, roles: [role] };
}

const forgetful = {
  claim: async () => ({ kind: 'yours' }),
  keep: async () => undefined,
  release: async () => undefined,
};

async function answer(url: string, options: CallOptions = {}): Promise<Answer> {
  const { key, method = 'GET', body, headers } = options;
  const response = await fetch(url, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  const text = await response.text();
  const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body: parsed };
}
