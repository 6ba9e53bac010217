import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type TokenRef } from '@voltledger/contracts';
import { type Cause, type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, derivedUuid } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { evseUnknown, tokenBlocked, tokenUnknown } from '../domain/errors';
import { whitelisted } from '../domain/whitelist';
import { type EvseSearch } from '../tables/evses';
import { findToken } from '../tables/tokens';
import { RequestStart } from './request-start';

/** An operator starts a session for a driver whose token we know. Results in the start's id. */
export class OperatorStart extends Command<string> {
  constructor(
    readonly where: EvseSearch,
    readonly connectorId: string | undefined,
    readonly token: TokenRef,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(OperatorStart)
export class OperatorStartHandler implements ICommandHandler<OperatorStart> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  /** @throws DomainError TOKEN_UNKNOWN, TOKEN_BLOCKED, EVSE_UNKNOWN */
  async execute({ where, connectorId, token, cause }: OperatorStart): Promise<string> {
    const known = await findToken(this.database, token);
    if (!known) throw tokenUnknown({ ...token });
    if (!known.valid) throw tokenBlocked({ ...token });
    const startId = derivedUuid('operator-start', cause.causationId);
    const wanted = {
      ...{ startId, where, authorization: whitelisted(known, 'COMMAND') },
      ...(connectorId !== undefined && { connectorId }),
      until: plusMillis(this.clock(), this.config.OPERATOR_COMMAND_SECONDS * 1_000),
    };
    const outcome = await this.commands.execute(new RequestStart(wanted, cause));
    if (outcome === 'evse unknown') throw evseUnknown({ ...where });
    return startId;
  }
}
