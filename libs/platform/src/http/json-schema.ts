import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema for a place in a document, and the named ones it refers to. */
export interface SchemaParts {
  readonly schema: JsonSchema;
  readonly named: Readonly<Record<string, JsonSchema>>;
}

/**
 * A zod schema as JSON Schema 2020-12 (that of OpenAPI 3.1), in the form of its input: that is how
 * it looks on the wire, in both directions. Schemas with `.meta({ id })` become named ones.
 */
export function jsonSchemaOf(schema: z.ZodType): SchemaParts {
  const {
    $schema: _dialect,
    $defs: named = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    cycles: 'throw',
    override: ({ jsonSchema }) => {
      // Limits of JavaScript's numbers say nothing about the field.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return { schema: relocated(rest), named: relocated(named) as Record<string, JsonSchema> };
}

/** References move with their targets, from the schema's own `$defs` to the document's components. */
const relocated = (part: object): JsonSchema =>
  JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
