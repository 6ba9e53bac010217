import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { hashSchema, instantSchema, pastSessionsSchema, tariffId } from '@voltledger/contracts';
import { type Cause, type Clock } from '@voltledger/kernel';
import {
  CLOCK,
  type Caller,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  RequestCaller,
  RequestCause,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { CancelSimulation, SimulateTariff } from '../commands/simulate-tariff';
import { CONFIG, type Config } from '../config';
import { differenceSummary } from '../tables/difference-summary';
import { listDifferences } from '../tables/session-differences';
import { type SimulationRow, listSimulations, simulationById } from '../tables/simulations';
import { simulationUnknown } from './errors';
import { differenceAnswer, progressAnswer, summaryAnswer } from './repricing-answers';
import { type RepricingBody, repricingBody, sessionsOf } from './repricing-body';
import { warningSchema } from './tariff-answer';
import { formatQuery, tariffOf } from './tariff-format';

/** The sessions that change most, in the answer itself; the list has all. */
const TOP = 20;

const params = z.object({ simulationId: z.uuid() });
const listQuery = pageQuery.extend({ after: z.uuid().optional() });
const headAnswer = progressAnswer.extend({
  simulationId: z.uuid(),
  state: z.enum(['cancelled', 'done', 'running']),
  tariffId,
  contentHash: hashSchema,
  sessions: pastSessionsSchema,
  by: z.string(),
  createdAt: instantSchema,
  finishedAt: instantSchema.optional(),
});
const fullAnswer = headAnswer
  .extend({
    ...summaryAnswer.shape,
    changeMost: z.array(differenceAnswer),
    warnings: z.array(warningSchema),
    afir: z.object({
      parts: z.array(z.string()).describe('Price parts in the order they are shown below 50 kW.'),
      findings: z
        .array(z.object({ field: z.string(), rule: z.string() }))
        .describe('Rules for ad hoc prices from 50 kW on that the tariff breaks.'),
    }),
  })
  .meta({ id: 'Simulation' });
type ListQuery = z.output<typeof listQuery>;

@OperatorApi('tariffs/simulations', 'tariffs')
export class SimulationsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  @Post()
  @Operation({
    summary: 'Prices real sessions of a period by a draft: nothing is changed by it',
    description:
      'Runs in the background: ask for it again to see how far it is. A session the draft is not ' +
      'for, by its validity or type, keeps its price and is counted apart.',
    roles: ['operator', 'finance'],
    query: formatQuery,
    body: repricingBody,
    response: z.object({ simulationId: z.uuid() }),
    status: 202,
    refusals: ['TARIFF_INVALID', 'TOO_MANY_SESSIONS', 'TOO_MANY_SIMULATIONS'],
  })
  async start(
    @Query(parsedBy(formatQuery)) { format }: z.output<typeof formatQuery>,
    @Body(parsedBy(repricingBody)) body: RepricingBody,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<{ simulationId: string }> {
    const tariff = tariffOf(body.tariff, format, this.config.TARIFF_PARTY, this.clock());
    const asked = new SimulateTariff(tariff, sessionsOf(body), caller.name, cause);
    return { simulationId: await this.commands.execute(asked) };
  }

  @Get()
  @Operation({
    summary: 'Lists simulations, the newest first',
    roles: ['viewer'],
    query: listQuery,
    response: pageOf(headAnswer),
  })
  async list(@Query(parsedBy(listQuery)) { limit, after }: ListQuery): Promise<Page<object>> {
    const rows = await listSimulations(this.database, limit + 1, after);
    return page(rows, limit, ({ simulationId }) => simulationId, headOf);
  }

  @Get(':simulationId')
  @Operation({
    summary: 'Shows how far a simulation is, and what the draft changes as far as it is known',
    roles: ['viewer'],
    params,
    response: fullAnswer,
    refusals: ['SIMULATION_UNKNOWN'],
  })
  async show(@Param('simulationId', parsedBy(z.uuid())) id: string) {
    const row = await simulationById(this.database, id);
    if (!row) throw simulationUnknown(id);
    const { warnings, afir: findings, parts } = row.asked;
    return {
      ...headOf(row),
      ...(await differenceSummary(this.database, id)),
      changeMost: await listDifferences(this.database, id, { limit: TOP }),
      ...{ warnings, afir: { parts, findings } },
    };
  }

  @Get(':simulationId/sessions')
  @Operation({
    summary: 'Lists what a draft changes per session, those that change most first',
    roles: ['viewer'],
    params,
    query: listQuery,
    response: pageOf(differenceAnswer),
  })
  async sessions(
    @Param('simulationId', parsedBy(z.uuid())) id: string,
    @Query(parsedBy(listQuery)) { limit, after }: ListQuery,
  ): Promise<Page<object>> {
    const rows = await listDifferences(this.database, id, {
      ...{ limit: limit + 1, ...(after !== undefined && { after }) },
    });
    return page(
      rows,
      limit,
      ({ sessionId }) => sessionId,
      (row) => row,
    );
  }

  @Post(':simulationId/cancellation')
  @Operation({
    summary: 'Cancels a simulation; one that is over stays as it is',
    roles: ['operator', 'finance'],
    params,
    status: 204,
    refusals: ['SIMULATION_UNKNOWN'],
  })
  async cancel(@Param('simulationId', parsedBy(z.uuid())) id: string): Promise<void> {
    await this.commands.execute(new CancelSimulation(id));
  }
}

const headOf = ({ asked, position: _position, ...row }: SimulationRow) => ({
  ...row,
  ...{ tariffId: asked.tariff.tariffId, contentHash: asked.contentHash },
  ...{ sessions: asked.sessions, by: asked.by },
});
