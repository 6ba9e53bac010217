import { type Brand } from './brand';

/** UUID, at most 36 characters: it is the OCPI session id too. */
export type SessionId = Brand<string, 'SessionId'>;
/** The station's identity as it connects: the last segment of its URL, decoded, case-sensitive. */
export type StationId = Brand<string, 'StationId'>;
export type LocationId = Brand<string, 'LocationId'>;
export type TariffId = Brand<string, 'TariffId'>;
/** At most 36 characters, compared without regard to case. */
export type CdrId = Brand<string, 'CdrId'>;
export type PartnerId = Brand<string, 'PartnerId'>;
/** One operating company. A tenant may hold several OCPI parties. */
export type TenantId = Brand<string, 'TenantId'>;
/** A cell of the network with its own gateways, bus and stores. */
export type Region = Brand<string, 'Region'>;
