import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Location } from '@voltledger/contracts';
import {
  type Cause,
  type Clock,
  type LocationId,
  type StationId,
  type Transaction,
} from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, derivedUuid } from '@voltledger/platform';
import { locationUnknown } from '../domain/errors';
import { publicStatus } from '../domain/evse-status';
import { checkEvses } from '../domain/location-draft';
import { EvseStatuses } from '../outbound/evse-statuses';
import {
  type EvseDetail,
  type FixedStatus,
  type LocationDetail,
  findLocation,
  lockEvsesAround,
  removeEvses,
  saveEvse,
  saveLocation,
} from '../outbound/locations-table';
import { StationEvents } from '../outbound/station-events';
import { raiseRevisions } from '../outbound/stations-table';
import { LiveRecords } from './live-records';

export interface LocationDraft {
  readonly detail: LocationDetail;
  readonly evses: readonly { readonly detail: EvseDetail; readonly fixed?: FixedStatus }[];
}

/** The operator describes a whole location. An EVSE that is left out is removed. */
export class SaveLocation extends Command<Location> {
  constructor(
    readonly draft: LocationDraft,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(SaveLocation)
export class SaveLocationHandler implements ICommandHandler<SaveLocation> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly events: StationEvents,
    private readonly evses: EvseStatuses,
    private readonly records: LiveRecords,
  ) {}

  /** @throws DomainError EVSE_ELSEWHERE, STATION_EVSE_TAKEN */
  async execute({ draft, cause }: SaveLocation): Promise<Location> {
    const { location, stations } = await this.database.transaction(async (tx) => {
      const changed = await this.write(tx, draft);
      const whole = await this.published(tx, draft.detail.locationId, cause);
      return { location: whole, stations: changed };
    });
    await this.records.reload(stations);
    return location;
  }

  /** @returns the stations it concerns. */
  private async write(tx: Transaction, { detail, evses }: LocationDraft): Promise<StationId[]> {
    const { locationId } = detail;
    const at = this.clock();
    const drafts = evses.map((each) => each.detail);
    const known = await lockEvsesAround(tx, locationId, drafts);
    checkEvses(locationId, drafts, known);
    await saveLocation(tx, detail, at);
    const staying = new Set(drafts.map(({ evseUid }) => evseUid));
    const before = known.filter((each) => each.locationId === locationId);
    const leaving = before.filter(({ evseUid }) => !staying.has(evseUid));
    await removeEvses(
      tx,
      leaving.map(({ evseUid }) => evseUid),
      at,
    );
    for (const each of evses) await saveEvse(tx, locationId, each.detail, each.fixed, at);
    const concerned = new Set([...before, ...drafts].map(({ stationId }) => stationId));
    const stations = [...concerned].sort() as StationId[];
    await raiseRevisions(tx, stations);
    for (const station of stations) await this.evses.refresh(tx, station, publicStatus, at);
    return stations;
  }

  private async published(
    tx: Transaction,
    locationId: LocationId,
    { causationId, correlationId }: Cause,
  ): Promise<Location> {
    const location = await findLocation(tx, locationId);
    if (!location) throw locationUnknown(locationId);
    const id = derivedUuid('location-changed', locationId, causationId);
    const event = { type: 'LocationChanged', data: { location } } as const;
    await this.events.publishLocation(tx, event, { id, correlationId });
    return location;
  }
}
