import { type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { type z } from 'zod';
import { type BrokenRule, brokenRules } from './broken-rules';

/** What came in breaks its schema. Answered with 400 and every field and rule. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  constructor(readonly rules: readonly BrokenRule[]) {
    super(rules.map(({ field, rule }) => `${field}: ${rule}`).join('; '));
  }
}

/** @throws InvalidInput. `root` names the value in the error, such as `(body)`. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  root = '(value)',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(brokenRules(result.error.issues, root));
}

/** For `@Body`, `@Param`, `@Query` and `@Headers`: what passes carries its real type. */
export const parsedBy = <Schema extends z.ZodType>(
  schema: Schema,
): PipeTransform<unknown, z.output<Schema>> => ({
  transform: (value, metadata) => parsed(schema, value ?? absent(metadata), rootOf(metadata)),
});

/** No query at all is a query without fields; a missing body stays missing. */
const absent = ({ type, data }: ArgumentMetadata): unknown =>
  type === 'query' && data === undefined ? {} : undefined;

const rootOf = ({ type, data }: ArgumentMetadata): string => data ?? `(${type})`;
