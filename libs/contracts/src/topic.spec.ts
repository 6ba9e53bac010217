import {
  type Instant,
  type Message,
  type Region,
  type TenantId,
  UnreadableMessage,
} from '@voltledger/kernel';
import { z } from 'zod';
import { received, topic } from './topic';

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
