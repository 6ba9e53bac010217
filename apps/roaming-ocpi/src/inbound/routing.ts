import { type Party, sameCiString } from '@voltledger/ocpi';
import { type EdgeRequest, headerOf } from '@voltledger/platform';
import { type Partner } from '../projections/partner';
import { invalid, notFound } from './ocpi-answer';

export interface Route {
  readonly to: Party | undefined;
  readonly from: Party | undefined;
}

type Side = 'to' | 'from';
type Headers = Pick<EdgeRequest, 'headers'>;

/**
 * Which of our parties is addressed, and for which of its own the partner speaks (OCPI-RTG-14 to 16).
 * Without headers: its only party. Names compare without regard to case.
 *
 * @throws OcpiRefusal 404 for parties that are not ours, or not the partner's
 */
export function routeOf(
  request: Headers,
  { roles }: Pick<Partner, 'roles'>,
  isOurs: (party: Party) => boolean,
): Route {
  const to = partyIn(request, 'to');
  if (to && !isOurs(to)) throw notFound('No such party is served here.');
  const from = partyIn(request, 'from');
  if (from && !isOneOf(roles, from)) throw notFound('That party is none of yours.');
  return { to, from: from ?? onlyPartyOf(roles) };
}

/** The answer goes back the way the request came (OCPI-RTG-03). */
export function routingHeaders({ to, from }: Route, ours: Party): Record<string, string> {
  const answering = to ?? ours;
  return {
    ...(from && {
      'OCPI-to-country-code': from.countryCode,
      'OCPI-to-party-id': from.partyId,
    }),
    'OCPI-from-country-code': answering.countryCode,
    'OCPI-from-party-id': answering.partyId,
  };
}

export const isOneOf = (parties: readonly Party[], { countryCode, partyId }: Party): boolean =>
  parties.some(
    (each) => sameCiString(each.countryCode, countryCode) && sameCiString(each.partyId, partyId),
  );

function partyIn(request: Headers, side: Side): Party | undefined {
  const countryCode = headerOf(request, `ocpi-${side}-country-code`);
  const partyId = headerOf(request, `ocpi-${side}-party-id`);
  if (countryCode === undefined && partyId === undefined) return undefined;
  if (countryCode === undefined || partyId === undefined)
    throw invalid(`OCPI-${side}-country-code and OCPI-${side}-party-id go together.`);
  return { countryCode: countryCode.toUpperCase(), partyId: partyId.toUpperCase() };
}

function onlyPartyOf(roles: readonly Party[]): Party | undefined {
  const [first, ...others] = roles;
  return first && others.every((each) => isOneOf([first], each)) ? first : undefined;
}
