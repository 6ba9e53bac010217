import { type EventStore, RevisionConflict } from '@voltledger/kernel';
import {
  type EventStoreUnderTest,
  OpenedStores,
  counted,
  metadata,
  newStream,
  numbersOf,
  numbersUpTo,
} from './event-store-under-test';
import { subscriptionContract } from './event-store-subscription.contract';

/** What every `EventStore` must do, whatever it is made of. */
export function eventStoreContract(name: string, start: () => Promise<EventStoreUnderTest>): void {
  describe(`${name}, an event store`, () => {
    let test: EventStoreUnderTest;
    let store: EventStore;
    const stores = new OpenedStores(() => test);

    beforeAll(async () => {
      test = await start();
    });
    beforeEach(async () => {
      ({ store } = await stores.open());
    });
    afterEach(() => stores.close());
    afterAll(() => test.close());

    describe('append', () => {
      it('begins a stream and gives back what was written', async () => {
        const to = newStream();
        const about = metadata();
        expect(await store.append(to, 0, counted(2), about)).toEqual({
          revision: 2,
          repeated: false,
        });
        const [first, second] = await store.read(to);
        expect(first).toMatchObject({
          stream: to,
          revision: 1,
          type: 'Counted',
          data: { number: 1 },
          metadata: about,
          recordedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        });
        expect(second?.revision).toBe(2);
        expect(second?.id).not.toBe(first?.id);
      });

      it('keeps every character that JSON can hold', async () => {
        const to = newStream();
        const data = {
          text: 'nul \u0000, half \ud83d, whole 🔌, quote " and \\',
          deep: [[{}], 1.5],
        };
        await store.append(to, 0, [{ type: 'Noted', data }], metadata());
        expect((await store.read(to))[0]?.data).toEqual(data);
      });

      it('goes on where a stream ends', async () => {
        const to = newStream();
        await store.append(to, 0, counted(1), metadata());
        await store.append(to, 1, counted(2, 2), metadata());
        expect(numbersOf(await store.read(to))).toEqual([1, 2, 3]);
      });

      it.each([
        ['a stream that exists already', 0],
        ['a revision that is past', 1],
        ['a revision that is still to come', 3],
      ])('refuses %s', async (_what, expected) => {
        const to = newStream();
        await store.append(to, 0, counted(2), metadata());
        const refused = store.append(to, expected, counted(1), metadata());
        await expect(refused).rejects.toThrow(RevisionConflict);
        await expect(refused).rejects.toMatchObject({ stream: to, expected, actual: 2 });
        expect(await store.read(to)).toHaveLength(2);
      });

      it('lets exactly one of several writers win', async () => {
        const to = newStream();
        const { store: other } = await stores.open();
        const writers = Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? store : other).append(to, 0, counted(2), metadata()),
        );
        const outcomes = await Promise.allSettled(writers);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await store.read(to)).toHaveLength(2);
      });

      it('answers the same cause once, and tells the earlier outcome', async () => {
        const to = newStream();
        await store.append(to, 0, counted(2), metadata('the cause'));
        await store.append(to, 2, counted(1, 3), metadata());
        const repeated = { revision: 2, repeated: true };
        expect(await store.append(to, 3, counted(2), metadata('the cause'))).toEqual(repeated);
        expect(await store.append(to, 0, counted(2), metadata('the cause'))).toEqual(repeated);
        expect(await store.read(to)).toHaveLength(3);
      });

      it('answers the same cause once even when it arrives twice at a time', async () => {
        const to = newStream();
        const { store: other } = await stores.open();
        const outcomes = await Promise.all(
          [store, other, store, other].map((each) =>
            each.append(to, 0, counted(1), metadata('the cause')),
          ),
        );
        expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
        expect(await store.read(to)).toHaveLength(1);
      });

      it('lets other streams answer the same cause', async () => {
        const [one, other] = [newStream(), newStream()];
        await store.append(one, 0, counted(1), metadata('the cause'));
        const outcome = await store.append(other, 0, counted(1), metadata('the cause'));
        expect(outcome.repeated).toBe(false);
      });
    });

    describe('read', () => {
      it('gives nothing for a stream that does not exist', async () => {
        expect(await store.read(newStream())).toEqual([]);
      });

      it('reads 1,000 events in pages, in order', async () => {
        const to = newStream();
        for (let at = 0; at < 1_000; at += 250)
          await store.append(to, at, counted(250, at + 1), metadata());
        expect(numbersOf(await store.read(to, 0, 600))).toEqual(numbersUpTo(600));
        expect(numbersOf(await store.read(to, 600, 600))).toEqual(numbersUpTo(1_000).slice(600));
        expect(await store.read(to)).toHaveLength(1_000);
      });
    });

    describe('a snapshot', () => {
      it('is loaded as it was saved, and never replaced by an older one', async () => {
        const of = newStream();
        expect(await store.loadSnapshot(of)).toBeUndefined();
        const newer = { revision: 200, stateVersion: 1, state: { list: [1, 2] } };
        await store.saveSnapshot(of, newer);
        await store.saveSnapshot(of, { ...newer, revision: 100 });
        expect(await store.loadSnapshot(of)).toEqual(newer);
        const renewed = { revision: 100, stateVersion: 2, state: [] };
        await store.saveSnapshot(of, renewed);
        expect(await store.loadSnapshot(of)).toEqual(renewed);
      });
    });
  });
  subscriptionContract(name, start);
}
