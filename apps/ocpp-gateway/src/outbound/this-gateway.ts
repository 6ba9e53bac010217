import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Instant, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, SCOPE, type Scope } from '@voltledger/platform';
import { GATEWAY_CONFIG, type Config } from '../config';

/** This process among the gateways: its name, its settings, its clock and its tables. */
@Injectable()
export class ThisGateway {
  private signedAt: Instant | undefined;
  private signingSince: Instant | undefined;

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

  /** A sign of life of ours is written down. */
  signed(at: Instant): void {
    if (!this.signedAt || at > plusMillis(this.signedAt, this.silentMs)) this.signingSince = at;
    this.signedAt = at;
  }

  /**
   * A gateway that gave no sign of life since then is dead. Undefined when we cannot judge: as long
   * as our own signs did not come through, those of the others may have failed as well.
   */
  get aliveSince(): Instant | undefined {
    const now = this.now();
    const { signedAt, signingSince } = this;
    if (!signedAt || !signingSince || now > plusMillis(signedAt, this.silentMs)) return undefined;
    const since = plusMillis(now, -this.silentMs);
    return since < signingSince ? undefined : since;
  }

  private get silentMs(): number {
    return this.config.GATEWAY_SILENT_SECONDS * 1_000;
  }
}
