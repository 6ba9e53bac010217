import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type StationId, type Transaction } from '@voltledger/kernel';
import { type BootAnswer } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { spreadInterval } from '../domain/boot-interval';
import { toldTheTime } from '../domain/station-clock';
import { LiveStations } from '../outbound/live-stations';
import { keepNotice } from '../outbound/notices-table';
import { StationEvents } from '../outbound/station-events';
import { StationReports } from '../outbound/station-reports';
import { keepBoot } from '../outbound/stations-table';
import { ThisGateway } from '../outbound/this-gateway';
import { type ReceivedReport } from './received-report';

/** A station tells who it is, and learns whether it is accepted. */
export class AnswerBoot extends Command<BootAnswer> {
  constructor(readonly received: ReceivedReport<'boot'>) {
    super();
  }
}

@CommandHandler(AnswerBoot)
export class AnswerBootHandler implements ICommandHandler<AnswerBoot> {
  constructor(
    private readonly gateway: ThisGateway,
    private readonly live: LiveStations,
    private readonly reports: StationReports,
    private readonly events: StationEvents,
  ) {}

  async execute({ received }: AnswerBoot): Promise<BootAnswer> {
    const { stationId, report, arrivedAt } = received;
    const live = this.live.require(stationId);
    const { registration, firmwareVersion: before } = live.record;
    await this.reports.writing(stationId, async (tx) => {
      await keepBoot(tx, stationId, { report, registration, at: arrivedAt });
      await keepNotice(tx, { ...received, payload: received.payload });
      if (before !== undefined && before !== report.firmwareVersion)
        await this.noteFirmware(tx, received, before);
      await this.publish(tx, received);
    });
    live.record = {
      ...live.record,
      bootedAs: registration,
      ...(report.firmwareVersion && { firmwareVersion: report.firmwareVersion }),
    };
    live.invited.clear();
    live.clock = toldTheTime(live.clock);
    return {
      registration,
      now: this.gateway.now(),
      intervalSeconds: this.interval(stationId, registration),
    };
  }

  private publish(
    tx: Transaction,
    { stationId, report, arrivedAt }: ReceivedReport<'boot'>,
  ): Promise<void> {
    const { vendor, model, serialNumber, firmwareVersion, reason } = report;
    const told = { vendor, model, serialNumber, firmwareVersion, reason };
    const id = newUuid();
    return this.events.publish(
      { type: 'StationBooted', data: { stationId, ...told, at: arrivedAt } },
      { id, correlationId: id },
      tx,
    );
  }

  private noteFirmware(
    tx: Transaction,
    { stationId, report, arrivedAt }: ReceivedReport<'boot'>,
    before: string,
  ): Promise<void> {
    const payload = { before, now: report.firmwareVersion ?? null };
    return keepNotice(tx, { stationId, action: 'FirmwareChanged', payload, arrivedAt });
  }

  private interval(stationId: StationId, registration: BootAnswer['registration']): number {
    const { OCPP_HEARTBEAT_SECONDS, OCPP_BOOT_RETRY_SECONDS } = this.gateway.config;
    return registration === 'accepted'
      ? spreadInterval(OCPP_HEARTBEAT_SECONDS, stationId)
      : OCPP_BOOT_RETRY_SECONDS;
  }
}
