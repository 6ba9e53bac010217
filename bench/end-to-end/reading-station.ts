import { StationWire, partnerUid, sampleStationId } from '@voltledger/testing';

/** A station of the sample network whose driver is the partner's; it reads what it is told to read. */
export class ReadingStation {
  private transactionId = 0;

  private constructor(
    private readonly wire: StationWire,
    private readonly number: number,
  ) {}

  static async connected(url: string, number: number, password: string): Promise<ReadingStation> {
    const wire = await StationWire.open(
      { url, identity: sampleStationId(number), password, subprotocol: 'ocpp1.6' },
      () => Promise.resolve({}),
      () => undefined,
    );
    const station = new ReadingStation(wire, number);
    await wire.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'Bench' });
    return station;
  }

  async start(): Promise<void> {
    const { transactionId } = (await this.wire.call('StartTransaction', {
      ...{ connectorId: 1, idTag: partnerUid(this.number), meterStart: 0, timestamp: now() },
    })) as { transactionId: number };
    this.transactionId = transactionId;
  }

  /** @param tenths of a watt-hour since the start. */
  read(tenths: number): Promise<unknown> {
    const value = (tenths / 10).toFixed(1);
    const sample = { value, measurand: 'Energy.Active.Import.Register', unit: 'Wh' };
    return this.wire.call('MeterValues', {
      ...{ connectorId: 1, transactionId: this.transactionId },
      meterValue: [{ timestamp: now(), sampledValue: [sample] }],
    });
  }

  async stop(tenths: number): Promise<void> {
    await this.wire.call('StopTransaction', {
      ...{ transactionId: this.transactionId, timestamp: now() },
      meterStop: Math.ceil(tenths / 10),
    });
    await this.wire.close();
  }
}

const now = (): string => new Date().toISOString();
