import { randomBytes, randomUUID } from 'node:crypto';
import { ocpiVersions, tokensIn } from '@voltledger/ocpi';
import {
  type PartnerReply,
  fine,
  missing,
  notOffered,
  stranger,
  wrong,
} from './ocpi-partner-answer';
import { PartnerCalls } from './ocpi-partner-client';
import { PartnerFaults, delayOf } from './ocpi-partner-faults';
import { PartnerHttp, type PartnerHttpRequest } from './ocpi-partner-http';
import { PartnerIdentity } from './ocpi-partner-identity';
import { type JsonObject, PartnerObjects } from './ocpi-partner-objects';
import { type PartnerParty, PartnerTokens } from './ocpi-partner-tokens';

export interface PartnerOptions extends Partial<PartnerParty> {
  /** Default: the newest we speak. */
  readonly version?: string;
  /** Where it listens; 0: any free port. It keeps it when it goes down and comes back. */
  readonly port?: number;
}

/** Every request that reached it, and what it answered. */
export interface PartnerExchange {
  readonly method: string;
  readonly module: string;
  readonly path: readonly string[];
  readonly body: unknown;
  readonly reply: PartnerReply | 'lost';
}

/** What was given out of band: the one side's token, and where to begin. */
export interface PartnerInvitation {
  readonly versionsUrl: string;
  readonly token: string;
}

export interface RemoteCommandResult {
  readonly result: string;
}

interface Beginning extends Pick<PartnerIdentity, 'party' | 'version'> {
  readonly port: number;
}

const newToken = () => randomBytes(24).toString('base64url');

/**
 * A roaming partner (eMSP) to charge at our stations, on a real HTTP server. It registers in both
 * directions, receives and judges what a CPO sends, and can be made to fail in every way that real
 * partners do. For tests and the demo.
 */
export class OcpiPartner {
  readonly faults = new PartnerFaults();
  readonly log: PartnerExchange[] = [];
  readonly objects: PartnerObjects;
  readonly tokens: PartnerTokens;
  readonly calls: PartnerCalls;
  private readonly identity: PartnerIdentity;
  private readonly http: PartnerHttp;
  private readonly waiting = new Map<string, (result: RemoteCommandResult) => void>();
  /** What the CPO may show: token A of an invitation, or the one agreed on. */
  private accepted = new Set<string>();

  private constructor({ party, version, port }: Beginning) {
    this.http = new PartnerHttp(port, (request) => this.answer(request));
    this.identity = new PartnerIdentity(party, version, () => this.http.origin);
    this.objects = new PartnerObjects(version, (id) =>
      this.identity.url('cdrs', encodeURIComponent(id.toLowerCase())),
    );
    this.tokens = new PartnerTokens(version, party, () => new Date());
    this.calls = new PartnerCalls(version, party);
  }

  static async start(options: PartnerOptions = {}): Promise<OcpiPartner> {
    const { countryCode = 'NL', partyId = 'TNM', name = 'Test Mobility' } = options;
    const party = { countryCode, partyId, name };
    const newest = [...ocpiVersions.keys()].at(-1) ?? '';
    const version = ocpiVersions.get(options.version ?? newest);
    if (!version) throw new Error(`we do not speak OCPI ${String(options.version)}`);
    const partner = new OcpiPartner({ party, version, port: options.port ?? 0 });
    await partner.http.up();
    return partner;
  }

  get versionsUrl(): string {
    return this.identity.versionsUrl;
  }

  /** Connections are refused until `up()`. */
  down(): Promise<void> {
    return this.http.down();
  }

  up(): Promise<void> {
    return this.http.up();
  }

  /** From now on it does not offer this module. */
  lack(module: string): void {
    this.identity.lacking.add(module);
  }

  /** For a CPO that wants to register here. */
  invite(): PartnerInvitation {
    const token = newToken();
    this.accepted.add(token);
    return { versionsUrl: this.versionsUrl, token };
  }

  /** Registers at a CPO, or renews (`PUT`) what was agreed. */
  async registerAt({ versionsUrl, token }: PartnerInvitation, method: 'POST' | 'PUT' = 'POST') {
    this.calls.endpoints = await this.calls.discover(versionsUrl, token);
    const ours = newToken();
    const before = new Set(this.accepted);
    this.accepted.add(ours);
    const body = this.identity.credentials(ours);
    const url = this.calls.endpoint('credentials', 'SENDER');
    const answer = await this.calls.send(method, url, { token, body });
    if (answer.status !== 1000) {
      this.accepted = before;
      throw new Error(`registration: ${answer.status} ${String(answer.message)}`);
    }
    this.accepted = new Set([ours]);
    this.calls.token = this.identity.version.readCredentials(answer.data).token;
  }

  renew(versionsUrl: string): Promise<void> {
    return this.registerAt({ versionsUrl, token: this.calls.token }, 'PUT');
  }

