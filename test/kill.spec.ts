import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { energy, instantAt } from '@voltledger/kernel';
import {
  OperatorClient,
  SampleRoaming,
  type SimulatedStation,
  type SimulatedVersion,
  connectStation,
  eventually,
  ownUid,
  partnerUid,
  sampleStationId,
  stationDialects,
} from '@voltledger/testing';
import { FIRST_REGISTER, type IssuedCdr, plus } from './support/journey';
import { PlatformProcess } from './support/platform-process';

const STATIONS = 10;
const SESSIONS_EACH = 5;
const SESSIONS = STATIONS * SESSIONS_EACH;
const KILLS = 3;
/** Three readings 0.08 kWh apart. */
const SESSION_ENERGY = energy('0.24');
const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];

const now = () => instantAt(Date.now());

/** One car after the other; the station does not care whether anybody listens. */
async function chargeAll(station: SimulatedStation, number: number): Promise<void> {
  for (let session = 1; session <= SESSIONS_EACH; session += 1) {
    const uid = session % 2 === 0 ? ownUid(number) : partnerUid(number);
    let register = plus(FIRST_REGISTER, String(session));
    const transaction = await station.start({ token: { uid }, register, at: now() });
    for (let step = 1; step <= 3; step += 1) {
      await pause(1_000);
      register = plus(register, '0.08');
      await transaction.meter({ register, at: now() });
    }
    await transaction.stop({ register, at: now() });
  }
}

it('loses and doubles nothing when it is killed in the middle, again and again', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'voltledger-kill-'));
  const roaming = await SampleRoaming.start();
  const platform = new PlatformProcess(home, { ...roaming.settings, LOG_LEVEL: 'error' });
  let stations: SimulatedStation[] = [];
  try {
    await platform.start();
    const key = await eventually(() => readFileSync(path.join(home, 'admin-key'), 'utf8').trim());
    const operator = new OperatorClient(roaming.settings['OCPI_PUBLIC_URL'] ?? '', key);
    await roaming.introduce(operator, STATIONS);
    stations = await Promise.all(
      Array.from({ length: STATIONS }, async (_, index) => {
        const station = await connectStation({
          url: roaming.ocppUrl,
          identity: sampleStationId(index + 1),
          password: roaming.stationPassword,
          version: VERSIONS[index % VERSIONS.length]!,
          reconnectAfterMs: 250,
        });
        await station.boot();
        return station;
      }),
    );
    const charging = Promise.all(stations.map((station, index) => chargeAll(station, index + 1)));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await pause(randomInt(1_500, 6_000));
      await platform.kill();
      await platform.start();
    }
    await charging;

    const cdrs = await eventually(async () => {
      const issued = await operator.all<IssuedCdr>('cdrs');
      const held = await operator.all<unknown>('held-cdrs');
      expect({ issued: issued.length, held }).toEqual({ issued: SESSIONS, held: [] });
      return issued;
    }, 90_000);
    const sessions = await operator.all<{ sessionId: string; status: string }>('sessions');
    const atPartner = await eventually(() => {
      const { cdrs: copies } = roaming.partner.objects;
      const expected = cdrs.filter(({ cdr }) => cdr.authorization.payer.kind === 'ocpi');
      expect([...copies.keys()].sort()).toEqual(
        expected.map(({ cdr }) => cdr.cdrId.toLowerCase()).sort(),
      );
      return copies.size;
      // A push that was under way at a kill is taken up again when its lease is over: 2 minutes.
    }, 180_000);
    const { accounts } = await operator.get<{ accounts: { balance: string }[] }>('ledger/balance');
    const off = accounts.reduce((sum, { balance }) => sum + Math.round(Number(balance) * 1e6), 0);

    expect(sessions).toHaveLength(SESSIONS);
    expect(new Set(cdrs.map(({ cdr }) => cdr.sessionId)).size).toBe(SESSIONS);
    const wrong = cdrs.filter(({ cdr }) => cdr.energy !== SESSION_ENERGY);
    const stories = wrong.map(({ cdr }) => operator.get(`sessions/${cdr.sessionId}`));
    expect(await Promise.all(stories)).toEqual([]);
    expect(off).toBe(0);
    console.log(
      `${KILLS} kills during ${SESSIONS} sessions: ${cdrs.length} CDRs, ${atPartner} at the partner, ` +
        `0 lost, 0 doubled, books balanced`,
    );
    expect(await platform.stop()).toBe(0);
  } finally {
    await Promise.all(stations.map((station) => station.close()));
    await platform.kill();
    await roaming.close();
    rmSync(home, { recursive: true, force: true });
  }
}, 600_000);
