import { type OcpiVersion } from '@voltledger/ocpi';
import { type JsonObject } from './ocpi-partner-objects';
import { type PartnerReply, fine, missing } from './ocpi-partner-answer';

export interface PartnerParty {
  readonly countryCode: string;
  readonly partyId: string;
  readonly name: string;
}

/** What the eMSP says when it is asked for a token. */
export type Verdict = (
  token: JsonObject,
  location: JsonObject | undefined,
) => JsonObject & { readonly allowed: string };

/** The simulated eMSP's drivers. */
export class PartnerTokens {
  private readonly tokens = new Map<string, JsonObject>();
  /** Real-time requests it got, in order. */
  readonly asked: { readonly uid: string; readonly location: JsonObject | undefined }[] = [];
  /** Scriptable; lets everybody charge whose token is valid. */
  verdict: Verdict = ({ valid }) => ({ allowed: valid === true ? 'ALLOWED' : 'BLOCKED' });

  constructor(
    private readonly version: OcpiVersion,
    private readonly party: PartnerParty,
    private readonly now: () => Date,
  ) {}

  /** A token of one of its drivers; RFID, valid, and asked for each time unless said otherwise. */
  issue(uid: string, changes: JsonObject = {}): JsonObject {
    const token = {
      country_code: this.party.countryCode,
      party_id: this.party.partyId,
      uid,
      type: 'RFID',
      contract_id: `${this.party.countryCode}-${this.party.partyId}-C${uid.slice(0, 9)}`,
      issuer: this.party.name,
      valid: true,
      whitelist: 'ALWAYS',
      last_updated: this.now().toISOString(),
      ...changes,
    };
    this.version.schemas.token.parse(token);
    this.tokens.set(uid, token);
    return token;
  }

  list(): JsonObject[] {
    return [...this.tokens.values()];
  }

  authorize(uid: string, location: JsonObject | undefined): PartnerReply {
    this.asked.push({ uid, location });
    const token = this.tokens.get(uid);
    if (!token) return missing('the token is unknown', 2004);
    return fine({ token, ...(location && { location }), ...this.verdict(token, location) });
  }
}
