import { type Party } from '@voltledger/ocpi';
import { isOneOf, routeOf, routingHeaders } from './routing';

const role = (countryCode: string, partyId: string) => ({
  ...{ role: 'EMSP', name: 'x', countryCode, partyId },
});
const roles = [role('NL', 'TNM')];
const isOurs = (party: Party) => isOneOf([{ countryCode: 'DE', partyId: 'VLT' }], party);
const headers = (to?: string, from?: string) => ({
  headers: {
    ...(to && { 'ocpi-to-country-code': to.slice(0, 2), 'ocpi-to-party-id': to.slice(2) }),
    ...(from && {
      'ocpi-from-country-code': from.slice(0, 2),
      'ocpi-from-party-id': from.slice(2),
    }),
  },
});

it('finds both parties, whatever the case (OCPI-RTG-14, OCPI-RTG-18)', () =>
  expect(routeOf(headers('devlt', 'nlTNM'), { roles }, isOurs)).toEqual({
    to: { countryCode: 'DE', partyId: 'VLT' },
    from: { countryCode: 'NL', partyId: 'TNM' },
  }));

it('takes the only party of a partner that names none (OCPI-RTG-16)', () => {
  expect(routeOf(headers(), { roles }, isOurs).from).toMatchObject({ partyId: 'TNM' });
  const two = [...roles, role('BE', 'TNM')];
  expect(routeOf(headers(), { roles: two }, isOurs).from).toBeUndefined();
});

it.each([
  ['a party that is not ours', headers('DEXYZ', 'NLTNM')],
  ["a party that is not the partner's", headers('DEVLT', 'NLXYZ')],
])('refuses %s (OCPI-RTG-14, OCPI-RTG-15)', (_, request) =>
  expect(() => routeOf(request, { roles }, isOurs)).toThrow(
    expect.objectContaining({ http: 404 }) as Error,
  ),
);

it('refuses half a party', () =>
  expect(() => routeOf({ headers: { 'ocpi-to-party-id': 'VLT' } }, { roles }, isOurs)).toThrow(
    expect.objectContaining({ status: 2001 }) as Error,
  ));

it('answers the way the request came (OCPI-RTG-03)', () =>
  expect(
    routingHeaders(
      { to: undefined, from: { countryCode: 'NL', partyId: 'TNM' } },
      { countryCode: 'DE', partyId: 'VLT' },
    ),
  ).toEqual({
    'OCPI-to-country-code': 'NL',
    'OCPI-to-party-id': 'TNM',
    'OCPI-from-country-code': 'DE',
    'OCPI-from-party-id': 'VLT',
  }));
