import { Inject, Param, Post, type Type } from '@nestjs/common';
import { type MessageBus, type Transaction } from '@voltledger/kernel';
import { z } from 'zod';
import { Operation } from '../http/operation';
import { OperatorApi } from '../http/operator-api';
import { parsedBy } from '../http/parsed-by';
import { DATABASE, type Database, MESSAGE_BUS } from '../tokens';
import { beginRebuild } from './kept-rows';

/** A projection that can be built anew from the first message while the system runs (rule 7). */
export interface Rebuildable {
  /** The group that feeds it. */
  readonly group: string;
  /** Its table with the columns of a `Kept` row: each grows anew beside what readers go on seeing. */
  readonly keptIn?: string;
  /** Its tables that are emptied first: readers find them incomplete until it has caught up. */
  readonly emptied?: readonly string[];
  // Neither: what comes again finds what it wrote before, and leaves it.
}

export interface RebuildsControllerOptions {
  /** Below `/api/v1/`, such as `ocpi/projections`. */
  readonly path: string;
  readonly projections: Readonly<Record<string, Rebuildable>>;
}

/** The operator's way to rebuild a service's projections, for it to mount among its controllers. */
export function rebuildsController({ path, projections }: RebuildsControllerOptions): Type {
  const name = z.enum(Object.keys(projections) as [string, ...string[]]);

  @OperatorApi(path)
  class RebuildsController {
    constructor(
      @Inject(DATABASE) private readonly database: Database,
      @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    ) {}

    @Post(':name/rebuild')
    @Operation({
      summary: 'Builds a projection anew from the first message; nothing is sent meanwhile',
      description: `One of ${Object.keys(projections).join(', ')}. Everything goes on while it is under way.`,
      roles: ['admin'],
      params: z.object({ name }),
      response: z.object({ rebuilding: name }),
      status: 202,
    })
    async begin(@Param('name', parsedBy(name)) wanted: string) {
      const projection = projections[wanted];
      if (projection) await this.database.transaction((tx) => begin(projection, this.bus, tx));
      return { rebuilding: wanted };
    }
  }
  return RebuildsController;
}

async function begin(
  { group, keptIn, emptied = [] }: Rebuildable,
  bus: MessageBus,
  tx: Transaction,
): Promise<void> {
  await bus.rewind(group, tx);
  if (keptIn !== undefined) await beginRebuild(keptIn, tx);
  for (const table of emptied) await tx.query(`delete from ${table}`);
}
