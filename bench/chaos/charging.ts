import { setTimeout as pause } from 'node:timers/promises';
import { type MilliWattHours, energy, instantAt } from '@voltledger/kernel';
import {
  type SampleRoaming,
  type SimulatedStation,
  type SimulatedVersion,
  connectStation,
  ownUid,
  partnerUid,
  sampleStationId,
  stationDialects,
} from '@voltledger/testing';

const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];
const READINGS = 4;
const STEP = energy('0.08');
const FIRST_REGISTER = energy('100');
const SECOND = 1_000;

export const SESSION_ENERGY = (READINGS * STEP) as MilliWattHours;

const now = () => instantAt(Date.now());
const plus = (register: MilliWattHours, more: MilliWattHours): MilliWattHours =>
  (register + more) as MilliWattHours;

/** A station with its drivers: of the partner and of our own, in turn. */
export class ChargingStation {
  private register: MilliWattHours = FIRST_REGISTER;

  private constructor(
    private readonly station: SimulatedStation,
    private readonly number: number,
  ) {}

  static async arrive(number: number, roaming: SampleRoaming): Promise<ChargingStation> {
    const station = await connectStation({
      url: roaming.ocppUrl,
      identity: sampleStationId(number),
      password: roaming.stationPassword,
      version: VERSIONS[number % VERSIONS.length] ?? '1.6',
      reconnectAfterMs: 500,
    });
    await station.boot();
    return new ChargingStation(station, number);
  }

  /** One car after the other; the station does not care whether anybody listens. */
  async charge(sessions: number, restSeconds: () => number, done: () => void): Promise<void> {
    for (let session = 1; session <= sessions; session += 1) {
      const uid = session % 2 === 0 ? ownUid(this.number) : partnerUid(this.number);
      const { register } = this;
      const transaction = await this.station.start({ token: { uid }, register, at: now() });
      for (let reading = 1; reading <= READINGS; reading += 1) {
        await pause(SECOND);
        this.register = plus(this.register, STEP);
        await transaction.meter({ register: this.register, at: now() });
      }
      await transaction.stop({ register: this.register, at: now() });
      done();
      await pause(restSeconds() * SECOND);
    }
  }

  leave(): Promise<void> {
    return this.station.close();
  }
}
