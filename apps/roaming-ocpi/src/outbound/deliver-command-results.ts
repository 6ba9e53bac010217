import { Inject, Injectable } from '@nestjs/common';
import { type Clock, millisBetween } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { OwnPlatform } from '../own-platform';
import { PartnerCommands } from '../projections/partner-commands';
import { type Deliver, deliveryOf, objectGone, refusedByUs } from './delivering';

/** Tells a partner what became of its command, bare, at the address it gave (OCPI-CMD-06). */
@Injectable()
export class DeliverCommandResults {
  private readonly lateAfterMillis: number;

  constructor(
    @Inject(PartnerCommands) private readonly commands: PartnerCommands,
    @Inject(OwnPlatform) private readonly own: OwnPlatform,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) { OCPI_RESULT_SECONDS_MAX }: Pick<Config, 'OCPI_RESULT_SECONDS_MAX'>,
  ) {
    this.lateAfterMillis = OCPI_RESULT_SECONDS_MAX * 1_000;
  }

  readonly result: Deliver<'command-result'> = async ({ commandId }, conversation) => {
    const command = await this.commands.find(commandId);
    if (!command?.outcome) return objectGone('The command');
    if (millisBetween(command.until, this.clock()) > this.lateAfterMillis)
      return refusedByUs('TOO_LATE', 'The partner could not be told while it still mattered.');
    const answer = await conversation.call({
      method: 'POST',
      url: command.responseUrl,
      body: conversation.version.commandOutcome({ result: command.outcome }),
      route: { from: this.own.mainParty, to: conversation.party },
      anyAnswer: true,
    });
    return deliveryOf(answer);
  };
}
