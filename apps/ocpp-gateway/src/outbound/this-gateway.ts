import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Instant, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, SCOPE, type Scope } from '@voltledger/platform';
import { GATEWAY_CONFIG, type Config } from '../config';

/** A gateway that has been silent for so long holds no station any more. */
const SILENT_MS = 20_000;

/** This process among the gateways: its name, its settings, its clock and its tables. */
@Injectable()
export class ThisGateway {
  constructor(
    @Inject(GATEWAY_CONFIG) readonly config: Config,
    @Inject(CLOCK) readonly now: Clock,
    @Inject(DATABASE) readonly database: Database,
    @Inject(SCOPE) private readonly scope: Scope,
  ) {}

  get region(): string {
    return this.scope.region;
  }

  get name(): string {
    return this.config.GATEWAY_INSTANCE;
  }

  /** A gateway that gave no sign of life since then is dead. */
  get aliveSince(): Instant {
    return plusMillis(this.now(), -SILENT_MS);
  }
}
