import { type Tariff, type TariffEvent, tariffEvents } from '@voltledger/contracts';
import { type Decider, type Instant, type TariffId } from '@voltledger/kernel';
import { tariffInvalid, tariffUnknown, tariffWithdrawn } from './errors';
import { refusalsOf } from './tariff-refusals';

export type OwnTariffEvent = Extract<TariffEvent, { type: 'TariffPublished' | 'TariffWithdrawn' }>;

export type TariffCommand =
  | {
      readonly type: 'PublishTariff';
      readonly tariff: Omit<Tariff, 'updatedAt'>;
      readonly at: Instant;
    }
  | { readonly type: 'WithdrawTariff'; readonly tariffId: TariffId; readonly at: Instant };

export type OwnTariff =
  | { readonly status: 'unknown' }
  | { readonly status: 'published'; readonly tariff: Tariff; readonly version: number }
  | {
      readonly status: 'withdrawn';
      readonly tariff: Tariff;
      readonly version: number;
      readonly withdrawnAt: Instant;
    };

/** One of our tariffs, version after version. A session keeps the one it started under. */
export const tariff: Decider<OwnTariff, TariffCommand, OwnTariffEvent> = {
  category: 'tariff',
  schemaVersion: tariffEvents.schemaVersion,
  stateVersion: 1,
  initial: { status: 'unknown' },
  decide: (command, state) =>
    command.type === 'PublishTariff' ? publish(command, state) : withdraw(command, state),
  evolve,
};

type Only<Type extends TariffCommand['type']> = Extract<TariffCommand, { type: Type }>;

function publish({ tariff: draft, at }: Only<'PublishTariff'>, state: OwnTariff): OwnTariffEvent[] {
  const refusals = refusalsOf(draft);
  if (refusals.length > 0) throw tariffInvalid(draft.tariffId, refusals);
  if (state.status === 'published' && same(draft, state.tariff)) return [];
  const version = state.status === 'unknown' ? 1 : state.version + 1;
  return [{ type: 'TariffPublished', data: { tariff: { ...draft, updatedAt: at }, version } }];
}

function withdraw({ tariffId, at }: Only<'WithdrawTariff'>, state: OwnTariff): OwnTariffEvent[] {
  if (state.status === 'unknown') throw tariffUnknown(tariffId);
  if (state.status === 'withdrawn') throw tariffWithdrawn(tariffId);
  return [{ type: 'TariffWithdrawn', data: { tariffId, at } }];
}

function evolve(state: OwnTariff, { type, data }: OwnTariffEvent): OwnTariff {
  switch (type) {
    case 'TariffPublished':
      return { status: 'published', tariff: data.tariff, version: data.version };
    case 'TariffWithdrawn':
      if (state.status === 'unknown') return state;
      return { ...state, status: 'withdrawn', withdrawnAt: data.at };
  }
}

/** The same content makes no new version, and no partner is told of it. */
const same = (draft: object, { updatedAt: _updatedAt, ...published }: Tariff): boolean =>
  sorted(draft) === sorted(published);

const sorted = (value: object): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
