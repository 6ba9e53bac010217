import { setTimeout as pause } from 'node:timers/promises';
import { type MilliWattHours, energy, instantAt } from '@voltledger/kernel';
import { configFrom } from '@voltledger/platform';
import {
  type SimulatedStation,
  type SimulatedVersion,
  connectStation,
  eventually,
  partnerUid,
  sampleStationId,
  stationDialects,
} from '@voltledger/testing';
import { z } from 'zod';

const STARTING_MS_MAX = 300_000;
const RECONNECT_MS = 2_000;
const CHARGING_SECONDS = 20;
const REST_SECONDS = 20;
/** 240 kW. */
const DRAWN_PER_SECOND = 66_667;
const STATION = 1;

const settings = z.object({
  /** Without the identity. */
  OCPP_URL: z.url({ protocol: /^wss?$/ }),
  DEMO_STATION_PASSWORD: z.string().min(8),
});

/** A station at which the demo partner's driver charges again and again. */
async function main(): Promise<void> {
  const { OCPP_URL: url, DEMO_STATION_PASSWORD: password } = configFrom(settings, process.env);
  const identity = sampleStationId(STATION);
  const [version] = Object.keys(stationDialects) as SimulatedVersion[];
  if (!version) throw new Error('stations speak no version');
  const options = { url, identity, password, version, reconnectAfterMs: RECONNECT_MS };
  const station = await eventually(() => connectStation(options), STARTING_MS_MAX);
  await station.boot();
  let register = energy('1000');
  for (;;) {
    await station.status('free');
    register = await charge(station, register);
    await pause(REST_SECONDS * 1_000);
  }
}

/** @returns what the meter shows afterwards. */
async function charge(station: SimulatedStation, from: MilliWattHours): Promise<MilliWattHours> {
  const uid = partnerUid(STATION);
  const verdict = await station.authorize({ uid });
  if (verdict !== 'Accepted') {
    console.log(`the card is answered ${String(verdict)}`);
    return from;
  }
  await station.status('plugged');
  let register = from;
  const transaction = await station.start({ token: { uid }, register, at: now() });
  await station.status('charging');
  for (let second = 0; second < CHARGING_SECONDS; second += 1) {
    await pause(1_000);
    register = (register + DRAWN_PER_SECOND) as MilliWattHours;
    await transaction.meter({ register, at: now() });
  }
  await transaction.stop({ register, at: now() });
  console.log(`charged ${(register - from) / 1_000_000} kWh`);
  return register;
}

const now = () => instantAt(Date.now());

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
