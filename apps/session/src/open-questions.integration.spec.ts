import { type StationEvent } from '@voltledger/contracts';
import { newUuid } from '@voltledger/platform';
import { at, eventually } from '@voltledger/testing';
import { RunningSessionService } from '../test/running-session-service';
import { partner, tokenOf, transaction } from '../test/transaction';
import { readConfig } from './config';
import { TracesWorker } from './inbound/traces.worker';

let service: RunningSessionService;

beforeAll(async () => {
  service = await RunningSessionService.start();
});
afterAll(() => service.close());
beforeEach(() => service.clock.set(at('10:00')));

describe('reports that are missing (OCPP-2.0.1-TX-08)', () => {
  /** Number 3 came, 1 and 2 did not; half a minute later the station was asked. */
  const asked = async () => {
    const { sessionId, stationId, ...tx } = transaction();
    await service.station(tx.start(undefined, { seqNo: 0 }));
    await service.station(tx.read('100.9', '10:03', { seqNo: 3 }));
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('ReportSetAside'),
    );
    service.clock.set(at('10:03'));
    service.clock.advance(31_000);
    const [question] = await eventually(() => {
      expect(service.commands({ sessionId })).toHaveLength(1);
      return service.commands({ sessionId });
    });
    expect(question).toMatchObject({ type: 'AskTransactionStatus', data: { transactionId: '7' } });
    const { commandId } = question!.data as { commandId: string };
    const told = (answer: { messagesWaiting: boolean; ongoing?: boolean }): StationEvent => ({
      type: 'OpenReportsTold',
      data: {
        ...{ stationId, commandId, sessionId, transactionId: '7', at: service.clock() },
        ...answer,
      },
    });
    return { sessionId, tx, told };
  };
  const doubts = async (sessionId: Parameters<typeof service.row>[0]) =>
    (await service.row(sessionId))?.doubts;

  it('are waited for no longer when the station has no more', async () => {
    const { sessionId, told } = await asked();
    await service.station(told({ messagesWaiting: false, ongoing: false }));
    await eventually(async () => expect(await doubts(sessionId)).toEqual(['gap']));
  });

  it('are waited for as long as the station has some', async () => {
    const { sessionId, tx, told } = await asked();
    await service.station(told({ messagesWaiting: true, ongoing: true }));
    await eventually(async () =>
      expect(
        await service.test.database.query(
          `select 1 from session.open_sessions
           where session_id = $1 and reports_expected_until is not null`,
          [sessionId],
        ),
      ).toHaveLength(1),
    );
    service.clock.set(at('10:11'));
    // Asked again after the usual wait; the gap would have been closed by now.
    await eventually(() => expect(service.commands({ sessionId })).toHaveLength(2));
    await service.station(tx.read('100.3', '10:01', { seqNo: 1 }));
    await service.station(tx.read('100.6', '10:02', { seqNo: 2 }));
    await eventually(async () =>
      expect(await service.row(sessionId)).toMatchObject({ energy_mwh: 900_000, doubts: [] }),
    );
  });
});

describe('a session whose token is refused', () => {
  it('is stopped when the refusal comes after the station let it start', async () => {
    const requestId = newUuid();
    await service.knows(tokenOf('LATENO01', { whitelist: 'NEVER', partner }));
    const { sessionId, ...tx } = transaction('LATENO01');
    await service.station(tx.start(requestId));
    await eventually(async () =>
      expect(await service.story(sessionId)).toContain('SessionStarted'),
    );
    await service.roaming({
      type: 'RoamingAuthorizationAnswered',
      data: {
        ...{ requestId, stationId: tx.stationId, at: service.clock() },
        answer: { status: 'refused', refusal: 'BLOCKED' },
      },
    });
    await eventually(() =>
      expect(service.commands({ sessionId })).toMatchObject([{ type: 'StopCharging' }]),
    );
  });

  it('is stopped when the station does not end it by itself; asked again, not for ever', async () => {
    await service.knows(tokenOf('BLOCKED1', { valid: false, partner }));
    const { sessionId, ...tx } = transaction('BLOCKED1');
    await service.station(tx.start(newUuid()));
    await eventually(async () =>
      expect(
        await service.test.database.query(
          `select 1 from session.open_sessions where session_id = $1 and stop_at is not null`,
          [sessionId],
        ),
      ).toHaveLength(1),
    );
    expect(service.commands({ sessionId })).toEqual([]);
    for (let tries = 1; tries <= 5; tries += 1) {
      service.clock.advance(301_000);
      await eventually(() => expect(service.commands({ sessionId })).toHaveLength(tries));
    }
    service.clock.advance(301_000);
    await eventually(async () =>
      expect(
        await service.test.database.query(
          `select 1 from session.open_sessions where session_id = $1 and stop_at is null`,
          [sessionId],
        ),
      ).toHaveLength(1),
    );
    expect(service.commands({ sessionId })).toHaveLength(5);
  });

  it('is left alone when it has ended by itself', async () => {
    await service.knows(tokenOf('BLOCKED2', { valid: false, partner }));
    const { sessionId, ...tx } = transaction('BLOCKED2');
    await service.station(tx.start(newUuid()));
    await service.station(tx.end('100', '10:00'));
    await eventually(async () => expect((await service.row(sessionId))?.status).toBe('ended'));
    expect(
      await service.test.database.query(
        `select 1 from session.open_sessions where session_id = $1`,
        [sessionId],
      ),
    ).toEqual([]);
  });
});

it('forgets questions, starts and stops that nobody answers any more, and no others', async () => {
  const { database } = service.test;
  const [old, fresh, open] = [newUuid(), newUuid(), newUuid()];
  await database.query(
    `insert into session.authorization_requests (request_id, station_id, token_uid, asked_at, until)
     values ($1, 'A', 'x', $4, null), ($2, 'A', 'x', $5, null), ($3, 'A', 'x', $4, '2100-01-01')`,
    [old, fresh, open, '2020-01-01T00:00:00Z', service.clock()],
  );
  await database.query(
    `insert into session.pending_stops (command_id, session_id, asked_at)
     values ($1, $1, '2020-01-01'), ($2, $2, $3)`,
    [old, fresh, service.clock()],
  );
  await new TracesWorker(database, service.clock, readConfig({})).run();
  const left = async (table: string, id: string) =>
    (await database.query<{ id: string }>(`select ${id} as id from session.${table}`)).map(
      (row) => row.id,
    );
  const requests = await left('authorization_requests', 'request_id');
  expect(requests).toEqual(expect.arrayContaining([fresh, open]));
  expect(requests).not.toContain(old);
  const stops = await left('pending_stops', 'command_id');
  expect(stops).toContain(fresh);
  expect(stops).not.toContain(old);
});
