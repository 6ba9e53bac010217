import { newUuid } from '@voltledger/platform';
import { eventually, at, sampleLocation, sampleToken } from '@voltledger/testing';
import { type ApiAnswer, RunningSessionService } from '../test/running-session-service';
import { transaction } from '../test/transaction';

let service: RunningSessionService;
let operator: (method: string, path: string, body?: object) => Promise<ApiAnswer>;

beforeAll(async () => {
  service = await RunningSessionService.start();
  operator = await service.operator('operator');
  await service.location({ type: 'LocationChanged', data: { location: sampleLocation(2) } });
  await eventually(async () =>
    expect(await service.test.database.query(`select 1 from session.evses`)).toHaveLength(2),
  );
});
afterAll(() => service.close());

describe('tokens of our own customers', () => {
  const { uid: _uid, type: _type, ...card } = sampleToken('04AABBCC');

  it('are kept, found without regard to case, blocked and listed (OCPP-J-AUTH-02)', async () => {
    const put = await operator('PUT', 'tokens/RFID/04AABBCC', card);
    expect(put).toMatchObject({ status: 200, body: { uid: '04AABBCC', valid: true } });
    expect(await operator('GET', 'tokens/RFID/04aabbcc')).toMatchObject({ status: 200 });
    expect(await operator('PUT', 'tokens/RFID/04aabbcc', card)).toMatchObject({ status: 200 });
    expect(await operator('POST', 'tokens/RFID/04AABBCC/block')).toMatchObject({
      body: { valid: false },
    });
    const { body } = await operator('GET', 'tokens?own=true');
    expect(body.items).toMatchObject([{ uid: '04aabbcc', valid: false }]);
    expect(await operator('POST', 'tokens/RFID/04AABBCC/unblock')).toMatchObject({
      body: { valid: true },
    });
  });

  it('come in pages, each token once', async () => {
    for (const number of [1, 2, 3]) await operator('PUT', `tokens/RFID/PAGE 0${number}`, card);
    const seen: (string | undefined)[] = [];
    let after = '';
    do {
      const { body } = await operator('GET', `tokens?limit=2${after}`);
      seen.push(...body.items.map(({ uid }) => uid));
      after = body.next ? `&after=${encodeURIComponent(body.next)}` : '';
    } while (after !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['PAGE 01', 'PAGE 02', 'PAGE 03']));
  });

  it.each([
    ['GET', 'tokens/RFID/NOBODY', undefined, 404],
    ['GET', 'tokens/CARD/04AABBCC', undefined, 400],
    ['PUT', 'tokens/RFID/X', { valid: 'yes' }, 400],
    ['GET', 'tokens?after=nonsense', undefined, 400],
    ['GET', 'sessions?after=nonsense', undefined, 400],
    ['GET', `sessions/${newUuid()}`, undefined, 404],
    ['GET', `starts/${newUuid()}`, undefined, 404],
    ['POST', `sessions/${newUuid()}/stop`, undefined, 404],
    ['POST', 'sessions', { token: { uid: '04AABBCC', type: 'RFID' } }, 400],
    ['POST', 'sessions', { evseUid: 'NOWHERE', token: { uid: '04AABBCC', type: 'RFID' } }, 404],
    ['POST', 'sessions', { evseUid: 'EVSE-0001', token: { uid: 'NOBODY', type: 'RFID' } }, 404],
    ['POST', 'session/projections/sessions/rebuild', undefined, 403],
  ])('%s %s %j is answered with %i', async (method, path, body, status) =>
    expect((await operator(method, path, body)).status).toBe(status),
  );
});

describe('a session started and stopped by an operator', () => {
  it('can be followed from the wish to the end', async () => {
    await operator('PUT', 'tokens/RFID/04DDEEFF', {
      ...{ contractId: 'DE-VLT-C04DDEEFF', issuer: 'Voltledger Charging' },
      ...{ valid: true, whitelist: 'ALWAYS' },
    });
    const start = await operator('POST', 'sessions', {
      ...{ stationId: 'CS0001', token: { uid: '04DDEEFF', type: 'RFID' } },
    });
    expect(start.status).toBe(202);
    const { startId } = start.body;
    await eventually(() => expect(service.commands({ commandId: startId })).toHaveLength(1));
    expect(await operator('GET', `starts/${startId}`)).toMatchObject({
      body: { status: 'requested' },
    });
    const tx = transaction('04DDEEFF');
    const { sessionId } = tx;
    const there = { stationId: 'CS0001' as never };
    await service.station(tx.start(undefined, there));
    await eventually(async () =>
      expect(await operator('GET', `starts/${startId}`)).toMatchObject({
        body: { status: 'fulfilled', sessionId },
      }),
    );
    await service.station(tx.read('100.5', '10:01', there));
    await eventually(async () =>
      expect((await operator('GET', `sessions/${sessionId}`)).body).toMatchObject({
        ...{ status: 'active', kilowattHours: '0.500000', evseUid: 'EVSE-0001' },
        ...{ contractId: 'DE-VLT-C04DDEEFF', payer: { kind: 'own' }, startedAt: at('10:00') },
      }),
    );
    expect((await operator('GET', 'sessions?status=active')).body.items).toHaveLength(1);
    const stop = await operator('POST', `sessions/${sessionId}/stop`);
    expect(stop.status).toBe(202);
    await eventually(() =>
      expect(service.commands({ commandId: stop.body.commandId })).toMatchObject([
        { type: 'StopCharging', data: { sessionId, transactionId: '7' } },
      ]),
    );
    await service.station(tx.end('101', '10:02', there));
    await eventually(async () =>
      expect((await operator('GET', `sessions/${sessionId}`)).body).toMatchObject({
        ...{ status: 'ended', kilowattHours: '1.000000' },
      }),
    );
    expect((await operator('POST', `sessions/${sessionId}/stop`)).status).toBe(409);
  });
});
