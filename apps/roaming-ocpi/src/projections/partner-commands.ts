import { Inject, Injectable } from '@nestjs/common';
import { type SessionEvent, type SessionEventEnvelope } from '@voltledger/contracts';
import { type Instant, type PartnerId, type Transaction } from '@voltledger/kernel';
import { type CommandOutcome } from '@voltledger/ocpi';
import { DATABASE, type Database, PushQueue } from '@voltledger/platform';
import { pushTo } from './push-kinds';

type Result = CommandOutcome['result'];

/** A command that a partner gave and that was passed on. */
export interface PartnerCommand {
  readonly commandId: string;
  readonly partnerId: PartnerId;
  readonly responseUrl: string;
  /** The result is promised by then. */
  readonly until: Instant;
  readonly correlationId: string;
  readonly outcome?: Result | undefined;
}

interface Row {
  readonly command_id: string;
  readonly partner_id: PartnerId;
  readonly response_url: string;
  readonly until: Instant;
  readonly outcome: Result | null;
  readonly correlation_id: string;
}

/** OCPI-CMD-08, in the words of a station's answer. */
const RESULT_OF_START: Readonly<Record<StartRefusal, Result>> = {
  rejected: 'REJECTED',
  refused: 'REJECTED',
  offline: 'EVSE_INOPERATIVE',
  timeout: 'TIMEOUT',
  unknown: 'FAILED',
  error: 'FAILED',
};
const RESULT_OF_STOP: Readonly<Record<StopOutcome, Result>> = {
  accepted: 'ACCEPTED',
  rejected: 'REJECTED',
  offline: 'EVSE_INOPERATIVE',
  timeout: 'TIMEOUT',
  unknown: 'FAILED',
  error: 'FAILED',
};
type StartRefusal = Extract<SessionEvent, { type: 'StartRefused' }>['data']['reason'];
type StopOutcome = Extract<SessionEvent, { type: 'StopAnswered' }>['data']['outcome'];

/** What an event says of a command, if anything. */
export function commandResult({ type, data }: SessionEvent) {
  if (type === 'StartAccepted') return { commandId: data.startId, result: 'ACCEPTED' as const };
  if (type === 'StartRefused')
    return { commandId: data.startId, result: RESULT_OF_START[data.reason] };
  if (type === 'StopAnswered')
    return { commandId: data.commandId, result: RESULT_OF_STOP[data.outcome] };
  return undefined;
}

/** Table `commands`: partners' commands, each of which is answered once (OCPI-CMD-05). */
@Injectable()
export class PartnerCommands {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PushQueue) private readonly pushes: PushQueue,
  ) {}

  /** @returns false when this very command was given before. */
  async open(command: Omit<PartnerCommand, 'outcome'>, tx: Transaction): Promise<boolean> {
    const opened = await tx.query(
      `insert into roaming_ocpi.commands
         (command_id, partner_id, response_url, until, correlation_id)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning 1`,
      [
        command.commandId,
        command.partnerId,
        command.responseUrl,
        command.until,
        command.correlationId,
      ],
    );
    return opened.length > 0;
  }

  async project({ event }: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const result = commandResult(event);
    if (result) await this.settle(result.commandId, result.result, tx);
  }

  /** The station did not answer in time: the partner is told so (OCPI-CMD-09). */
  async expire(now: Instant, limit: number, tx: Transaction): Promise<number> {
    const late = await tx.query<{ command_id: string }>(
      `select command_id from roaming_ocpi.commands
       where outcome is null and until < $1 limit $2 for update skip locked`,
      [now, limit],
    );
    for (const { command_id } of late) await this.settle(command_id, 'TIMEOUT', tx);
    return late.length;
  }

  async find(commandId: string): Promise<PartnerCommand | undefined> {
    const [row] = await this.database.query<Row>(
      'select * from roaming_ocpi.commands where command_id = $1',
      [commandId],
    );
    return (
      row && {
        commandId: row.command_id,
        partnerId: row.partner_id,
        responseUrl: row.response_url,
        until: row.until,
        correlationId: row.correlation_id,
        outcome: row.outcome ?? undefined,
      }
    );
  }

  /** The first result counts: one that comes after a timeout was told is not told any more. */
  private async settle(commandId: string, outcome: Result, tx: Transaction): Promise<void> {
    const [row] = await tx.query<Row>(
      `update roaming_ocpi.commands set outcome = $2
       where command_id = $1 and outcome is null returning *`,
      [commandId, outcome],
    );
    if (!row) return;
    const cause = { id: commandId, correlationId: row.correlation_id };
    await this.pushes.enqueue(tx, [
      pushTo(row.partner_id, { kind: 'command-result', commandId }, cause),
    ]);
  }
}
