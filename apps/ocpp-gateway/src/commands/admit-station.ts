import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId, epochMillis } from '@voltledger/kernel';
import { type OcppVersion, ocppVersions } from '@voltledger/ocpp';
import { LOGGER, type Logger } from '@voltledger/platform';
import {
  authenticationOff,
  credentialsWrong,
  encryptionRequired,
  stationElsewhere,
  stationUnknown,
  subprotocolUnsupported,
} from '../domain/errors';
import { LoginAttempts } from '../domain/login-attempts';
import { Credentials } from '../outbound/credentials';
import { keepNotice } from '../outbound/notices-table';
import { type StationRecord } from '../outbound/station-record';
import { StationRegistry } from '../outbound/station-registry';
import { ThisGateway } from '../outbound/this-gateway';

export interface Caller {
  readonly stationId: StationId;
  readonly address: string;
  readonly encrypted: boolean;
  /** As it came in Basic credentials; absent when none came, or those of another user. */
  readonly password?: Buffer;
  /** Of a certificate that was checked (security profile 3). */
  readonly certificateName?: string;
  /** Subprotocols offered. */
  readonly offered: readonly string[];
}

export interface Admission {
  readonly record: StationRecord;
  readonly version: OcppVersion;
}

/** The station is who its certificate says; there is no password. */
const CERTIFICATE_PROFILE = 3;

/** Failures in a row that are told to people. */
const ALARMING = 5;

/** A station wants to connect. Refused with a `DomainError` that says no more than it must. */
export class AdmitStation extends Command<Admission> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@CommandHandler(AdmitStation)
export class AdmitStationHandler implements ICommandHandler<AdmitStation> {
  private readonly attempts = new LoginAttempts();

  constructor(
    private readonly gateway: ThisGateway,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly registry: StationRegistry,
    private readonly credentials: Credentials,
  ) {}

  async execute({ caller }: AdmitStation): Promise<Admission> {
    const record = await this.registry.find(caller.stationId);
    await this.authenticate(caller, record);
    if (!record) throw stationUnknown(caller.stationId);
    if (record.home && record.home.region !== this.gateway.region)
      throw stationElsewhere(record.home.region);
    const { securityProfile } = record;
    if (securityProfile >= 2 && !caller.encrypted) throw encryptionRequired(securityProfile);
    return { record, version: chosenVersion(record, caller) };
  }

  private async authenticate(caller: Caller, record: StationRecord | undefined): Promise<void> {
    if (record?.securityProfile === 0) {
      if (!this.gateway.config.OCPP_ALLOW_UNAUTHENTICATED) throw authenticationOff();
      return;
    }
    if (record?.securityProfile === CERTIFICATE_PROFILE) {
      if (caller.certificateName === caller.stationId) return;
      await this.failed(caller, record);
      throw credentialsWrong();
    }
    if (await this.knowsPassword(caller, record?.passwordHash)) return;
    await this.failed(caller, record);
    if (record) throw credentialsWrong();
  }

  /** Takes as long for a station that does not exist (OCPP-J-CONN-04). */
  private async knowsPassword(
    { password = Buffer.alloc(0), address, stationId }: Caller,
    hash: string | undefined,
  ): Promise<boolean> {
    // The right station is let in at once, whoever else has failed in its name (OCPP-J-SEC-05).
    if (hash !== undefined && this.credentials.known(password, hash)) return true;
    await pause(this.attempts.waitFor(address, stationId, this.now()));
    const right = await this.credentials.verify(password, hash);
    if (right) this.attempts.succeeded(address, stationId);
    return right;
  }

  private async failed(
    { address, stationId }: Caller,
    record: StationRecord | undefined,
  ): Promise<void> {
    const failures = this.attempts.failed(address, stationId, this.now());
    if (failures % ALARMING !== 0) return;
    this.logger.warn({ stationId, address, failures }, 'repeated wrong logins of a station');
    if (!record) return;
    const payload = { address, failures };
    const arrivedAt = this.gateway.now();
    await keepNotice(this.gateway.database, {
      stationId,
      action: 'LoginsFailed',
      payload,
      arrivedAt,
    });
  }

  private now = (): number => epochMillis(this.gateway.now());
}

/** OCPP-J-CONN-05 to -08: the best of ours that the station offers and may speak. */
function chosenVersion(record: StationRecord, { offered, stationId }: Caller): OcppVersion {
  const { subprotocols, defaultSubprotocol, securityProfile } = record;
  const allowed = [...ocppVersions.values()].filter(
    (version) =>
      (subprotocols?.includes(version.subprotocol) ?? true) &&
      version.securityProfiles.includes(securityProfile) &&
      version.allowsIdentity(stationId),
  );
  const wanted = offered.length > 0 ? offered : [defaultSubprotocol];
  const chosen = allowed.find(({ subprotocol }) => wanted.includes(subprotocol));
  if (!chosen) throw subprotocolUnsupported(allowed.map(({ subprotocol }) => subprotocol));
  return chosen;
}
