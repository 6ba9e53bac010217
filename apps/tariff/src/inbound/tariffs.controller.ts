import { Body, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { tariffId } from '@voltledger/contracts';
import { type Cause, type Clock, type TariffId } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  RequestCause,
  page,
  pageOf,
  pageQuery,
  parsed,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { PublishTariff, WithdrawTariff } from '../commands/publish-tariff';
import { CONFIG, type Config } from '../config';
import { listTariffs, tariffVersion } from '../tables/tariffs';
import { tariffUnknown } from './errors';
import { answerIn, tariffAnswer, warningSchema } from './tariff-answer';
import { anyTariff, formatQuery, tariffIn } from './tariff-format';

const params = z.object({ tariffId });
const listQuery = pageQuery.extend(formatQuery.shape);
const showQuery = formatQuery.extend({ version: z.coerce.number().int().positive().optional() });
type ListQuery = z.output<typeof listQuery>;
type ShowQuery = z.output<typeof showQuery>;

@OperatorApi('tariffs')
export class TariffsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists tariffs, the last version of each',
    roles: ['viewer'],
    query: listQuery,
    response: pageOf(tariffAnswer),
  })
  async list(
    @Query(parsedBy(listQuery)) { limit, after, format }: ListQuery,
  ): Promise<Page<object>> {
    const rows = await listTariffs(this.database, limit + 1, after);
    return page(rows, limit, ({ tariff }) => tariff.tariffId, answerIn(format));
  }

  @Get(':tariffId')
  @Operation({
    summary: 'Shows the last version of a tariff, or an earlier one',
    roles: ['viewer'],
    params,
    query: showQuery,
    response: tariffAnswer,
    refusals: ['TARIFF_UNKNOWN', 'TARIFF_NOT_EXPRESSIBLE'],
  })
  async show(
    @Param('tariffId', parsedBy(tariffId)) id: TariffId,
    @Query(parsedBy(showQuery)) { format, version }: ShowQuery,
  ) {
    const row = await tariffVersion(this.database, id, version);
    if (!row) throw tariffUnknown(id);
    return answerIn(format)(row);
  }

  @Put(':tariffId')
  @Operation({
    summary: 'Publishes a tariff, or the next version of it',
    description:
      'Sessions under way keep the version they started under. `updatedAt` is set by us. ' +
      'Warnings name what is allowed but odd.',
    roles: ['operator'],
    params,
    query: formatQuery,
    body: anyTariff,
    response: tariffAnswer.extend({ warnings: z.array(warningSchema) }),
    refusals: ['TARIFF_INVALID'],
  })
  async publish(
    @Param('tariffId', parsedBy(tariffId)) id: TariffId,
    @Query(parsedBy(formatQuery)) { format }: z.output<typeof formatQuery>,
    @Body() body: unknown,
    @RequestCause() cause: Cause,
  ) {
    const reading = tariffIn(format, this.config.TARIFF_PARTY, this.clock()).refine(
      (tariff) => tariff.tariffId === id,
      'must have the id of the address',
    );
    const { updatedAt: _updatedAt, ...draft } = parsed(reading, body, '(body)');
    const { warnings, ...published } = await this.commands.execute(new PublishTariff(draft, cause));
    return { ...answerIn(format)(published), warnings };
  }

  @Post(':tariffId/withdraw')
  @Operation({
    summary: 'Withdraws a tariff: no session starts under it any more',
    roles: ['operator'],
    params,
    status: 204,
    refusals: ['TARIFF_UNKNOWN', 'TARIFF_WITHDRAWN'],
  })
  async withdraw(
    @Param('tariffId', parsedBy(tariffId)) id: TariffId,
    @RequestCause() cause: Cause,
  ): Promise<void> {
    await this.commands.execute(new WithdrawTariff(id, cause));
  }
}
