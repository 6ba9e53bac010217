import { Inject, Injectable } from '@nestjs/common';
import {
  type Aggregates,
  type Cause,
  type Clock,
  type PartnerId,
  currently,
  decideOn,
} from '@voltledger/kernel';
import { AGGREGATES, CLOCK } from '@voltledger/platform';
import { type PartnerCommand, type PartnerState, partner } from '../domain/partner';
import { PartnerRecord } from '../outbound/partner-record';

type WithoutAt<Command> = Command extends unknown ? Omit<Command, 'at'> : never;
/** A command as it is given; the moment is added here. */
export type PartnerDecision = WithoutAt<PartnerCommand>;

/** Decides on a partner's stream and brings the row up to date before anybody is answered. */
@Injectable()
export class PartnerDecisions {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(PartnerRecord) private readonly record: PartnerRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError when the partner's state forbids it. */
  async decide(decision: PartnerDecision, cause: Cause): Promise<void> {
    const command = { ...decision, at: this.clock() } as PartnerCommand;
    await decideOn(this.aggregates, partner, command.partnerId, command, cause);
    await this.record.bringUpToDate(command.partnerId);
  }

  async state(partnerId: PartnerId): Promise<PartnerState> {
    return (await currently(this.aggregates, partner, partnerId)).state;
  }
}
