import { type Transaction } from '@voltledger/kernel';
import { type PersonalTables } from '../service';
import { type ErasedPerson, PersonEraser } from './erased-person';

interface Column {
  readonly table: string;
  readonly column: string;
  readonly kind: 'document' | 'text';
}

interface Searched {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly hasSession: boolean;
}

/**
 * Looks through every text and document of a schema for what names a person, and puts the mark in
 * its place. Which tables there are is asked of the database, so that none is forgotten. It reads
 * all of them once: erasing is rare.
 *
 * @returns rows changed or deleted.
 */
export async function eraseRows(
  tx: Transaction,
  schemas: readonly string[],
  person: ErasedPerson,
  { sealed = [], deleted = [], emptied = {} }: PersonalTables,
): Promise<number> {
  let rows = 0;
  for (const searched of await tablesOf(tx, schemas)) {
    if (sealed.includes(searched.table)) continue;
    const eraser = new Erasing(tx, searched, person);
    rows += await (deleted.includes(searched.table)
      ? eraser.deleteRows()
      : eraser.changeRows(emptied[searched.table] ?? []));
  }
  return rows;
}

async function tablesOf(tx: Transaction, schemas: readonly string[]): Promise<Searched[]> {
  const columns = await tx.query<Column & { readonly hasSession: boolean }>(
    `select c.table_schema || '.' || c.table_name as table, c.column_name as column,
       case when c.data_type in ('json', 'jsonb') then 'document' else 'text' end as kind,
       exists (select from information_schema.columns s where s.table_schema = c.table_schema
         and s.table_name = c.table_name and s.column_name = 'session_id') as "hasSession"
     from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.table_schema = any ($1) and c.is_generated = 'NEVER'
       and c.data_type in ('json', 'jsonb', 'text', 'character varying')
       and c.table_name <> 'migrations'
     order by 1, c.ordinal_position`,
    [schemas],
  );
  const tables = new Map<string, Searched>();
  for (const { hasSession, ...column } of columns) {
    const known = tables.get(column.table)?.columns ?? [];
    tables.set(column.table, { table: column.table, hasSession, columns: [...known, column] });
  }
  return [...tables.values()];
}

interface Found {
  readonly place: string;
  readonly theirs: boolean;
  readonly row: Readonly<Record<string, unknown>>;
}

class Erasing {
  private readonly eraser: PersonEraser;

  constructor(
    private readonly tx: Transaction,
    private readonly searched: Searched,
    private readonly person: ErasedPerson,
  ) {
    this.eraser = new PersonEraser(person);
  }

  async deleteRows(): Promise<number> {
    const changed = (await this.found()).filter((row) => Object.keys(this.changes(row)).length > 0);
    const places = changed.map(({ place }) => place);
    await this.tx.query(`delete from ${this.searched.table} where ctid = any ($1::tid[])`, [
      places,
    ]);
    return places.length;
  }

  async changeRows(emptied: readonly string[]): Promise<number> {
    let rows = 0;
    for (const found of await this.found()) {
      const changes = {
        ...this.changes(found),
        ...(found.theirs && Object.fromEntries(emptied.map((column) => [column, null]))),
      };
      if (Object.keys(changes).length === 0) continue;
      await this.change(found.place, changes);
      rows += 1;
    }
    return rows;
  }

  private found(): Promise<Found[]> {
    const { table, columns, hasSession } = this.searched;
    const texts = columns.map(({ column }) => `"${column}"::text`).join(', ');
    const members = columns.map(({ column }) => `'${column}', "${column}"`).join(', ');
    const theirs = hasSession ? 'session_id::text = any ($2)' : 'cardinality($2::text[]) < 0';
    return this.tx.query<Found>(
      `select ctid::text as place, ${theirs} as theirs, json_build_object(${members}) as row
       from ${table} where ${theirs} or concat_ws(' ', ${texts}) ilike any ($1)
       for update`,
      [this.eraser.patterns, this.person.sessionIds],
    );
  }

  private changes({ row, theirs }: Found): Record<string, unknown> {
    const changed: Record<string, unknown> = {};
    for (const { column, kind } of this.searched.columns) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      const next =
        kind === 'document'
          ? this.eraser.document(value, theirs)
          : this.eraser.text(column, value as string);
      if (JSON.stringify(next) !== JSON.stringify(value))
        changed[column] = kind === 'document' ? JSON.stringify(next) : next;
    }
    return changed;
  }

  private async change(place: string, changes: Record<string, unknown>): Promise<void> {
    const names = Object.keys(changes);
    const set = names.map((name, index) => `"${name}" = $${index + 2}`).join(', ');
    await this.tx.query(`update ${this.searched.table} set ${set} where ctid = $1::tid`, [
      place,
      ...Object.values(changes),
    ]);
  }
}
