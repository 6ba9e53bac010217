import { Inject, Injectable } from '@nestjs/common';
import { type RoamingEvent } from '@voltledger/contracts';
import { DATABASE, type Database } from '@voltledger/platform';
import { type PartnerCommand, PartnerCommands } from '../projections/partner-commands';
import { type News, RoamingNews } from './roaming-news';

export interface PassedOn {
  readonly command: Omit<PartnerCommand, 'outcome'>;
  readonly event: Extract<RoamingEvent, { type: 'RemoteStartRequested' | 'RemoteStopRequested' }>;
  readonly stationId: string;
  readonly causationId: string;
}

/** Passes partners' commands on to the sessions; the result comes back as an event. */
@Injectable()
export class RemoteCommands {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PartnerCommands) private readonly commands: PartnerCommands,
    @Inject(RoamingNews) private readonly news: RoamingNews,
  ) {}

  /** Once per command: the same request, sent again, starts nothing twice. */
  async passOn({ command, event, stationId, causationId }: PassedOn): Promise<void> {
    const { commandId, correlationId } = command;
    const news: News = { id: commandId, key: stationId, event, causationId, correlationId };
    await this.database.transaction(async (tx) => {
      if (await this.commands.open(command, tx)) await this.news.publish(news, tx);
    });
  }
}
