import { type Database } from '@voltledger/platform';

/**
 * Makes many sessions out of the few that really went through the service: each a copy of one of
 * them, a minute further back, with all its marks.
 */
export async function multiplySessions(database: Database, wanted: number): Promise<number> {
  const [row] = await database.query<{ templates: number }>(
    'select count(*)::int as templates from tariff.session_prices where ended is not null',
  );
  const templates = row?.templates ?? 0;
  const copies = Math.ceil(wanted / templates);
  await database.query(
    `insert into tariff.session_prices (session_id, revision, opening, tariff_hash, without_tariff,
       ended, message_id, correlation_id, started_at, timeline, rated)
     select gen_random_uuid(), revision,
       opening || jsonb_build_object('startedAt', ${earlier("opening->>'startedAt'")}),
       tariff_hash, without_tariff,
       ended || jsonb_build_object('endedAt', ${earlier("ended->>'endedAt'")}),
       message_id, correlation_id, started_at - make_interval(mins => copy), timeline, rated
     from tariff.session_prices cross join generate_series(1, $1) as copy
     where ended is not null limit $2`,
    [copies, wanted - templates],
  );
  await database.query('analyze tariff.session_prices');
  const [all] = await database.query<{ sessions: number }>(
    'select count(*)::int as sessions from tariff.session_prices where ended is not null',
  );
  return all?.sessions ?? 0;
}

/** An instant in our one spelling, `copy` minutes earlier. */
function earlier(instant: string): string {
  const moment = `((${instant})::timestamptz - make_interval(mins => copy)) at time zone 'UTC'`;
  return `to_char(${moment}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const BATCH = 200;

/**
 * The baseline: the same rows are read in the same batches, and as many rows of differences are
 * written and committed, but nothing is rated.
 */
export async function copyDifferences(database: Database): Promise<number> {
  const work = '00000000-0000-4000-8000-000000000000';
  let after: { at: string; id: string } = { at: '-infinity', id: work };
  let done = 0;
  for (;;) {
    const rows = await database.transaction(async (tx) => {
      const found = await tx.query<{ session_id: string; started_at: string; timeline: unknown }>(
        `select session_id, opening, ended, tariff_hash, timeline, rated, started_at
         from tariff.session_prices where ended is not null
           and (started_at, session_id) > ($1::timestamptz, $2::uuid)
         order by started_at, session_id limit $3`,
        [after.at, after.id, BATCH],
      );
      await tx.query(
        `insert into tariff.session_differences (work_id, session_id, outcome, through_revision,
           started_at, was_before_taxes, was_after_taxes, becomes_before_taxes,
           becomes_after_taxes, weight)
         select $1, session_id, 'same', 1, started_at, 1, 1, 1, 1, 0
         from jsonb_to_recordset($2::jsonb) as given(session_id uuid, started_at timestamptz)`,
        [
          work,
          JSON.stringify(found.map(({ session_id, started_at }) => ({ session_id, started_at }))),
        ],
      );
      return found;
    });
    done += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return done;
    after = { at: last.started_at, id: last.session_id };
  }
}
