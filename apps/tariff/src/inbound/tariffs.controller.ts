import { Body, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { hashSchema, instantSchema, tariffId, tariffSchema } from '@voltledger/contracts';
import { type Cause, type TariffId } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  RequestCause,
  contentHash,
  page,
  pageOf,
  pageQuery,
  parsed,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { PublishTariff, WithdrawTariff } from '../commands/publish-tariff';
import { type TariffRow, listTariffs, tariffVersion } from '../tables/tariffs';
import { tariffUnknown } from './errors';

const params = z.object({ tariffId });
const draft = tariffSchema.omit({ updatedAt: true });
const shown = z.object({
  tariff: tariffSchema,
  version: z.int().positive(),
  contentHash: hashSchema,
  withdrawnAt: instantSchema.optional(),
});

@OperatorApi('tariffs')
export class TariffsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists tariffs',
    roles: ['viewer'],
    query: pageQuery,
    response: pageOf(shown),
  })
  async list(
    @Query(parsedBy(pageQuery)) { limit, after }: z.output<typeof pageQuery>,
  ): Promise<Page<object>> {
    const rows = await listTariffs(this.database, limit + 1, after);
    return page(rows, limit, ({ tariff }) => tariff.tariffId, answerFor);
  }

  @Get(':tariffId')
  @Operation({
    summary: 'Shows the last version of a tariff',
    roles: ['viewer'],
    params,
    response: shown,
    refusals: ['TARIFF_UNKNOWN'],
  })
  async show(@Param('tariffId', parsedBy(tariffId)) id: TariffId) {
    const row = await tariffVersion(this.database, id);
    if (!row) throw tariffUnknown(id);
    return answerFor(row);
  }

  @Put(':tariffId')
  @Operation({
    summary: 'Publishes a tariff, or the next version of it',
    roles: ['operator'],
    params,
    body: draft,
    response: shown,
    refusals: ['TARIFF_INVALID'],
  })
  async publish(
    @Param('tariffId', parsedBy(tariffId)) id: TariffId,
    @Body(parsedBy(draft)) body: z.output<typeof draft>,
    @RequestCause() cause: Cause,
  ) {
    parsed(z.object({ tariffId: z.literal(id, 'must be the id in the address') }), body, '(body)');
    const { tariff, version } = await this.commands.execute(new PublishTariff(body, cause));
    return { tariff, version, contentHash: contentHash(tariff) };
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

const answerFor = ({ tariff, version, withdrawnAt }: TariffRow) => ({
  ...{ tariff, version, contentHash: contentHash(tariff) },
  ...(withdrawnAt && { withdrawnAt }),
});
