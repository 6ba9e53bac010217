import {
  type SubjectEvent,
  type SubjectEventEnvelope,
  messageFor,
  subjectEvents,
} from '@voltledger/contracts';
import {
  type Clock,
  type GroupSubscription,
  type MessageBus,
  type Transaction,
} from '@voltledger/kernel';
import { consuming, on } from '../consumer';
import { schemaOf } from '../database';
import { derivedUuid, newUuid } from '../identity';
import { type ServiceDefinition } from '../service';
import { eraseRows } from './erase-rows';
import { isMark } from './subject-key';
import { type SubjectKeys } from './subject-keys';

export interface ErasureParts {
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly keys: SubjectKeys | undefined;
  /** Empties what this process remembers of aggregates. */
  readonly forget: () => void;
}

type SubjectErased = Extract<SubjectEvent, { type: 'SubjectErased' }>['data'];

/** Each service erases a person from its own tables, and says so. One shape, whatever the service. */
export const erasingRows = (
  service: Pick<ServiceDefinition, 'name' | 'personalTables'>,
  parts: ErasureParts,
): GroupSubscription =>
  consuming(
    `${service.name}.erasures`,
    on(subjectEvents, async (message, tx) => {
      if (message.event.type !== 'SubjectErased') return;
      forgetAll(parts);
      const rows = await eraseFrom(tx, service, message.event.data);
      await parts.bus.publish(
        [rowsErased(message, message.event.data, service.name, { rows, at: parts.clock() })],
        tx,
      );
    }),
  );

/** Every process forgets, not only the one that reads for a service. */
export const forgetting = (parts: ErasureParts): GroupSubscription => ({
  group: `erasures.${newUuid()}`,
  topics: [subjectEvents.name],
  startAt: 'end',
  handle: ({ type }) => {
    if (type === 'SubjectErased') forgetAll(parts);
    return Promise.resolve();
  },
});

function forgetAll({ keys, forget }: ErasureParts): void {
  keys?.forgetAll();
  forget();
}

/** The tables of the platform itself are everybody's: whoever comes first finds something there. */
function eraseFrom(
  tx: Transaction,
  { name, personalTables = {} }: Pick<ServiceDefinition, 'name' | 'personalTables'>,
  { personal, sessionIds, mark }: SubjectErased,
): Promise<number> {
  // Read again later, when the erasure is long over: there is nothing left to look for.
  const values = isMark(personal) ? [] : (JSON.parse(personal) as string[]);
  if (values.length === 0) return Promise.resolve(0);
  return eraseRows(tx, [schemaOf(name), 'platform'], { values, sessionIds, mark }, personalTables);
}

function rowsErased(
  { id, correlationId, tenant, region }: SubjectEventEnvelope,
  { erasureId, pass }: SubjectErased,
  service: string,
  { rows, at }: { readonly rows: number; readonly at: ReturnType<Clock> },
) {
  return messageFor(subjectEvents, {
    id: derivedUuid('rows-erased', erasureId, String(pass), service),
    key: erasureId,
    event: { type: 'RowsErased', data: { erasureId, pass, service, rows, at } },
    ...{ causationId: id, correlationId, tenant, region, recordedAt: at },
  });
}
