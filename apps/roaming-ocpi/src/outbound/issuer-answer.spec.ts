import { type IssuerVerdict } from '@voltledger/ocpi';
import { instant } from '@voltledger/kernel';
import { ocpiAuthorization, ocpiPlace } from '@voltledger/testing';
import { type AuthorizationRequest } from '../projections/authorization-request';
import { issuerAnswer } from './issuer-answer';

const { token, payer } = ocpiAuthorization('nl-tnm');
const request: AuthorizationRequest = {
  requestId: '0d4e2c0c-0000-4000-8000-0000000000bb',
  stationId: 'CS0001' as AuthorizationRequest['stationId'],
  presented: { uid: token.uid, type: 'RFID' },
  ...{ token, payer, place: ocpiPlace(), until: instant('2026-03-05T11:00:05Z') },
};
const said = (verdict: IssuerVerdict) => issuerAnswer(request, verdict);

it("lets the issuer's driver charge, under the issuer's reference (OCPI-TOK-13)", () =>
  expect(said({ allowed: 'ALLOWED', reference: 'REF-1' })).toEqual({
    status: 'accepted',
    authorization: { method: 'AUTH_REQUEST', token, payer, reference: 'REF-1' },
  }));

it('takes the token as the issuer describes it now, and the party that issued it', () =>
  expect(
    said({
      allowed: 'ALLOWED',
      token: { ...token, contractId: 'NEW', owner: { countryCode: 'NL', partyId: 'OTH' } },
    }),
  ).toMatchObject({ authorization: { token: { contractId: 'NEW' }, payer: { partyId: 'OTH' } } }));

it.each([
  ['BLOCKED', 'BLOCKED'],
  ['EXPIRED', 'EXPIRED'],
  ['NO_CREDIT', 'NO_CREDIT'],
  ['NOT_ALLOWED', 'NOT_ALLOWED_HERE'],
] as const)('says %s to the driver as %s (OCPI-TOK-06)', (allowed, refusal) =>
  expect(said({ allowed })).toEqual({ status: 'refused', refusal }),
);

it('keeps to the EVSEs that the issuer names (OCPI-TOK-10)', () => {
  expect(said({ allowed: 'ALLOWED', evseUids: ['evse-0001'] })).toMatchObject({
    status: 'accepted',
  });
  expect(said({ allowed: 'ALLOWED', evseUids: ['EVSE-0099'] })).toEqual({
    status: 'refused',
    refusal: 'NOT_ALLOWED_HERE',
  });
  expect(said({ allowed: 'ALLOWED', evseUids: [] })).toMatchObject({ status: 'accepted' });
});
