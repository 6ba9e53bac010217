import { currency, energy, instant } from '@voltledger/kernel';
import { SAMPLE_OCPI_SESSION, ocpiAuthorization, ocpiPlace, ocpiRating } from '@voltledger/testing';
import { type RoamingSession } from '../shared/roaming-objects';
import { v221 } from '.';

const session: RoamingSession = {
  sessionId: SAMPLE_OCPI_SESSION as RoamingSession['sessionId'],
  status: 'ACTIVE',
  startedAt: instant('2026-03-05T11:00:00Z'),
  energy: energy('0.5'),
  authorization: { ...ocpiAuthorization('nl-tnm'), reference: 'REF-1' },
  place: ocpiPlace(),
  currency: currency('EUR'),
  periods: [],
  updatedAt: instant('2026-03-05T11:30:00.5Z'),
};

it('tells a session to the party that issued the token (OCPI-SES-19, OCPI-SES-21)', () =>
  expect(v221.session(session)).toEqual({
    country_code: 'DE',
    party_id: 'VLT',
    id: SAMPLE_OCPI_SESSION,
    start_date_time: '2026-03-05T11:00:00Z',
    kwh: 0.5,
    cdr_token: {
      country_code: 'NL',
      party_id: 'TNM',
      uid: '04A1B2C3D4E5F6',
      type: 'RFID',
      contract_id: 'NL-TNM-C12345678',
    },
    auth_method: 'WHITELIST',
    authorization_reference: 'REF-1',
    location_id: 'HARBOUR',
    evse_uid: 'EVSE-0001',
    connector_id: '1',
    currency: 'EUR',
    charging_periods: [],
    status: 'ACTIVE',
    last_updated: '2026-03-05T11:30:00.500Z',
  }));

it('leaves the cost out until there is one: 0 would mean free (OCPI-SES-18)', () => {
  expect(v221.session(session)['total_cost']).toBeUndefined();
  const priced = { ...session, cost: ocpiRating().costs.total };
  expect(v221.session(priced)).toMatchObject({
    total_cost: { excl_vat: 8.25, incl_vat: 9.8175 },
  });
});

it('patches totals only: periods would be added again by a retry (OCPI-SES-08)', () => {
  const { periods, costs } = ocpiRating();
  expect(v221.sessionPatch({ ...session, periods, cost: costs.total })).toEqual({
    kwh: 0.5,
    total_cost: { excl_vat: 8.25, incl_vat: 9.8175 },
    status: 'ACTIVE',
    last_updated: '2026-03-05T11:30:00.500Z',
  });
});

it('says #NA for a connector that the station keeps to itself (OCPI-TYP-23)', () => {
  const { connector: _, ...place } = session.place;
  expect(v221.session({ ...session, place })).toMatchObject({ connector_id: '#NA' });
});

it('tells an EMAID as OTHER: 2.2.1 has no such type', () => {
  const { token, ...rest } = session.authorization;
  const emaid = { ...rest, token: { ...token, type: 'EMAID' as const } };
  expect(v221.session({ ...session, authorization: emaid })).toMatchObject({
    cdr_token: { type: 'OTHER' },
  });
});
