import { setTimeout as pause } from 'node:timers/promises';
import { type MilliWattHours, energy, instantAt } from '@voltledger/kernel';
import {
  type SampleRoaming,
  type SimulatedStation,
  type SimulatedVersion,
  connectStation,
  hubjectUid,
  ownUid,
  partnerUid,
  sampleStationId,
  stationDialects,
} from '@voltledger/testing';

/** How a driver comes to charge in the demo. */
export type Way = 'OCPI card' | 'OCPI app' | 'Hubject card' | 'Hubject app' | 'own card';

const WAYS: readonly Way[] = ['OCPI card', 'Hubject card', 'OCPI app', 'Hubject app', 'own card'];
const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];
const CHARGING_SECONDS = 12;
/** 240 kW: some 67 Wh a second. */
const WATTS = 240_000;
const SECONDS_PER_HOUR = 3_600;
const FIRST_REGISTER = energy('1000');

export const wayOf = (number: number): Way => WAYS[(number - 1) % WAYS.length] ?? 'own card';

function versionOf(number: number): SimulatedVersion {
  const version = VERSIONS[number % VERSIONS.length];
  if (!version) throw new Error('stations speak no version');
  return version;
}

/** One station, and the car that charges at it, in real time. */
export class ChargingCar {
  private register: MilliWattHours = FIRST_REGISTER;

  private constructor(
    private readonly number: number,
    private readonly station: SimulatedStation,
    private readonly roaming: SampleRoaming,
  ) {}

  static async arriveAt(number: number, roaming: SampleRoaming): Promise<ChargingCar> {
    const station = await connectStation({
      url: roaming.ocppUrl,
      identity: sampleStationId(number),
      password: roaming.stationPassword,
      version: versionOf(number),
    });
    await station.boot();
    await station.status('free');
    return new ChargingCar(number, station, roaming);
  }

  /** Plugs in, charges, stops. Resolves when the station has told everything. */
  async charge(): Promise<void> {
    await this.station.status('plugged');
    const transaction = await this.start();
    await this.station.status('charging');
    for (let second = 1; second <= CHARGING_SECONDS; second += 1) {
      await pause(1_000);
      this.draw();
      await transaction.meter({ register: this.register, at: now(), power: WATTS });
    }
    this.draw();
    await transaction.stop({ register: this.register, at: now() });
    await this.station.status('free');
  }

  leave(): Promise<void> {
    return this.station.close();
  }

  private start() {
    switch (wayOf(this.number)) {
      case 'OCPI card':
        return this.withCard(partnerUid(this.number));
      case 'Hubject card':
        return this.withCard(hubjectUid(this.number));
      case 'own card':
        return this.withCard(ownUid(this.number));
      case 'OCPI app':
        return this.fromAfar(() =>
          this.roaming.partner.startSession(partnerUid(this.number), {
            location_id: 'HARBOUR',
            evse_uid: `EVSE-${String(this.number).padStart(4, '0')}`,
          }),
        );
      case 'Hubject app':
        return this.fromAfar(() =>
          this.roaming.hubject.remoteStart({
            evseId: `DE*VLT*E${String(this.number).padStart(4, '0')}*1`,
          }),
        );
    }
  }

  private async withCard(uid: string) {
    const verdict = await this.station.authorize({ uid });
    if (verdict !== 'Accepted') throw new Error(`card ${uid} was answered ${String(verdict)}`);
    return this.station.start({ token: { uid }, register: this.register, at: now() });
  }

  private fromAfar(ask: () => Promise<unknown>): ReturnType<SimulatedStation['start']> {
    return new Promise((started, failed) => {
      this.station.onRemoteStart = (request) => async () => {
        started(await this.station.start({ ...request, register: this.register, at: now() }));
      };
      ask().catch(failed);
    });
  }

  private draw(): void {
    const drawn = Math.round((WATTS * 1_000) / SECONDS_PER_HOUR);
    this.register = (this.register + drawn) as MilliWattHours;
  }
}

const now = () => instantAt(Date.now());
