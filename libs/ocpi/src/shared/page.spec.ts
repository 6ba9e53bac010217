import { instant } from '@voltledger/kernel';
import { nextPage, pageHeaders, pageQuery } from './page';

it.each(['0', '-1', '1.5', 'many'])('refuses limit=%s (OCPI-PAG-11)', (limit) =>
  expect(pageQuery.safeParse({ limit }).success).toBe(false),
);

it.each(['-1', 'x'])('refuses offset=%s (OCPI-ENV-10)', (offset) =>
  expect(pageQuery.safeParse({ offset }).success).toBe(false),
);

it.each([
  ['2026-03-05T11:00:00', 'without a zone'],
  ['2026-03-05T12:00:00+01:00', 'with an offset'],
  ['2026-03-05T12:00:00 01:00', 'with an offset whose plus was not escaped'],
])('reads date_from=%s, %s (OCPI-PAG-15)', (date_from) =>
  expect(pageQuery.parse({ date_from }).date_from).toBe(instant('2026-03-05T11:00:00Z')),
);

it('repeats every filter in the next link (OCPI-PAG-07)', () => {
  const url = new URL('https://cpo.example/cdrs?date_from=2026-01-01T00:00:00Z&limit=10');
  const { Link } = pageHeaders(url, { offset: 0, limit: 10 }, 30, 100);
  expect(nextPage(Link)).toBe(
    'https://cpo.example/cdrs?date_from=2026-01-01T00%3A00%3A00Z&limit=10&offset=10',
  );
});

it('finds no next page where none is (OCPI-PAG-06)', () => {
  expect(nextPage(undefined)).toBeUndefined();
  expect(nextPage('<https://cpo.example/cdrs>; rel="prev"')).toBeUndefined();
});
