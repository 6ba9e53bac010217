import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type StationId } from '@voltledger/kernel';
import { DATABASE, type Database, type Page, type PageQuery, page } from '@voltledger/platform';
import { type StationDetail, type StationView, stationDetail, stationView } from './station-view';

/** Members that are null are left out: what is unknown is absent. */
const VIEW = `
  select station_id as "stationId",
         json_strip_nulls(json_build_object(
           'stationId', station_id,
           'securityProfile', security_profile,
           'subprotocols', subprotocols,
           'defaultSubprotocol', default_subprotocol,
           'registration', registration,
           'anonymousAllowed', anonymous_allowed,
           'logFrames', log_frames,
           'updatedAt', station.updated_at,
           'connection', case when connection.station_id is not null then json_build_object(
             'online', connection.disconnected_at is null,
             'subprotocol', connection.subprotocol,
             'instance', connection.instance,
             'address', connection.address,
             'connectedAt', connection.connected_at,
             'seenAt', connection.seen_at,
             'disconnectedAt', connection.disconnected_at) end,
           'boot', case when booted_as is not null then json_build_object(
             'answered', booted_as, 'at', booted_at, 'told', boot) end)) as view
    from ocpp_gateway.stations station
    left join ocpp_gateway.connections connection using (station_id)`;

const DETAIL = `
  select json_build_object(
    'evses', (select coalesce(json_agg(json_build_object(
        'evseUid', evse_uid, 'evseId', detail->>'evseId', 'stationEvse', station_evse,
        'locationId', location_id, 'status', status) order by station_evse), '[]')
      from ocpp_gateway.evses where station_id = $1),
    'connectors', (select coalesce(json_agg(json_build_object(
        'evse', evse, 'connector', connector, 'status', status, 'reported', reported,
        'detail', detail, 'at', at) order by evse, connector), '[]')
      from ocpp_gateway.connector_statuses where station_id = $1),
    'openTransactions', (select coalesce(json_agg(json_strip_nulls(json_build_object(
        'transactionId', transaction_id, 'evse', evse, 'startedAt', started_at))
        order by started_at), '[]')
      from ocpp_gateway.transactions where station_id = $1 and ended_at is null),
    'telemetry', (select coalesce(json_agg(json_build_object(
        'evse', evse, 'at', arrived_at, 'told', payload) order by evse), '[]')
      from ocpp_gateway.telemetry where station_id = $1)) as detail`;

interface Row {
  stationId: string;
  view: object;
}

@Injectable()
export class StationViews {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list({ limit, after }: PageQuery): Promise<Page<StationView>> {
    const rows = await this.database.query<Row>(
      `${VIEW} where station_id > $1 order by station_id limit $2`,
      [after ?? '', limit + 1],
    );
    return page(
      rows,
      limit,
      (row) => row.stationId,
      ({ view }) => stationView.parse(view),
    );
  }

  /** @throws DomainError STATION_UNKNOWN */
  async show(stationId: StationId): Promise<StationDetail> {
    const [row] = await this.database.query<Row>(`${VIEW} where station_id = $1`, [stationId]);
    if (!row) throw stationUnknown(stationId);
    const [more] = await this.database.query<{ detail: object }>(DETAIL, [stationId]);
    return stationDetail.parse({ ...row.view, ...more?.detail });
  }

  /** @throws DomainError STATION_UNKNOWN */
  async require(stationId: StationId): Promise<void> {
    const rows = await this.database.query(
      `select 1 from ocpp_gateway.stations where station_id = $1`,
      [stationId],
    );
    if (rows.length === 0) throw stationUnknown(stationId);
  }
}

const stationUnknown = (stationId: StationId) =>
  new DomainError('STATION_UNKNOWN', 'There is no such station.', { stationId });
