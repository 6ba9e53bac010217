import {
  type Instant,
  type Message,
  type Region,
  type TenantId,
  UnreadableMessage,
} from '@voltledger/kernel';
import { z } from 'zod';
import { messageFor, received, topic } from './topic';

/** A topic whose events were once called otherwise, and once counted in Wh. */
const meals = topic('meal.events.v1', { MealServed: z.object({ grams: z.int() }) }, [
  ({ data }) => ({ type: 'MealServed', data }),
  ({ type, data }) => ({ type, data: { grams: (data as { kilos: number }).kilos * 1_000 } }),
]);

const message = (type: string, schemaVersion: number, data: unknown): Message => ({
  id: 'm1',
  topic: meals.name,
  key: 'k',
  type,
  schemaVersion,
  data,
  causationId: 'c',
  correlationId: 'c',
  tenant: 'acme' as TenantId,
  region: 'eu' as Region,
  recordedAt: '2026-03-05T11:00:00.000Z' as Instant,
});

describe('a topic with a history (domain 1.12)', () => {
  it('is at the version its upcasters lead to', () => expect(meals.schemaVersion).toBe(3));

  it.each([
    [1, 'DinnerServed', { kilos: 2 }],
    [2, 'MealServed', { kilos: 2 }],
    [3, 'MealServed', { grams: 2_000 }],
  ])('reads version %i as today', (version, type, data) =>
    expect(received(meals, message(type, version, data)).event).toEqual({
      type: 'MealServed',
      data: { grams: 2_000 },
    }),
  );

  it('stands still at a version newer than itself instead of guessing', () =>
    expect(() => received(meals, message('MealServed', 4, { grams: 1 }))).toThrow(/Upgrade/));

  it.each([
    ['MealServed', 'no object'],
    ['MealServed', { grams: 'many' }],
    ['toString', {}],
  ])('parks what nobody can read: %s %p', (type, data) =>
    expect(() => received(meals, message(type, 3, data))).toThrow(UnreadableMessage),
  );
});

describe('what leaves by a topic', () => {
  const publication = (type: string, data: object) => {
    const {
      topic: _topic,
      schemaVersion: _version,
      data: _data,
      type: _type,
      ...rest
    } = message(type, 3, data);
    return { ...rest, event: { type, data } as never };
  };

  it('bears the topic’s name and version, and arrives as it left', () => {
    const sent = messageFor(meals, publication('MealServed', { grams: 5 }));
    expect(sent).toMatchObject({ topic: 'meal.events.v1', schemaVersion: 3, type: 'MealServed' });
    expect(received(meals, sent)).toMatchObject({
      ...{ id: 'm1', key: 'k', event: { type: 'MealServed', data: { grams: 5 } } },
    });
  });

  it('never breaks its own contract', () => {
    expect(() => messageFor(meals, publication('MealServed', { grams: 0.5 }))).toThrow(/grams/);
    expect(() => messageFor(meals, publication('DinnerServed', {}))).toThrow(/no event called/);
  });
});
