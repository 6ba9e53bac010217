import { type INestApplication } from '@nestjs/common';
import { registeredRoutes } from '@voltledger/platform';

/** What a route answered to somebody. */
export interface Encounter {
  readonly method: string;
  readonly path: string;
  readonly key: 'none' | 'wrong' | 'viewer';
  readonly status: number;
}

const PREFIX = '/api/v1/';
/** Of the form of a key, but nobody's. */
const WRONG_KEY = `vl_0123456789abcdef_${'A'.repeat(43)}`;
const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Calls every route under /api/v1 that the application has, listed from its router: without a key,
 * with a wrong one and, where it changes something, with a viewer's. The application listens.
 */
export async function everyRouteAsAStranger(
  app: INestApplication,
  viewerKey: string,
): Promise<Encounter[]> {
  const base = await app.getUrl();
  const routes = registeredRoutes(app.getHttpAdapter()).filter(
    ({ method, path }) => path.startsWith(PREFIX) && method !== 'HEAD' && method !== 'OPTIONS',
  );
  const encounters: Encounter[] = [];
  for (const { method, path } of routes)
    for (const key of keysFor(method)) {
      const shown = { none: undefined, wrong: WRONG_KEY, viewer: viewerKey }[key];
      encounters.push({ method, path, key, status: await statusOf(base + path, method, shown) });
    }
  return encounters;
}

/** The encounters that went otherwise than they should: none, where everything is guarded. */
export const tooFriendly = (encounters: readonly Encounter[]): Encounter[] =>
  encounters.filter(({ key, status }) => status !== (key === 'viewer' ? 403 : 401));

const keysFor = (method: string): Encounter['key'][] =>
  CHANGING.includes(method) ? ['none', 'wrong', 'viewer'] : ['none', 'wrong'];

async function statusOf(url: string, method: string, key: string | undefined): Promise<number> {
  const response = await fetch(url.replace(/\/:\w+/g, '/x'), {
    method,
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
  });
  await response.text();
  return response.status;
}
