import { ConfigurationError } from '@voltledger/platform';
import { readConfig } from './config';

const key = Buffer.alloc(32, 7).toString('base64');

it('runs with nothing but a key', () =>
  expect(readConfig({ OCPI_SECRET_KEY: key })).toMatchObject({
    OCPI_PUBLIC_URL: 'http://127.0.0.1:3000',
    OCPI_PARTIES: [{ countryCode: 'DE', partyId: 'VLT' }],
    OCPI_REQUIRED_MODULES: ['cdrs'],
    ALLOW_PRIVATE_PARTNERS: false,
  }));

it('serves several parties', () =>
  expect(readConfig({ OCPI_SECRET_KEY: key, OCPI_PARTIES: 'DE*VLT, nl*vlt' }).OCPI_PARTIES).toEqual(
    [
      { countryCode: 'DE', partyId: 'VLT' },
      { countryCode: 'NL', partyId: 'VLT' },
    ],
  ));

it.each([
  ['OCPI_SECRET_KEY', {}],
  ['OCPI_SECRET_KEY', { OCPI_SECRET_KEY: 'short' }],
  ['OCPI_PARTIES', { OCPI_SECRET_KEY: key, OCPI_PARTIES: 'VLT' }],
  ['OCPI_PUBLIC_URL', { OCPI_SECRET_KEY: key, OCPI_PUBLIC_URL: 'ftp://x' }],
  ['ALLOW_PRIVATE_PARTNERS', { OCPI_SECRET_KEY: key, ALLOW_PRIVATE_PARTNERS: 'perhaps' }],
])('names the setting that is wrong: %s', (name, environment) => {
  expect(() => readConfig(environment)).toThrow(ConfigurationError);
  expect(() => readConfig(environment)).toThrow(name);
});
