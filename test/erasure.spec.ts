import { eventually, hubjectUid, ownUid, partnerUid } from '@voltledger/testing';
import { FIRST_REGISTER, type Journey, chargeBriefly, startJourney } from './support/journey';
import { leaksInTables } from './support/find-plaintext';

const PATIENCE_MS = 90_000;

interface Erasure {
  readonly erasureId: string;
  readonly state: string;
  readonly reasons: readonly { readonly code: string }[];
}

let journey: Journey;

beforeAll(async () => {
  const settings = { SUBJECT_KEY_SECONDS_MAX: '1', BILLING_ERASURE_REST_MS: '50' };
  journey = await startJourney(4, { settings });
}, 120_000);

afterAll(() => journey.close());

const erase = (uid: string) => journey.operator.post<Erasure>('subjects/erasures', { uid });

const completed = ({ erasureId }: Erasure) =>
  eventually(async () => {
    const erasure = await journey.operator.get<Erasure>(`subjects/erasures/${erasureId}`);
    expect(erasure).toMatchObject({ state: 'completed', reasons: [] });
  }, PATIENCE_MS);

async function charges(number: number, uid: string): Promise<void> {
  const station = await journey.station(number, '1.6');
  expect(await station.authorize({ uid })).toBe('Accepted');
  await chargeBriefly((at) => station.start({ token: { uid }, register: FIRST_REGISTER, at }));
  await journey.cdrsOf(number);
}

it('erases the drivers that were asked for, and nobody else (domain.md 1.14)', async () => {
  const gone = [partnerUid(1), hubjectUid(2), ownUid(3)];
  await Promise.all(gone.map((uid, index) => charges(index + 1, uid)));
  await charges(4, ownUid(4));
  expect(await leaksInTables(journey.database, [ownUid(4)])).not.toEqual([]);
  await Promise.all((await Promise.all(gone.map(erase))).map(completed));
  expect(await leaksInTables(journey.database, gone)).toEqual([]);
}, 180_000);
