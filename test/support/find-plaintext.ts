import { type Transaction } from '@voltledger/kernel';

/** A place where somebody is still named. */
export interface Leak {
  readonly where: string;
  readonly text: string;
}

const UNALIGNED = 3;

/** Upper, lower, hexadecimal and Base64, which begins at any of three places in a longer text. */
export function spellings(value: string): string[] {
  const hex = Buffer.from(value).toString('hex');
  const base64 = [...new Set([value, value.toLowerCase()])].flatMap((text) =>
    Array.from({ length: UNALIGNED }, (_, shift) => base64Core(text, shift)),
  );
  return [...new Set([value.toLowerCase(), hex, Buffer.from(value.toLowerCase()).toString('hex')])]
    .concat(base64.map((text) => text.toLowerCase()))
    .filter((text) => text !== '');
}

/** What a Base64 text surely contains when `value` begins `shift` bytes after a group of three. */
function base64Core(value: string, shift: number): string {
  const text = Buffer.from(`${'\0'.repeat(shift)}${value}`).toString('base64');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + value.length) * 8) / 6);
  return text.slice(first, last);
}

/** Every column of every table of every schema, as the database itself lists them. */
export async function leaksInTables(
  database: Transaction,
  values: readonly string[],
): Promise<Leak[]> {
  const columns = await database.query<{ table: string; column: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as table,
       quote_ident(column_name) as column
     from information_schema.columns join information_schema.tables
       using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
     order by 1, 2`,
  );
  expect(columns.length).toBeGreaterThan(100);
  const patterns = values.flatMap(spellings).map((text) => `%${text}%`);
  const leaks: Leak[] = [];
  for (const { table, column } of columns) {
    const rows = await database.query<{ text: string }>(
      `select left(${column}::text, 300) as text from ${table}
       where lower(${column}::text) like any ($1) limit 1`,
      [patterns],
    );
    for (const { text } of rows) leaks.push({ where: `${table}.${column}`, text });
  }
  return leaks;
}

/** The same for something that was said. */
export const leaksIn = (where: string, text: string, values: readonly string[]): Leak[] =>
  values
    .flatMap(spellings)
    .filter((spelling) => text.toLowerCase().includes(spelling))
    .map((spelling) => ({ where, text: spelling }));
