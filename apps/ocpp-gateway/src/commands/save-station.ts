import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId } from '@voltledger/kernel';
import { authenticationOff, passwordMissing } from '../domain/errors';
import { Credentials } from '../outbound/credentials';
import { type StationSettings, hasPassword, saveStation } from '../outbound/stations-table';
import { ThisGateway } from '../outbound/this-gateway';
import { LiveRecords } from './live-records';

export type { StationSettings };

/** The operator lets a station in, or changes how. Without a password the old one stays. */
export class SaveStation extends Command<{ readonly created: boolean }> {
  constructor(
    readonly stationId: StationId,
    readonly settings: StationSettings,
    readonly password: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(SaveStation)
export class SaveStationHandler implements ICommandHandler<SaveStation> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly credentials: Credentials,
    private readonly records: LiveRecords,
  ) {}

  /** @throws DomainError AUTHENTICATION_REQUIRED, PASSWORD_MISSING */
  async execute({ stationId, settings, password }: SaveStation): Promise<{ created: boolean }> {
    if (settings.securityProfile === 0 && !this.gateway.config.OCPP_ALLOW_UNAUTHENTICATED)
      throw authenticationOff();
    const hash = password === undefined ? undefined : await this.credentials.hash(password);
    const created = await this.gateway.database.transaction(async (tx) => {
      const made = await saveStation(tx, stationId, settings, hash, this.gateway.now());
      const needed = settings.securityProfile === 1 || settings.securityProfile === 2;
      if (needed && !(await hasPassword(tx, stationId))) throw passwordMissing(stationId);
      return made;
    });
    await this.records.reload([stationId]);
    return { created };
  }
}
