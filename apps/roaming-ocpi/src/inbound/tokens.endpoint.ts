import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Document, STATUS, sameCiString } from '@voltledger/ocpi';
import { z } from 'zod';
import { ReceiveToken } from '../commands/receive-token';
import { ReceivedTokens, type TokenKey } from '../projections/received-tokens';
import { type OcpiAnswer, created, invalid, notFound, ok } from './ocpi-answer';
import { type OcpiEndpoint, type OcpiRoute } from './ocpi-endpoint';
import { type ModuleCall, pathValue, reading } from './ocpi-request';
import { isOneOf } from './routing';

const PATH = [':country_code', ':party_id', ':token_uid'];
const document = z.record(z.string(), z.unknown());
/** Fields that say which token it is: a PATCH must not change them (OCPI-TYP-29). */
const IDENTITY = ['country_code', 'party_id', 'uid', 'type'] as const;

/** Tokens as a CPO receives them: kept as they came, and passed on to our whitelist. */
@Injectable()
export class TokensEndpoint implements OcpiEndpoint {
  readonly module = 'tokens';
  readonly role = 'RECEIVER';
  readonly routes: readonly OcpiRoute<ModuleCall>[] = [
    { method: 'GET', path: PATH, answer: (call) => this.show(call) },
    { method: 'PUT', path: PATH, answer: (call) => this.put(call) },
    { method: 'PATCH', path: PATH, answer: (call) => this.patch(call) },
  ];

  constructor(
    @Inject(ReceivedTokens) private readonly tokens: ReceivedTokens,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  private async show(call: ModuleCall): Promise<OcpiAnswer> {
    const token = await this.tokens.find(keyOf(call));
    if (!token) throw notFound('We do not have this token.', STATUS.unknownToken);
    return ok(token.document);
  }

  private put(call: ModuleCall): Promise<OcpiAnswer> {
    const body = reading(() => document.parse(call.request.body));
    const key = keyOf(call, body['type']);
    reading(() => call.version.readToken(body, key.partnerId));
    checkIdentity(key, body);
    return this.receive('put', call, key, body);
  }

  private patch(call: ModuleCall): Promise<OcpiAnswer> {
    const key = keyOf(call);
    const body = reading(() => document.parse(call.request.body));
    if (body['last_updated'] === undefined) throw invalid('last_updated: is required in a PATCH');
    checkIdentity(key, body);
    return this.receive('patch', call, key, body);
  }

  private async receive(
    how: 'put' | 'patch',
    { version, cause }: ModuleCall,
    key: TokenKey,
    body: Document,
  ): Promise<OcpiAnswer> {
    const read = (whole: Document) => reading(() => version.readToken(whole, key.partnerId));
    const change = { key, document: body, read };
    const intake = await this.commands.execute(new ReceiveToken(how, change, cause));
    return intake === 'created' ? created() : ok();
  }
}

/** @throws OcpiRefusal 404 for a party that is not the partner's (OCPI-CLO-02) */
function keyOf(call: ModuleCall, typeInBody?: unknown): TokenKey {
  const { partnerId, roles } = call.peer.partner;
  const owner = { countryCode: pathValue(call, 0), partyId: pathValue(call, 1) };
  if (!isOneOf(roles, owner)) throw notFound('That party is none of yours.');
  const inQuery = call.request.url.searchParams.get('type');
  // Most partners leave it out; where the whole token is there, it says itself what it is.
  const type = inQuery ?? (typeof typeInBody === 'string' ? typeInBody : 'RFID');
  return { ...owner, partnerId, uid: pathValue(call, 2), type };
}

/** What the body says of itself is what the path says (OCPI-CLO-03, OCPI-CLO-04, OCPI-TOK-03). */
function checkIdentity(key: TokenKey, body: Document): void {
  const inPath = {
    country_code: key.countryCode,
    party_id: key.partyId,
    uid: key.uid,
    type: key.type,
  };
  for (const field of IDENTITY) {
    const value = body[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !sameCiString(value, inPath[field]))
      throw invalid(
        `${field}: is ${JSON.stringify(value)} here and ${inPath[field]} in the address`,
      );
  }
}
