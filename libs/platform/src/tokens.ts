import {
  type Aggregates,
  type Clock,
  type EventStore,
  type MessageBus,
  type Region,
  type TenantId,
  type Transaction,
} from '@voltledger/kernel';
import { type PersonalData, type SubjectKeyring } from './subjects/ports';

/** PostgreSQL, through TypeORM's pool. Every service keeps to its own schema. */
export interface Database extends Transaction {
  /** Commits when `work` resolves, rolls back when it throws. READ COMMITTED. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
}

/** Whose network this process serves. */
export interface Scope {
  readonly tenant: TenantId;
  readonly region: Region;
}

/** Injection tokens of what `PlatformModule` provides everywhere. */
export const EVENT_STORE = Symbol('EventStore');
export const MESSAGE_BUS = Symbol('MessageBus');
export const DATABASE = Symbol('Database');
export const AGGREGATES = Symbol('Aggregates');
export const CLOCK = Symbol('Clock');
export const SCOPE = Symbol('Scope');
export const PERSONAL_DATA = Symbol('PersonalData');
/** `SubjectKeyring`; undefined where nothing is sealed. */
export const SUBJECT_KEYS = Symbol('SubjectKeys');

export interface PlatformTypes {
  readonly eventStore: EventStore;
  readonly messageBus: MessageBus;
  readonly database: Database;
  readonly aggregates: Aggregates;
  readonly clock: Clock;
  readonly scope: Scope;
  readonly personalData: PersonalData;
  readonly subjectKeys: SubjectKeyring | undefined;
}
