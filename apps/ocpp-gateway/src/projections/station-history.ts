import { Inject, Injectable } from '@nestjs/common';
import { type StationId } from '@voltledger/kernel';
import { DATABASE, type Database, type Page, page } from '@voltledger/platform';
import { z } from 'zod';

export const noticeView = z.object({
  noticeId: z.int(),
  action: z.string(),
  payload: z.unknown(),
  reportedAt: z.string().optional(),
  arrivedAt: z.string(),
});
export const variableView = z.object({
  component: z.string(),
  variable: z.string(),
  told: z.unknown(),
  updatedAt: z.string(),
});
export const callView = z.object({
  callId: z.string(),
  action: z.string(),
  payload: z.unknown(),
  state: z.enum(['asked', 'sent', 'done']),
  askedAt: z.string(),
  sentAt: z.string().optional(),
  doneAt: z.string().optional(),
  outcome: z.unknown().optional(),
});

export type NoticeView = z.output<typeof noticeView>;
export type VariableView = z.output<typeof variableView>;
export type CallView = z.output<typeof callView>;

interface Row {
  cursor: string;
  view: object;
}

/** What is kept of a station for people to look at, newest first. */
@Injectable()
export class StationHistory {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  notices(
    stationId: StationId,
    limit: number,
    after: number | undefined,
  ): Promise<Page<NoticeView>> {
    return this.read(
      noticeView,
      `select notice_id::text as cursor, json_strip_nulls(json_build_object(
          'noticeId', notice_id, 'action', action, 'payload', payload,
          'reportedAt', reported_at, 'arrivedAt', arrived_at)) as view
         from ocpp_gateway.notices
        where station_id = $1 and ($2::bigint is null or notice_id < $2)
        order by notice_id desc limit $3`,
      [stationId, after ?? null, limit + 1],
    );
  }

  variables(
    stationId: StationId,
    limit: number,
    after: string | undefined,
  ): Promise<Page<VariableView>> {
    return this.read(
      variableView,
      `select component || chr(9) || variable as cursor, json_build_object(
          'component', component, 'variable', variable, 'told', told,
          'updatedAt', updated_at) as view
         from ocpp_gateway.variables
        where station_id = $1 and component || chr(9) || variable > $2
        order by 1 limit $3`,
      [stationId, after ?? '', limit + 1],
    );
  }

  calls(stationId: StationId, limit: number, before: string | undefined): Promise<Page<CallView>> {
    return this.read(
      callView,
      `select to_json(asked_at)#>>'{}' as cursor, json_strip_nulls(json_build_object(
          'callId', call_id, 'action', action, 'payload', payload, 'state', state,
          'askedAt', asked_at, 'sentAt', sent_at, 'doneAt', done_at, 'outcome', outcome)) as view
         from ocpp_gateway.calls
        where station_id = $1 and ($2::timestamptz is null or asked_at < $2)
        order by asked_at desc limit $3`,
      [stationId, before ?? null, limit + 1],
    );
  }

  private async read<View>(
    schema: z.ZodType<View>,
    sql: string,
    parameters: readonly [StationId, string | number | null, number],
  ): Promise<Page<View>> {
    const rows = await this.database.query<Row>(sql, parameters);
    return page(
      rows,
      parameters[2] - 1,
      (row) => row.cursor,
      ({ view }) => schema.parse(view),
    );
  }
}
