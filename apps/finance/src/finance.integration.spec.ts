import {
  type Cdr,
  type CdrEvent,
  type CellEvent,
  cdrEvents,
  cellEvents,
  messageFor,
} from '@voltledger/contracts';
import { type OutgoingMessage, currency, money } from '@voltledger/kernel';
import { ApiKeys, type RunningServices, newUuid, startServices } from '@voltledger/platform';
import {
  OperatorClient,
  type TestDatabase,
  at,
  createTestDatabase,
  eventually,
  roamingCdr,
} from '@voltledger/testing';
import { financeService } from './app.module';

let test: TestDatabase;
let running: RunningServices;
let operator: OperatorClient;

beforeAll(async () => {
  test = await createTestDatabase();
  const environment = { DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' };
  running = await startServices([financeService], { environment });
  const { key } = await running.app.get(ApiKeys).create('admin', ['admin']);
  operator = new OperatorClient(running.url, key);
});
afterAll(async () => {
  await running.close();
  await test.close();
});

const chains = new Map<string, { sequence: number; hash: string }>();
const hashOf = (region: string, sequence: number): string =>
  Buffer.from(`${region}${sequence}`).toString('hex').padEnd(64, '1');

function sealed(region: string) {
  const { sequence, hash: previousHash } = chains.get(region) ?? {
    sequence: 0,
    hash: '0'.repeat(64),
  };
  const next = { sequence: sequence + 1, hash: hashOf(region, sequence + 1) };
  chains.set(region, next);
  return { ...next, previousHash, contentHash: '2'.repeat(64) };
}

const origin = (region: string, key: string) => ({
  ...{ id: newUuid(), key, causationId: 'test', correlationId: 'test', recordedAt: at('12:00') },
  ...{ tenant: 'voltledger' as never, region: region as never },
});
const issued = (region: string, cdr: Cdr): OutgoingMessage => {
  const event: CdrEvent = { type: 'CdrIssued', data: { cdr, seal: sealed(region) } };
  return messageFor(cdrEvents, { ...origin(region, cdr.sessionId), event });
};
const moved = (event: CellEvent): OutgoingMessage =>
  messageFor(cellEvents, { ...origin('south', event.data.stationId), event });
const publish = (...messages: OutgoingMessage[]) => running.storage.bus.publish(messages);

const price = money('11.9', currency('EUR'));
const billed = {
  lines: [],
  beforeTaxes: money('10', currency('EUR')),
  taxes: [],
  afterTaxes: price,
};
const cdrOf = (rest: Partial<Cdr> = {}): Cdr =>
  roamingCdr({
    cdrId: `CDR-${newUuid().slice(0, 8)}` as never,
    sessionId: newUuid() as never,
    billed,
    ...rest,
  });
const figures = () => operator.get<{ cells: object[] }>('finance/cells');
const doubts = async () =>
  (await operator.all<{ cdrId: string; doubt: string | null }>('finance/cdrs'))
    .filter(({ doubt }) => doubt)
    .map(({ cdrId, doubt }) => [cdrId, doubt]);

it('joins the chains of all regions, each on its own, in whatever order their links come', async () => {
  const [first, second, third] = [1, 2, 3].map(() => issued('north', cdrOf()));
  await publish(third!, first!, issued('south', cdrOf()));
  await eventually(async () =>
    expect(await figures()).toMatchObject({
      cells: [
        { region: 'north', cdrs: 2, lastSequence: 3, missing: 1, broken: 0 },
        { region: 'south', cdrs: 1, missing: 0, broken: 0 },
      ],
    }),
  );
  await publish(second!, first!);
  await eventually(async () =>
    expect(await figures()).toMatchObject({ cells: [{ cdrs: 3, missing: 0, broken: 0 }, {}] }),
  );
});

it('finds a link that does not fit', async () => {
  chains.set('west', { sequence: 1, hash: hashOf('west', 1) });
  const second = issued('west', cdrOf());
  chains.set('west', { sequence: 0, hash: '0'.repeat(64) });
  const first = issued('west', cdrOf());
  const forged = {
    ...first,
    data: JSON.parse(
      JSON.stringify(first.data).replaceAll(hashOf('west', 1), '9'.repeat(64)),
    ) as object,
  };
  await publish(second, forged);
  await eventually(async () =>
    expect((await figures()).cells).toContainEqual(
      expect.objectContaining({ region: 'west', cdrs: 2, missing: 0, broken: 1 }),
    ),
  );
});

it('counts a session once, whoever bills it again, and shows what it left out', async () => {
  const before = await operator.get<{ turnover: object[] }>('finance/turnover');
  const cdr = cdrOf();
  const again = cdrOf({ sessionId: cdr.sessionId });
  await publish(issued('north', cdr));
  await eventually(async () => expect(await operator.get('finance/turnover')).not.toEqual(before));
  const once = await operator.get('finance/turnover');
  await publish(issued('south', again));
  await eventually(async () => expect(await doubts()).toEqual([[again.cdrId, 'billed-twice']]));
  expect(await operator.get('finance/turnover')).toEqual(once);
});

it('1.10: does not count what a region bills for a station after it left', async () => {
  const cdr = cdrOf();
  const { evseUid } = cdr.place.evse;
  const home = { region: 'south', epoch: 2 };
  await publish(
    moved({
      type: 'StationHomeMoved',
      data: {
        stationId: 'CS0001' as never,
        evseUids: [evseUid],
        home,
        by: 'operator',
        at: cdr.startedAt,
      },
    }),
  );
  await eventually(async () =>
    expect(await test.database.query('select region from finance.evse_homes')).toEqual([
      { region: 'south' },
    ]),
  );
  await publish(issued('north', cdr), issued('south', cdrOf()));
  await eventually(async () => expect(await doubts()).toContainEqual([cdr.cdrId, 'not-at-home']));
});

it('is the same after a rebuild', async () => {
  const shown = async () => [
    await figures(),
    await operator.get('finance/turnover'),
    (await doubts()).sort(),
  ];
  const before = await shown();
  await operator.post('finance/projections/cdrs/rebuild', {});
  await eventually(async () => expect(await shown()).toEqual(before));
});

it('adds up amounts to the last digit', async () => {
  const { turnover } = await operator.get<{
    turnover: { region: string; cdrs: number; afterTaxes: string }[];
  }>('finance/turnover');
  const south = turnover.find(({ region }) => region === 'south')!;
  expect(money(south.afterTaxes, price.currency).micros).toBe(price.micros * south.cdrs);
});
