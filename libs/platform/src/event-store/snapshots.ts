import { type Snapshot, type StreamName } from '@voltledger/kernel';
import { type Connections } from '../database';

/** Snapshots in PostgreSQL, whatever keeps the events: they are a cache. */
export class Snapshots {
  constructor(private readonly connections: Connections) {}

  async load(stream: StreamName): Promise<Snapshot | undefined> {
    const [snapshot] = await this.connections.query<Snapshot>(
      `select revision, state_version as "stateVersion", state
         from event_store.snapshots where stream = $1`,
      [stream],
    );
    return snapshot;
  }

  /** Never replaces a newer one of the same state version. */
  async save(stream: StreamName, { revision, stateVersion, state }: Snapshot): Promise<void> {
    await this.connections.query(
      `insert into event_store.snapshots (stream, revision, state_version, state)
       values ($1, $2, $3, $4)
       on conflict (stream) do update
         set revision = excluded.revision, state_version = excluded.state_version,
             state = excluded.state
       where excluded.revision > snapshots.revision
          or excluded.state_version <> snapshots.state_version`,
      [stream, revision, stateVersion, JSON.stringify(state)],
    );
  }
}
