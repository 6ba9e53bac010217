import {
  type Authorization,
  type ChargingPeriod,
  type ChargingPlace,
  type Connector,
  type Evse,
  type Location,
  type Payer,
  type Price,
  type Token,
} from '@voltledger/contracts';
import {
  type Currency,
  type Instant,
  type MilliWattHours,
  type SessionId,
} from '@voltledger/kernel';

/** The canonical objects that every version folder maps from and to. */

/** A connector with the moment its own content last changed (OCPI-LOC-08). */
export interface RoamingConnector extends Connector {
  readonly updatedAt: Instant;
}

export interface RoamingEvse extends Omit<Evse, 'connectors'> {
  readonly connectors: readonly RoamingConnector[];
}

/** `updatedAt` is never earlier than that of an EVSE or connector in it. */
export interface RoamingLocation extends Omit<Location, 'evses'> {
  readonly evses: readonly RoamingEvse[];
}

export type OcpiPayer = Extract<Payer, { kind: 'ocpi' }>;

export interface RoamingAuthorization extends Authorization {
  readonly payer: OcpiPayer;
}

/** A session that belongs to a partner's driver, as far as it is known. */
export interface RoamingSession {
  readonly sessionId: SessionId;
  readonly status: 'ACTIVE' | 'COMPLETED';
  readonly startedAt: Instant;
  readonly endedAt?: Instant | undefined;
  readonly energy: MilliWattHours;
  readonly authorization: RoamingAuthorization;
  readonly place: ChargingPlace;
  readonly currency: Currency;
  /** Absent until the session is priced: an amount of 0 means free of charge (OCPI-SES-18). */
  readonly cost?: Price | undefined;
  readonly periods: readonly ChargingPeriod[];
  readonly updatedAt: Instant;
}

/** A party of a platform: an operating company under one country code. */
export interface Party {
  readonly countryCode: string;
  readonly partyId: string;
}

export interface PartyRole extends Party {
  readonly role: string;
  readonly name: string;
}

/** One platform introduces itself to another. */
export interface PlatformCredentials {
  /** What the receiver of this sends as its Authorization from now on. */
  readonly token: string;
  /** The versions endpoint, not one version's details (OCPI-CRE-16). */
  readonly versionsUrl: string;
  readonly roles: readonly PartyRole[];
}

export type InterfaceRole = 'SENDER' | 'RECEIVER';

export interface Endpoint {
  readonly module: string;
  readonly role: InterfaceRole;
  readonly url: string;
}

/** A token somebody else issued, with the party that did. */
export interface ForeignToken extends Token {
  readonly owner: Party;
}

/** START_SESSION. */
export interface RemoteStart {
  readonly responseUrl: string;
  readonly token: ForeignToken;
  readonly locationId: string;
  readonly evseUid?: string | undefined;
  readonly connectorId?: string | undefined;
  readonly reference?: string | undefined;
}

/** STOP_SESSION. */
export interface RemoteStop {
  readonly responseUrl: string;
  readonly sessionId: string;
}

/** The direct answer to a command: was it passed on? */
export interface CommandAnswer {
  readonly result: 'ACCEPTED' | 'NOT_SUPPORTED' | 'REJECTED' | 'UNKNOWN_SESSION';
  /** Seconds within which the outcome follows. */
  readonly timeout: number;
  readonly message?: string | undefined;
}

/** What became of it, told later at the caller's `response_url`. */
export interface CommandOutcome {
  readonly result:
    'ACCEPTED' | 'EVSE_INOPERATIVE' | 'EVSE_OCCUPIED' | 'FAILED' | 'REJECTED' | 'TIMEOUT';
  readonly message?: string | undefined;
}

/** What the token's issuer says of it at this moment. */
export interface IssuerVerdict {
  readonly allowed: 'ALLOWED' | 'BLOCKED' | 'EXPIRED' | 'NO_CREDIT' | 'NOT_ALLOWED';
  /** Absent where the version, or the issuer, does not repeat the token. */
  readonly token?: ForeignToken | undefined;
  /** The EVSEs it may be used at, where the issuer limits them. */
  readonly evseUids?: readonly string[] | undefined;
  readonly reference?: string | undefined;
}
