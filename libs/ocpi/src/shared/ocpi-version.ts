import { type Cdr, type ChargingPlace, type IssuedToken, type Tariff } from '@voltledger/contracts';
import { type PartnerId } from '@voltledger/kernel';
import { type z } from 'zod';
import { type TokenCoding } from './authorization-header';
import {
  type CommandAnswer,
  type CommandOutcome,
  type Endpoint,
  type IssuerVerdict,
  type PlatformCredentials,
  type RemoteStart,
  type RemoteStop,
  type RoamingConnector,
  type RoamingEvse,
  type RoamingLocation,
  type RoamingSession,
} from './roaming-objects';

/** A JSON object as it travels; only its version knows what is in it. */
export type Wire = Readonly<Record<string, unknown>>;

/** Schemas by which a receiver judges what it is sent; also the partner simulator. */
export interface WireSchemas {
  readonly location: z.ZodType;
  readonly evse: z.ZodType;
  readonly evsePatch: z.ZodType;
  readonly tariff: z.ZodType;
  readonly session: z.ZodType;
  readonly sessionPatch: z.ZodType;
  readonly cdr: z.ZodType;
  readonly token: z.ZodType;
  readonly credentials: z.ZodType;
  readonly commandResponse: z.ZodType;
  readonly commandResult: z.ZodType;
}

/**
 * One version of OCPI: everything that is written differently in it. What it writes has passed a
 * strict schema (a ZodError is our bug); what it reads throws ZodError naming field and rule.
 */
export interface OcpiVersion {
  /** As in the versions list, such as `2.2.1`. */
  readonly version: string;
  readonly tokenCoding: TokenCoding;
  /** Whether requests carry ids and the four routing headers. */
  readonly routed: boolean;
  readonly schemas: WireSchemas;

  readonly writeCredentials: (own: PlatformCredentials) => Wire;
  readonly readCredentials: (body: unknown) => PlatformCredentials;
  readonly writeDetails: (endpoints: readonly Endpoint[]) => Wire;
  readonly readDetails: (body: unknown) => Endpoint[];

  readonly location: (location: RoamingLocation) => Wire;
  /** @returns undefined when this version has no words for it. */
  readonly evse: (evse: RoamingEvse) => Wire | undefined;
  readonly connector: (connector: RoamingConnector) => Wire | undefined;
  /** The PATCH body that tells an EVSE's new status. */
  readonly evseStatus: (evse: RoamingEvse) => Wire;
  readonly tariff: (tariff: Tariff) => Wire;
  readonly session: (session: RoamingSession) => Wire;
  readonly sessionPatch: (session: RoamingSession) => Wire;
  readonly cdr: (cdr: Cdr) => Wire;

  readonly readToken: (body: unknown, partnerId: PartnerId) => IssuedToken;
  readonly readRemoteStart: (body: unknown) => RemoteStart;
  readonly readRemoteStop: (body: unknown) => RemoteStop;
  readonly commandAnswer: (answer: CommandAnswer) => Wire;
  readonly commandOutcome: (outcome: CommandOutcome) => Wire;

  /** The body of a real-time authorization request. */
  readonly locationReferences: (place: ChargingPlace) => Wire;
  readonly readVerdict: (body: unknown) => IssuerVerdict;
}
