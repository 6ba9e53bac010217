import { Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { DomainError, UnreadableMessage } from '@voltledger/kernel';
import { z } from 'zod';
import { type ParkedMessage, type ParkedMessages } from '../message-bus/parked-messages';
import { MESSAGE_BUS } from '../tokens';
import { Operation } from './operation';
import { OperatorApi } from './operator-api';
import { type Page, page, pageOf, pageQuery } from './page-of';
import { parsedBy } from './parsed-by';

const parkedId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const params = z.object({ id: parkedId });
const query = pageQuery.extend({ after: parkedId.optional() });

const summary = z.object({
  id: z.int(),
  group: z.string().describe('Who could not read it.'),
  reason: z.string(),
  topic: z.string(),
  type: z.string(),
  key: z.string(),
  messageId: z.string(),
  correlationId: z.string(),
  parkedAt: z.string().describe('RFC 3339, UTC'),
});
const details = summary.extend({ message: z.unknown() });
type Summary = z.output<typeof summary>;
type Details = z.output<typeof details>;

/** A bus that sets aside what a group cannot read. */
interface ParkingBus {
  readonly parked: Pick<ParkedMessages, 'list' | 'find' | 'replay' | 'discard'>;
}

@OperatorApi('parked-messages')
export class ParkedMessagesController {
  constructor(@Inject(MESSAGE_BUS) private readonly bus: ParkingBus) {}

  @Get()
  @Operation({
    summary: 'Lists messages that somebody could not read, oldest first',
    roles: ['viewer'],
    query,
    response: pageOf(summary),
  })
  async list(
    @Query(parsedBy(query)) { limit, after }: z.output<typeof query>,
  ): Promise<Page<Summary>> {
    const rows = await this.bus.parked.list(limit + 1, after);
    return page(rows, limit, (row) => String(row.parkedId), summaryOf);
  }

  @Get(':id')
  @Operation({
    summary: 'Shows a parked message whole',
    roles: ['operator', 'finance'],
    params,
    response: details,
  })
  async show(@Param('id', parsedBy(parkedId)) id: number): Promise<Details> {
    const parked = await this.bus.parked.find(id);
    if (!parked) throw notFound(id);
    return { ...summaryOf(parked), message: parked.message };
  }

  @Post(':id/replay')
  @Operation({
    summary: 'Gives a message to its group once more; it stays parked when that fails again',
    roles: ['operator', 'finance'],
    params,
    response: z.object({ replayed: z.literal(true) }),
    refusals: ['STILL_UNREADABLE', 'GROUP_NOT_HERE'],
  })
  async replay(@Param('id', parsedBy(parkedId)) id: number): Promise<{ replayed: true }> {
    if (!(await this.bus.parked.replay(id).catch(stillUnreadable(id)))) throw notFound(id);
    return { replayed: true };
  }

  @Delete(':id')
  @Operation({
    summary: 'Drops a message for good: its group will never see it',
    roles: [],
    params,
    response: z.object({ discarded: z.literal(true) }),
  })
  async discard(@Param('id', parsedBy(parkedId)) id: number): Promise<{ discarded: true }> {
    if (!(await this.bus.parked.discard(id))) throw notFound(id);
    return { discarded: true };
  }
}

const summaryOf = ({ parkedId: id, group, reason, parkedAt, message }: ParkedMessage): Summary => {
  const { topic, type, key, id: messageId, correlationId } = message;
  return { id, group, reason, topic, type, key, messageId, correlationId, parkedAt };
};

const notFound = (id: number) =>
  new DomainError('PARKED_MESSAGE_NOT_FOUND', 'There is no such parked message.', { id });

const stillUnreadable =
  (id: number) =>
  (error: unknown): never => {
    if (!(error instanceof UnreadableMessage)) throw error;
    throw new DomainError('STILL_UNREADABLE', error.message, { id });
  };
