import { isDeepStrictEqual } from 'node:util';
import { type OcpiVersion, ciKey } from '@voltledger/ocpi';
import { z } from 'zod';
import { type PartnerReply, fine, missing, notOffered, stored, wrong } from './ocpi-partner-answer';

export type JsonObject = Record<string, unknown>;

/** A request that came to the partner's RECEIVER side. */
export interface PartnerRequest {
  readonly method: string;
  /** Behind the module: country code, party id and so on. */
  readonly path: readonly string[];
  readonly body: unknown;
}

type Schema = keyof OcpiVersion['schemas'];

/**
 * What the simulated eMSP has received, by the rules of the standard: it judges every object by the
 * version's schemas, PUT replaces, PATCH merges and appends, and a CDR cannot be sent twice.
 */
export class PartnerObjects {
  readonly locations = new Map<string, JsonObject>();
  readonly tariffs = new Map<string, JsonObject>();
  readonly sessions = new Map<string, JsonObject>();
  /** By id, in the order they came. */
  readonly cdrs = new Map<string, JsonObject>();
  /** POSTs of CDRs it had already: the answer was lost, or the sender is wrong. */
  readonly repeatedCdrs: JsonObject[] = [];
  /** What broke the schema, and how. */
  readonly problems: string[] = [];

  constructor(
    private readonly version: OcpiVersion,
    private readonly cdrUrl: (id: string) => string,
  ) {}

  receive(module: string, request: PartnerRequest): PartnerReply {
    const handlers: Readonly<Record<string, (request: PartnerRequest) => PartnerReply>> = {
      locations: (each) => this.location(each),
      tariffs: (each) => this.tariff(each),
      sessions: (each) => this.session(each),
      cdrs: (each) => this.cdr(each),
    };
    return handlers[module]?.(request) ?? missing('there is no such module');
  }

  private location(request: PartnerRequest): PartnerReply {
    const [, , locationId = '', evseUid] = request.path;
    const known = this.locations.get(ciKey(locationId));
    if (evseUid !== undefined) return this.evse(request, known, evseUid);
    if (request.method === 'PUT') return this.put(this.locations, locationId, 'location', request);
    return request.method === 'GET' ? shown(known) : notOffered;
  }

  private evse(
    { method, body }: PartnerRequest,
    location: JsonObject | undefined,
    uid: string,
  ): PartnerReply {
    if (!location) return missing('the location is unknown', 2003);
    const evses = (location['evses'] ?? []) as JsonObject[];
    const known = evses.find((each) => ciKey(String(each['uid'])) === ciKey(uid));
    if (method === 'GET') return shown(known);
    if (method === 'PATCH' && !known) return missing('the EVSE is unknown', 2003);
    const problem = this.problemWith(method === 'PATCH' ? 'evsePatch' : 'evse', body);
    if (problem) return problem;
    const next = method === 'PATCH' ? { ...known, ...(body as JsonObject) } : (body as JsonObject);
    const others = evses.filter((each) => each !== known);
    location['evses'] = [...others, next];
    location['last_updated'] = next['last_updated'];
    return stored(!known);
  }

  private tariff(request: PartnerRequest): PartnerReply {
    const [, , id = ''] = request.path;
    if (request.method === 'PUT') return this.put(this.tariffs, id, 'tariff', request);
    if (request.method === 'GET') return shown(this.tariffs.get(ciKey(id)));
    if (request.method !== 'DELETE') return notOffered;
    return this.tariffs.delete(ciKey(id)) ? fine() : missing('the tariff is unknown');
  }

  private session(request: PartnerRequest): PartnerReply {
    const [, , id = ''] = request.path;
    const known = this.sessions.get(ciKey(id));
    if (request.method === 'PUT') return this.put(this.sessions, id, 'session', request);
    if (request.method === 'GET') return shown(known);
    if (request.method !== 'PATCH') return notOffered;
    if (!known) return missing('the session is unknown');
    const problem = this.problemWith('sessionPatch', request.body);
    if (problem) return problem;
    const { charging_periods: added = [], ...changes } = request.body as JsonObject;
    const periods = [...((known['charging_periods'] ?? []) as unknown[]), ...(added as unknown[])];
    this.sessions.set(ciKey(id), { ...known, ...changes, charging_periods: periods });
    return stored(false);
  }

  private cdr({ method, path, body }: PartnerRequest): PartnerReply {
    if (method === 'GET') return shown(this.cdrs.get(ciKey(path[0] ?? '')));
    if (method !== 'POST') return notOffered;
    const problem = this.problemWith('cdr', body);
    if (problem) return problem;
    const cdr = body as JsonObject;
    const id = String(cdr['id']);
    const headers = { Location: this.cdrUrl(id) };
    const known = this.cdrs.get(ciKey(id));
    if (!known) {
      this.cdrs.set(ciKey(id), cdr);
      return { http: 201, status: 1000, headers };
    }
    this.repeatedCdrs.push(cdr);
    if (isDeepStrictEqual(known, cdr)) return { http: 200, status: 1000, headers };
    return wrong(`there is another CDR ${id}`);
  }

  private put(
    objects: Map<string, JsonObject>,
    id: string,
    schema: Schema,
    { path, body }: PartnerRequest,
  ): PartnerReply {
    const problem = this.problemWith(schema, body);
    if (problem) return problem;
    const { country_code, party_id, ...object } = body as JsonObject;
    const inBody = [country_code, party_id, object['id']].map((each) => ciKey(String(each)));
    if (!isDeepStrictEqual(inBody, path.slice(0, 3).map(ciKey)))
      return wrong('the address names another object than the body');
    const isNew = !objects.has(ciKey(id));
    objects.set(ciKey(id), body as JsonObject);
    return stored(isNew);
  }

  private problemWith(schema: Schema, body: unknown): PartnerReply | undefined {
    const { success, error } = this.version.schemas[schema].safeParse(body);
    if (success) return undefined;
    const problem = `${schema}: ${z.prettifyError(error)}`;
    this.problems.push(problem);
    return wrong(problem);
  }
}

const shown = (object: JsonObject | undefined): PartnerReply =>
  object ? fine(object) : missing('unknown');
