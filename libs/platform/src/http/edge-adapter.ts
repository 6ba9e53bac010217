import { FastifyAdapter } from '@nestjs/platform-fastify';
import { correlated } from '../telemetry/correlation';
import { histogram } from '../telemetry/metrics';
import { readBodies } from './body-parsing';
import { correlationIdOf, requestIdOf } from './request-id';

export interface EdgeOptions {
  /** Of a request's body, in bytes. */
  readonly bodyBytesMax?: number;
  /** For a request to arrive in full, in milliseconds. */
  readonly requestMillisMax?: number;
  /** Paths whose bodies are handed over as text: `ServiceDefinition.rawBodyPrefixes`. */
  readonly rawBodyPrefixes?: readonly string[];
}

export interface RegisteredRoute {
  readonly method: string;
  /** With `:name` for parameters. */
  readonly path: string;
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

const routesByAdapter = new WeakMap<object, RegisteredRoute[]>();

/** Every route of an application made with `edgeAdapter`. */
export const registeredRoutes = (adapter: object): readonly RegisteredRoute[] =>
  routesByAdapter.get(adapter) ?? [];

/**
 * The HTTP server under Nest: limits, request and correlation ids, security headers, durations.
 * A body over the limit is answered with 413, one that is no JSON with 400. Nest's own parser stays
 * off: `NestFactory.create(Root, edgeAdapter(), { bodyParser: false })`.
 */
export function edgeAdapter({
  bodyBytesMax = 1_048_576,
  requestMillisMax = 60_000,
  rawBodyPrefixes = [],
}: EdgeOptions = {}): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    requestTimeout: requestMillisMax,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: 512 },
  });
  readBodies(adapter, rawBodyPrefixes);
  rememberRoutes(adapter);
  identifyRequests(adapter);
  measureRequests(adapter);
  return adapter;
}

function rememberRoutes(adapter: FastifyAdapter): void {
  const routes: RegisteredRoute[] = [];
  routesByAdapter.set(adapter, routes);
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, path: url });
  });
}

function identifyRequests(adapter: FastifyAdapter): void {
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      ...SECURITY_HEADERS,
      'x-request-id': request.id,
      'x-correlation-id': correlationIdOf(request),
    });
    done();
  });
  // After the body was read: before, the story would be lost with the socket's events.
  server.addHook('preValidation', (request, _reply, done) => {
    correlated({ correlationId: correlationIdOf(request), requestId: request.id }, done);
  });
}

function measureRequests(adapter: FastifyAdapter): void {
  const durations = histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
  });
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? '(unknown)';
    durations.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1_000,
    );
    done();
  });
}
