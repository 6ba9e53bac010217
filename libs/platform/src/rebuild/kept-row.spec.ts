import { type Kept, folded } from './kept-row';

/** A row that counts what it is told; `0` changes nothing. */
const told = (row: Kept<number> | undefined, id: string, by: number, topic = 'a') =>
  folded(row, { id, topic }, (before) =>
    by === 0 && before !== undefined ? before : (before ?? 0) + by,
  );

const rebuilding = (row: Kept<number>): Kept<number> => ({
  ...row,
  rebuild: { awaits: row.through, owesNews: false },
});

const live = (...told: [id: string, by: number, topic?: string][]): Kept<number> =>
  told.reduce<Kept<number> | undefined>(
    (row, [id, by, topic]) => fold(row, id, by, topic),
    undefined,
  )!;

const fold = (row: Kept<number> | undefined, ...rest: [id: string, by: number, topic?: string]) =>
  told(row, ...rest)?.kept ?? row;

it('keeps with a row which message changed it last, and tells the news', () =>
  expect(told(live(['1', 5]), '2', 1)).toEqual({
    kept: { state: 6, through: { a: '2' } },
    before: 5,
    isNews: true,
  }));

it('says nothing of a message that changes nothing', () =>
  expect(told(live(['1', 5]), '2', 0)).toBeUndefined());

it('shows the old row until a rebuild has come as far, and sends nothing on the way', () => {
  const first = told(rebuilding(live(['1', 5], ['2', 1])), '1', 5)!;
  expect(first).toMatchObject({ isNews: false, kept: { state: 6, rebuild: { state: 5 } } });
  const second = told(first.kept, '2', 1)!;
  expect(second).toEqual({
    kept: { state: 6, through: { a: '2' } },
    before: 6,
    isNews: false,
  });
});

it('tells what is new after a rebuild as ever', () => {
  const rebuilt = fold(fold(rebuilding(live(['1', 5])), '1', 5), '2', 1)!;
  expect(told(rebuilt, '3', 1)).toMatchObject({ isNews: true, before: 6, kept: { state: 7 } });
});

it('owes the news that came on another topic meanwhile, and tells it at the end', () => {
  const during = told(rebuilding(live(['1', 5])), 'x', 100, 'b')!;
  expect(during).toMatchObject({ isNews: false, kept: { state: 5 } });
  expect(told(during.kept, '1', 5)).toEqual({
    kept: { state: 105, through: { a: '1', b: 'x' } },
    before: 5,
    isNews: true,
  });
});

it('begins again when a rebuild is begun anew', () => {
  const half = fold(rebuilding(live(['1', 5], ['2', 1])), '1', 5)!;
  const again = fold(fold(rebuilding(half), '1', 5), '2', 1)!;
  expect(again).toEqual({ state: 6, through: { a: '2' } });
});
