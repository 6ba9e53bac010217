import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { ReviewHeld } from '../commands/review-held';
import { type Config, GATEWAY_CONFIG } from '../config';

const EVERY_MS_MAX = 3_000;
/** Signs of life within the silence after which a gateway counts as dead. */
const SIGNS = 6;

@Worker()
export class PresenceWorker implements RecurringWork {
  readonly name = 'ocpp-gateway.presence';
  readonly every: number;

  constructor(
    @Inject(GATEWAY_CONFIG) { GATEWAY_SILENT_SECONDS }: Config,
    private readonly commands: CommandBus,
  ) {
    this.every = Math.min(EVERY_MS_MAX, (GATEWAY_SILENT_SECONDS * 1_000) / SIGNS);
  }

  async run(): Promise<boolean> {
    await this.commands.execute(new ReviewHeld());
    return false;
  }
}
