import { type PartnerId, instant } from '@voltledger/kernel';
import { v221 } from '.';

const partnerId = 'nl-tnm' as PartnerId;
const token = {
  country_code: 'nl',
  party_id: 'tnm',
  uid: '04A1B2',
  type: 'RFID',
  contract_id: 'NL-TNM-C1',
  issuer: 'Test Mobility',
  valid: true,
  whitelist: 'ALWAYS',
  last_updated: '2026-03-05T12:00:00+01:00',
};

describe('a token', () => {
  it('is read with its owner, its time in UTC (OCPI-TYP-14)', () =>
    expect(v221.readToken(token, partnerId)).toMatchObject({
      uid: '04A1B2',
      contractId: 'NL-TNM-C1',
      partner: { partnerId, countryCode: 'NL', partyId: 'TNM' },
      updatedAt: instant('2026-03-05T11:00:00Z'),
    }));

  it('may carry what we do not know, and null for what it lacks (OCPI-TYP-15, OCPI-TYP-17)', () =>
    expect(
      v221.readToken({ ...token, group_id: null, visual_number: null, colour: 'red' }, partnerId),
    ).not.toHaveProperty('colour'));

  it.each([
    ['contract_id', { contract_id: undefined }],
    ['uid', { uid: 'x'.repeat(37) }],
    ['whitelist', { whitelist: 'SOMETIMES' }],
    ['last_updated', { last_updated: 'yesterday' }],
  ])('is refused for its %s, by name (OCPI-ENV-09)', (field, changes) =>
    expect(() => v221.readToken({ ...token, ...changes }, partnerId)).toThrow(field),
  );
});

describe('a command', () => {
  const start = {
    response_url: 'https://msp.example/result/1',
    token,
    location_id: 'HARBOUR',
    evse_uid: 'EVSE-0001',
    authorization_reference: 'REF-1',
  };

  it('START_SESSION names driver and place (OCPI-CMD-16, OCPI-CMD-25)', () =>
    expect(v221.readRemoteStart(start)).toMatchObject({
      responseUrl: 'https://msp.example/result/1',
      token: { uid: '04A1B2', owner: { countryCode: 'NL', partyId: 'TNM' } },
      evseUid: 'EVSE-0001',
      reference: 'REF-1',
    }));

  it('START_SESSION with a connector names its EVSE (OCPI-CMD-17)', () =>
    expect(() => v221.readRemoteStart({ ...start, evse_uid: null, connector_id: '1' })).toThrow(
      'evse_uid',
    ));

  it('is answered with the time within which its result follows (OCPI-CMD-03)', () => {
    expect(v221.commandAnswer({ result: 'ACCEPTED', timeout: 30 })).toEqual({
      result: 'ACCEPTED',
      timeout: 30,
    });
    expect(v221.commandAnswer({ result: 'REJECTED', timeout: 0, message: 'No.' })).toEqual({
      result: 'REJECTED',
      timeout: 0,
      message: [{ language: 'en', text: 'No.' }],
    });
  });
});

describe('credentials', () => {
  const roles = [
    { role: 'EMSP', business_details: { name: 'TNM' }, party_id: 'TNM', country_code: 'NL' },
  ];
  const credentials = { token: 'abc', url: 'https://msp.example/versions', roles };

  it('name the parties of a platform (OCPI-CRE-18)', () =>
    expect(v221.readCredentials(credentials)).toEqual({
      token: 'abc',
      versionsUrl: 'https://msp.example/versions',
      roles: [{ role: 'EMSP', countryCode: 'NL', partyId: 'TNM', name: 'TNM' }],
    }));

  it.each([
    ['token', { token: 'with a blank' }],
    ['token', { token: 'x'.repeat(65) }],
    ['url', { url: '/versions' }],
    ['roles', { roles: [] }],
    ['roles', { roles: [...roles, ...roles] }],
  ])('are refused for their %s (OCPI-CRE-01, OCPI-CRE-18)', (field, changes) =>
    expect(() => v221.readCredentials({ ...credentials, ...changes })).toThrow(field),
  );
});

describe('version details', () => {
  const endpoint = { identifier: 'cdrs', role: 'RECEIVER', url: 'https://msp.example/cdrs' };

  it('list each side of a module; what is unknown or broken is skipped (OCPI-VER-03, OCPI-VER-08)', () =>
    expect(
      v221.readDetails({
        version: '2.2.1',
        endpoints: [endpoint, { ...endpoint, identifier: 'nltnm-tokens' }, { identifier: 'x' }],
      }),
    ).toEqual([
      { module: 'cdrs', role: 'RECEIVER', url: 'https://msp.example/cdrs' },
      { module: 'nltnm-tokens', role: 'RECEIVER', url: 'https://msp.example/cdrs' },
    ]));

  it('of another version are not taken for ours', () =>
    expect(() => v221.readDetails({ version: '2.1.1', endpoints: [endpoint] })).toThrow('version'));
});

describe('a verdict', () => {
  it('says who may charge, where, and under which reference (OCPI-TOK-09, OCPI-TOK-13)', () =>
    expect(
      v221.readVerdict({
        allowed: 'ALLOWED',
        token,
        location: { location_id: 'HARBOUR', evse_uids: ['EVSE-0001'] },
        authorization_reference: 'REF-2',
      }),
    ).toMatchObject({ allowed: 'ALLOWED', evseUids: ['EVSE-0001'], reference: 'REF-2' }));

  it('that is negative need not repeat the token', () =>
    expect(v221.readVerdict({ allowed: 'BLOCKED' })).toMatchObject({ allowed: 'BLOCKED' }));
});
