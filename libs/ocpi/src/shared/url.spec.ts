import { objectUrl, withQuery } from './url';

it.each([
  ['https://msp.example/2.2.1/locations', 'https://msp.example/2.2.1/locations/DE/VLT/LOC1'],
  ['https://msp.example/2.2.1/locations/', 'https://msp.example/2.2.1/locations/DE/VLT/LOC1'],
  ['https://msp.example/l?key=1', 'https://msp.example/l/DE/VLT/LOC1?key=1'],
])('joins %s and a path with one slash, its query kept (OCPI-TRN-21, OCPI-TRN-22)', (url, joined) =>
  expect(objectUrl(url, 'DE', 'VLT', 'LOC1')).toBe(joined),
);

it('escapes ids once (OCPI-TRN-23)', () =>
  expect(objectUrl('https://msp.example/t', 'DE*VLT*E1', 'a/b #|')).toBe(
    'https://msp.example/t/DE*VLT*E1/a%2Fb%20%23%7C',
  ));

it('adds query parameters behind those that are there', () =>
  expect(withQuery('https://msp.example/t?key=1', { type: 'RFID' })).toBe(
    'https://msp.example/t?key=1&type=RFID',
  ));