  async unregister(): Promise<void> {
    await this.calls.send('DELETE', this.calls.endpoint('credentials', 'SENDER'));
    this.accepted.clear();
  }

  /** Tells the CPO of a driver's token. */
  async pushToken(uid: string, changes: JsonObject = {}): Promise<JsonObject> {
    const token = this.tokens.issue(uid, changes);
    const { countryCode, partyId } = this.identity.party;
    const path = [countryCode, partyId, uid];
    const answer = await this.calls.call('PUT', 'tokens', 'RECEIVER', path, token);
    if (answer.status !== 1000) throw new Error(`token ${uid}: ${String(answer.message)}`);
    return token;
  }

  /** START_SESSION for one of its drivers; `result` comes later, at the response URL. */
  startSession(uid: string, where: { location_id: string } & JsonObject) {
    const token = this.tokens.list().find((each) => each['uid'] === uid) ?? this.tokens.issue(uid);
    return this.command('START_SESSION', { token, ...where });
  }

  stopSession(sessionId: string) {
    return this.command('STOP_SESSION', { session_id: sessionId });
  }

  async command(name: string, body: JsonObject) {
    const id = randomUUID();
    const result = new Promise<RemoteCommandResult>((resolve) => this.waiting.set(id, resolve));
    const command = { response_url: this.identity.url('commands', name, id), ...body };
    const answer = await this.calls.call('POST', 'commands', 'RECEIVER', [name], command);
    return { id, answer, result };
  }

  /** How often something of this kind came. */
  received(module: string, method?: string): PartnerExchange[] {
    return this.log.filter(
      (each) => each.module === module && (method === undefined || each.method === method),
    );
  }

  private async answer(request: PartnerHttpRequest): Promise<PartnerReply | 'lost'> {
    const [, , module = request.segments[1] ?? ''] = request.segments;
    const fault = this.faults.next(module);
    await delayOf(fault);
    const reply = this.replyTo(request, module, fault);
    const body = request.text === '' ? undefined : (JSON.parse(request.text) as unknown);
    const path = request.segments.slice(3);
    const told = fault?.kind === 'loses answer' ? 'lost' : await reply;
    this.log.push({ method: request.method, module, path, body, reply: told });
    return told;
  }

  private async replyTo(
    request: PartnerHttpRequest,
    module: string,
    fault: ReturnType<PartnerFaults['next']>,
  ): Promise<PartnerReply> {
    if (fault?.kind === 'fails') return { http: fault.status, status: 3000, message: 'planned' };
    if (fault?.kind === 'refuses')
      return { http: 200, status: fault.statusCode, message: fault.message ?? 'planned' };
    const shown = tokensIn(request.headers.authorization).map(({ token }) => token);
    if (!shown.some((token) => this.accepted.has(token))) return stranger;
    const [, version, , ...path] = request.segments;
    if (version === 'versions') return fine(this.identity.versions());
    if (version !== this.identity.version.version) return missing('there is no such version');
    if (module === version) return fine(this.identity.details());
    return this.module(request, module, path);
  }

  private module(request: PartnerHttpRequest, module: string, path: readonly string[]) {
    const body = request.text === '' ? undefined : (JSON.parse(request.text) as unknown);
    if (module === 'credentials') return this.exchangeCredentials(request, body);
    if (module === 'tokens') return this.token(request, path, body);
    if (module === 'commands') return this.commandResult(path, body);
    return this.objects.receive(module, { method: request.method, path, body });
  }

  private async exchangeCredentials(
    { method }: PartnerHttpRequest,
    body: unknown,
  ): Promise<PartnerReply> {
    if (method === 'DELETE') {
      this.accepted.clear();
      return fine();
    }
    if (method !== 'POST' && method !== 'PUT') return notOffered;
    const theirs = this.identity.version.readCredentials(body);
    this.calls.endpoints = await this.calls.discover(theirs.versionsUrl, theirs.token);
    this.calls.token = theirs.token;
    const ours = newToken();
    this.accepted = new Set([ours]);
    return fine(this.identity.credentials(ours));
  }

  private token(
    { method }: PartnerHttpRequest,
    [uid, action]: readonly string[],
    body: unknown,
  ): PartnerReply {
    if (method === 'GET' && uid === undefined) return fine(this.tokens.list());
    if (method !== 'POST' || uid === undefined || action !== 'authorize') return notOffered;
    return this.tokens.authorize(uid, body as JsonObject | undefined);
  }

  private commandResult([, id = '']: readonly string[], body: unknown): PartnerReply {
    const parsed = this.identity.version.schemas.commandResult.safeParse(body);
    if (!parsed.success) return wrong('that is no CommandResult');
    this.waiting.get(id)?.(body as RemoteCommandResult);
    return fine();
  }
}
