import { instantAt, plusMillis } from '@voltledger/kernel';
import {
  type SimulatedVersion,
  eventually,
  partnerUid,
  stationDialects,
} from '@voltledger/testing';
import { FIRST_REGISTER, type Journey, chargeBriefly, plus, startJourney } from './support/journey';

const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];
const HOUR = 3_600_000;

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney(8);
}, 120_000);

afterAll(() => journey.close());

describe.each(VERSIONS)('with a station that speaks OCPP %s', (version) => {
  const offset = VERSIONS.indexOf(version) * 4;

  it('takes what a station kept while it was offline, with the station’s own times', async () => {
    const number = offset + 1;
    const station = await journey.station(number, version);
    await station.goOffline();
    const at = instantAt(Date.now() - 5 * HOUR);
    const token = { uid: partnerUid(number) };
    const transaction = await station.start({ token, register: FIRST_REGISTER, at });
    await transaction.meter({ register: plus(FIRST_REGISTER, '20'), at: plusMillis(at, HOUR) });
    await transaction.stop({ register: plus(FIRST_REGISTER, '30'), at: plusMillis(at, 2 * HOUR) });
    await station.connect();
    const [issued] = await journey.cdrsOf(number);
    expect(issued!.cdr).toMatchObject({
      energy: 30_000_000,
      startedAt: at,
      endedAt: plusMillis(at, 2 * HOUR),
    });
  });

  it('goes on with the session of a station that reboots in the middle of it', async () => {
    const number = offset + 2;
    const station = await journey.station(number, version);
    const at = plusMillis(instantAt(Date.now()), -4_000);
    const token = { uid: partnerUid(number) };
    const transaction = await station.start({ token, register: FIRST_REGISTER, at });
    await station.reboot();
    await transaction.stop({ register: plus(FIRST_REGISTER, '0.3'), at: plusMillis(at, 4_000) });
    const [issued] = await journey.cdrsOf(number);
    expect(issued!.cdr.energy).toBe(300_000);
  });

  it('makes one session of reports whose answers were lost', async () => {
    const number = offset + 3;
    const station = await journey.station(number, version);
    const token = { uid: partnerUid(number) };
    station.loseAnswers(1);
    await chargeBriefly((at) => station.start({ token, register: FIRST_REGISTER, at }));
    const [issued] = await journey.cdrsOf(number);
    expect(issued!.cdr.energy).toBe(300_000);
  });

  it('brings each CDR once to a partner that was away, and forgot an answer', async () => {
    const number = offset + 4;
    const station = await journey.station(number, version);
    const token = { uid: partnerUid(number) };
    const { partner } = journey.roaming;
    await partner.down();
    await chargeBriefly((at) => station.start({ token, register: FIRST_REGISTER, at }));
    const [issued] = await journey.cdrsOf(number);
    partner.faults.plan({ kind: 'loses answer' }, { times: 1, module: 'cdrs' });
    await partner.up();
    await eventually(async () => {
      const [now] = await journey.cdrsOf(number);
      expect(now!.deliveries).toMatchObject([{ outcome: 'delivered' }]);
    }, 60_000);
    const id = issued!.cdr.cdrId.toLowerCase();
    expect([...partner.objects.cdrs.keys()].filter((each) => each === id)).toHaveLength(1);
    expect(partner.objects.problems).toEqual([]);
  }, 90_000);
});
