import {
  type SimulatedStation,
  type SimulatedTransaction,
  type SimulatedVersion,
  eventually,
  hubjectUid,
  ownUid,
  partnerUid,
  stationDialects,
} from '@voltledger/testing';
import {
  FIRST_REGISTER,
  type Journey,
  type NetworkStart,
  chargeBriefly,
  evseId,
  evseUid,
  startJourney,
} from './journey';

const VERSIONS = Object.keys(stationDialects) as SimulatedVersion[];

/** Plays a car that charges when a remote start comes. */
function chargesWhenAsked(station: SimulatedStation): Promise<SimulatedTransaction> {
  return new Promise((done) => {
    station.onRemoteStart = (request) => async () => {
      const transaction = await chargeBriefly((at) =>
        station.start({ ...request, register: FIRST_REGISTER, at }),
      );
      done(transaction);
    };
  });
}

/** The ways to start charging, and what becomes of each: the same, however the network runs. */
export function chargingJourneys(start: NetworkStart): void {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney(8, { start });
  }, 300_000);

  afterAll(() => journey.close());

  describe.each(VERSIONS)('with a station that speaks OCPP %s', (version) => {
    const offset = VERSIONS.indexOf(version) * 4;

    it('a driver of an OCPI partner charges by card, and the partner gets session and CDR', async () => {
      const number = offset + 1;
      const station = await journey.station(number, version);
      const uid = partnerUid(number);
      expect(await station.authorize({ uid })).toBe('Accepted');
      await chargeBriefly((at) => station.start({ token: { uid }, register: FIRST_REGISTER, at }));
      const [issued] = await journey.cdrsOf(number);
      const { objects } = journey.roaming.partner;
      const copy = await eventually(() => {
        const found = objects.cdrs.get(issued!.cdr.cdrId.toLowerCase());
        expect(found).toMatchObject({ total_energy: 0.3, session_id: issued!.cdr.sessionId });
        return found;
      });
      // 0.35 to start, 0.3 kWh at 0.49: 0.497 before tax; 19 % on top is 0.59143.
      expect(copy).toMatchObject({ total_cost: { excl_vat: 0.497, incl_vat: 0.5914 } });
      expect(objects.problems).toEqual([]);
    });

    it('a driver of an OCPI partner starts from an app', async () => {
      const number = offset + 2;
      const station = await journey.station(number, version);
      const charged = chargesWhenAsked(station);
      const { answer, result } = await journey.roaming.partner.startSession(partnerUid(number), {
        location_id: 'HARBOUR',
        evse_uid: evseUid(number),
      });
      expect(answer).toMatchObject({ data: { result: 'ACCEPTED' } });
      await expect(result).resolves.toMatchObject({ result: 'ACCEPTED' });
      await charged;
      const [issued] = await journey.cdrsOf(number);
      expect(issued!.cdr.authorization).toMatchObject({
        method: 'COMMAND',
        payer: { kind: 'ocpi' },
      });
    });

    it('a driver of a Hubject partner starts from an app, and Hubject gets one CDR', async () => {
      const number = offset + 3;
      const station = await journey.station(number, version);
      const charged = chargesWhenAsked(station);
      const started = await journey.roaming.hubject.remoteStart({ evseId: evseId(number) });
      expect(started).toMatchObject({ accepted: true, code: '000' });
      await charged;
      await journey.cdrsOf(number);
      await eventually(() => {
        const { cdrs } = journey.roaming.hubject.broker;
        const ours = cdrs.filter(({ SessionID }) => SessionID === started.sessionId);
        expect(ours).toMatchObject([{ ConsumedEnergy: 0.3 }]);
      });
    });

    it('a card that only Hubject knows charges, and our own customer does', async () => {
      const number = offset + 4;
      const station = await journey.station(number, version);
      for (const uid of [hubjectUid(number), ownUid(number)]) {
        expect(await station.authorize({ uid })).toBe('Accepted');
        await chargeBriefly((at) =>
          station.start({ token: { uid }, register: FIRST_REGISTER, at }),
        );
      }
      const kinds = (await journey.cdrsOf(number, 2)).map(
        ({ cdr }) => cdr.authorization.payer.kind,
      );
      expect(kinds.sort()).toEqual(['oicp', 'own']);
    });
  });

  it('refuses a card that nobody knows', async () => {
    const station = await journey.station(1, VERSIONS[0]!);
    expect(await station.authorize({ uid: 'FFFFFFFF' })).not.toBe('Accepted');
  });

  it('keeps books that balance', async () => {
    const { accounts } = await journey.operator.get<{ accounts: { balance: string }[] }>(
      'ledger/balance',
    );
    const micros = accounts.map(({ balance }) => Math.round(Number(balance) * 1e6));
    expect(micros.length).toBeGreaterThan(2);
    expect(micros.reduce((sum, each) => sum + each, 0)).toBe(0);
  });
}
