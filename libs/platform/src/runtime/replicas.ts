import { type MessageBus } from '@voltledger/kernel';
import { type CellSource, type ForeignBus, TopicReplica } from '../cells';
import { Connections } from '../database';
import { PgMessageBus } from '../message-bus';
import { type ServiceDefinition } from '../service';
import { type Reports } from '../telemetry';
import { type PlatformConfig } from './platform-config';

const CONNECTIONS = 4;

/** One replica for each other cell of which a service in this process wants topics. */
export function replicasFor(
  services: readonly ServiceDefinition[],
  { cells, scope }: PlatformConfig,
  bus: MessageBus,
  reports: Reports,
): TopicReplica[] {
  return services.flatMap(({ name, replicates = [] }) =>
    cells
      .filter(({ region }) => replicates.length > 0 && region !== scope.region)
      .map(
        (cell) =>
          new TopicReplica({
            region: cell.region,
            topics: replicates,
            group: `replica.${scope.region}.${name}`,
            open: () => openedBus(cell, reports),
            bus,
            reports,
          }),
      ),
  );
}

async function openedBus({ region, url }: CellSource, reports: Reports): Promise<ForeignBus> {
  const report = (error: unknown) => {
    reports.report(error, { work: `bus of ${region}` });
  };
  const connections = Connections.to({ url, poolSize: CONNECTIONS, report });
  try {
    const bus = await PgMessageBus.open(connections, reports, { url });
    return {
      bus,
      close: async () => {
        await bus.close();
        await connections.close();
      },
    };
  } catch (error) {
    await connections.close();
    throw error;
  }
}
