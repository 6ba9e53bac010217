import { type DynamicModule } from '@nestjs/common';
import { type z } from 'zod';
import { type Environment } from './config';

/** A numbered step of a service's schema. Steps are run once, in order, and never changed. */
export interface Migration {
  /** `<service>/<number>-<what>`, such as `session/001-tokens`. */
  readonly name: string;
  /** Statements, run in one transaction. */
  readonly up: readonly string[];
}

/** Names with their schema, such as `session.tokens`. */
export interface PersonalTables {
  /** Hold sealed values only: nothing is to be looked for. */
  readonly sealed?: readonly string[];
  /** A row that names the person goes as a whole. */
  readonly deleted?: readonly string[];
  /** `table: columns` that are computed from something personal, and emptied. */
  readonly emptied?: Readonly<Record<string, readonly string[]>>;
}

/** What the platform needs to run a service: alone in a process, or beside others. */
export interface ServiceDefinition {
  /** As in `apps/<name>`; its tables live in the schema of that name, with `_` for `-`. */
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** `DomainError` code to HTTP status, for the operator API. */
  readonly httpStatuses?: Readonly<Record<string, number>>;
  /** Such as `/ocpi/`: request bodies below arrive as text, for a protocol that reads them itself. */
  readonly rawBodyPrefixes?: readonly string[];
  /** The schema of its own settings, for `--help`. */
  readonly settings?: z.ZodType;
  /** Topics of other regions' cells that it reads too, as soon as `CELLS` names some. */
  readonly replicates?: readonly string[];
  /** Tables that are not simply searched when a person is erased (docs/decisions/055). */
  readonly personalTables?: PersonalTables;
  /** @throws ConfigurationError */
  readonly module: (environment: Environment) => DynamicModule;
}
