import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError, type SessionId } from '@voltledger/kernel';
import { DATABASE, type Database } from '@voltledger/platform';
import {
  type TransparentValue,
  examine,
  formatOf,
  keyInside,
  transparencyXml,
} from '@voltledger/signed-meter-data';
import { hasStarted } from '../domain/session-state';
import { trustedKeys } from '../tables/meter-keys';
import { KeptRecords, type KeptRecord } from './kept-records';
import { Streams } from './streams';

/** The driver's proof: the signed records of a session as a file for the transparency software. */
export class ExportSignedData extends Command<string> {
  constructor(readonly sessionId: SessionId) {
    super();
  }
}

@CommandHandler(ExportSignedData)
export class ExportSignedDataHandler implements ICommandHandler<ExportSignedData> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly streams: Streams,
    private readonly records: KeptRecords,
  ) {}

  /** @throws DomainError SESSION_UNKNOWN, NO_SIGNED_DATA */
  async execute({ sessionId: id }: ExportSignedData): Promise<string> {
    const session = await this.streams.sessionNow(id);
    if (!hasStarted(session))
      throw new DomainError('SESSION_UNKNOWN', 'There is no such session.', { id });
    const records = await this.records.of(id);
    if (records.length === 0)
      throw new DomainError('NO_SIGNED_DATA', 'The station sent no signed records.', { id });
    const values: TransparentValue[] = [];
    for (const record of records)
      values.push(await this.valueOf(record, session.transactionId, records));
    return transparencyXml(values);
  }

  /** With the registered key; else the one that was sent along, for the reader to judge. */
  private async valueOf(
    record: KeptRecord,
    transactionId: string,
    all: readonly KeptRecord[],
  ): Promise<TransparentValue> {
    const { data, encodingMethod, publicKey } = record.signed;
    const { meterIds } = examine(data, encodingMethod, () => []);
    const [registered] = await trustedKeys(this.database, meterIds);
    return {
      ...{ transactionId, data, context: contextOf(record, all) },
      format: formatOf(data, encodingMethod) || encodingMethod,
      publicKey: registered?.publicKey ?? (publicKey || keyInside(data)),
    };
  }
}

/** A record that stands alone is that of the end: it holds begin and end (domain.md 3.8). */
function contextOf(record: KeptRecord, all: readonly KeptRecord[]): TransparentValue['context'] {
  if (record === all.at(-1)) return 'Transaction.End';
  return record === all[0] ? 'Transaction.Begin' : 'Sample.Periodic';
}
