import { Injectable } from '@nestjs/common';
import { type EvseStatus } from '@voltledger/contracts';
import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { StationEvents } from './station-events';
import {
  type EvseOfStation,
  type StatusOf,
  isAnnounced,
  lockEvses,
  setEvseStatus,
  statusesOf,
} from './statuses-table';

/** How the public status follows from what is known; the rule itself is the domain's. */
export type StatusRule = (situation: {
  readonly fixed?: 'PLANNED' | 'REMOVED';
  readonly online: boolean;
  readonly stationEvse: number;
  readonly known: readonly StatusOf[];
}) => EvseStatus;

/** Public status of EVSEs: row and event change together, and only when something changes. */
@Injectable()
export class EvseStatuses {
  constructor(private readonly events: StationEvents) {}

  async refresh(
    tx: Transaction,
    stationId: StationId,
    rule: StatusRule,
    at: Instant,
  ): Promise<void> {
    const evses = await lockEvses(tx, stationId);
    if (evses.length === 0) return;
    const known = await statusesOf(tx, stationId);
    const online = await isAnnounced(tx, stationId);
    for (const evse of evses) {
      const { fixed, stationEvse } = evse;
      const status = rule({ ...(fixed && { fixed }), online, stationEvse, known });
      if (status !== evse.status) await this.change(tx, evse, status, at);
    }
  }

  private async change(
    tx: Transaction,
    { evseUid, evseId, locationId }: EvseOfStation,
    status: EvseStatus,
    at: Instant,
  ): Promise<void> {
    await setEvseStatus(tx, evseUid, status, at);
    const id = newUuid();
    await this.events.publishLocation(
      tx,
      { type: 'EvseStatusChanged', data: { locationId, evseUid, evseId, status, at } },
      { id, correlationId: id },
    );
  }
}
