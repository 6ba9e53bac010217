import {
  type ActionType,
  type EvseDataPush,
  type EvseDataRecord,
  type EvseStatusPush,
  isSameOperator,
  parseEvseId,
} from '@voltledger/oicp';
import { type HubjectAnswer, acknowledged } from './hubject-answers';

/** An operator the broker knows, and the ids registered under it. */
export interface HubjectOperator {
  readonly operatorId: string;
  readonly subOperatorIds?: readonly string[];
  /** Where it is reached for remote requests; absent: it serves none. */
  url?: string;
}

const keyOf = (evseId: string): string => parseEvseId(evseId)?.key ?? evseId;

export const isOf = (operator: HubjectOperator, evseId: string): boolean => {
  const owner = parseEvseId(evseId)?.operator ?? '';
  const ids = [operator.operatorId, ...(operator.subOperatorIds ?? [])];
  return ids.some((id) => isSameOperator(id, owner));
};

/** What one operator pushed: EVSE data, and the statuses of those EVSEs. */
export class HubjectEvses {
  readonly records = new Map<string, EvseDataRecord>();
  readonly statuses = new Map<string, string>();
  /** Raised with every push that was taken. */
  version = 0;

  constructor(private readonly operator: HubjectOperator) {}

  record(evseId: string): EvseDataRecord | undefined {
    return this.records.get(keyOf(evseId));
  }

  status(evseId: string): string | undefined {
    return this.statuses.get(keyOf(evseId));
  }

  pushData({ ActionType, OperatorEvseData }: EvseDataPush): HubjectAnswer {
    const given = OperatorEvseData.EvseDataRecord;
    const refusal = this.refusal(given, ActionType, this.records);
    if (refusal) return refusal;
    apply(ActionType, this.records, given, (record) => record);
    for (const key of this.statuses.keys()) if (!this.records.has(key)) this.statuses.delete(key);
    this.version += 1;
    return acknowledged('000');
  }

  pushStatus({ ActionType, OperatorEvseStatus }: EvseStatusPush): HubjectAnswer {
    const given = OperatorEvseStatus.EvseStatusRecord;
    const isUnknown = given.some(({ EvseID }) => !this.records.has(keyOf(EvseID)));
    if (isUnknown && ActionType !== 'delete')
      return acknowledged('009', 'There is no EVSE data for this status');
    const refusal = this.refusal(given, ActionType, this.statuses);
    if (refusal) return refusal;
    apply(ActionType, this.statuses, given, ({ EvseStatus }) => EvseStatus);
    this.version += 1;
    return acknowledged('000');
  }

  private refusal(
    given: readonly { readonly EvseID: string }[],
    action: ActionType,
    known: ReadonlyMap<string, unknown>,
  ): HubjectAnswer | undefined {
    const keys = given.map(({ EvseID }) => keyOf(EvseID));
    if (new Set(keys).size < keys.length) return acknowledged('018', 'Duplicate EVSE IDs');
    if (given.some(({ EvseID }) => !isOf(this.operator, EvseID)))
      return acknowledged('018', 'Inconsistent EvseID');
    if (action === 'insert' && keys.some((key) => known.has(key)))
      return acknowledged('009', 'A record exists already');
    if (action === 'update' && keys.some((key) => !known.has(key)))
      return acknowledged('009', 'A record does not exist');
    return undefined;
  }
}

/** All or nothing: the checks came before. */
function apply<Given extends { readonly EvseID: string }, Value>(
  action: ActionType,
  known: Map<string, Value>,
  given: readonly Given[],
  valueOf: (given: Given) => Value,
): void {
  if (action === 'fullLoad') known.clear();
  for (const each of given)
    if (action === 'delete') known.delete(keyOf(each.EvseID));
    else known.set(keyOf(each.EvseID), valueOf(each));
}
