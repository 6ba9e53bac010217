import { csvRecord } from './csv';

it('quotes what RFC 4180 wants quoted, and nothing else', () =>
  expect(csvRecord(['a', 'b,c', 'say "so"', 'two\nlines', ''])).toBe(
    'a,"b,c","say ""so""","two\nlines",\r\n',
  ));
