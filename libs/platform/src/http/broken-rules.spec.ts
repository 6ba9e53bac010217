import { z } from 'zod';
import { brokenRules } from './broken-rules';

const rulesOf = (schema: z.ZodType, value: unknown) =>
  brokenRules(schema.safeParse(value).error?.issues ?? [], '(body)');

describe('the rules an input broke', () => {
  it('names every field by its path, and the rule', () => {
    const schema = z.object({
      evses: z.array(z.object({ uid: z.string().max(3) })),
      at: z.iso.date(),
    });
    expect(rulesOf(schema, { evses: [{ uid: 'A1' }, { uid: 'long' }] })).toEqual([
      { field: 'evses[1].uid', rule: 'Too big: expected string to have <=3 characters' },
      { field: 'at', rule: 'Invalid input: expected string, received undefined' },
    ]);
  });

  it('names each unknown field', () => {
    expect(rulesOf(z.strictObject({ a: z.string() }), { a: '', b: 1, c: 2 })).toEqual([
      { field: 'b', rule: 'is not a known field' },
      { field: 'c', rule: 'is not a known field' },
    ]);
  });

  it('names the whole when the whole is wrong', () => {
    expect(rulesOf(z.object({}), undefined)).toEqual([
      { field: '(body)', rule: 'Invalid input: expected object, received undefined' },
    ]);
  });

  it('of several forms, explains the one that was nearly met', () => {
    const schema = z.object({
      price: z.union([z.object({ flat: z.int() }), z.object({ perHour: z.int(), step: z.int() })]),
    });
    expect(rulesOf(schema, { price: { perHour: 5, step: 'x' } })).toEqual([
      { field: 'price.flat', rule: 'Invalid input: expected number, received undefined' },
    ]);
    expect(rulesOf(schema, { price: { flat: 'x' } })).toEqual([
      { field: 'price.flat', rule: 'Invalid input: expected number, received string' },
    ]);
  });
});
