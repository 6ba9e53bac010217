import { type z } from 'zod';
import { isChanging } from './idempotency-key';
import { type JsonSchema, jsonSchemaOf } from './json-schema';
import { type OperationDescription, statusOf } from './operation';
import { problemResponses, problemSchema } from './openapi-problems';

/** One operation and where it is served. */
export interface DocumentedRoute {
  /** Upper case. */
  readonly method: string;
  /** With `:name` for parameters. */
  readonly path: string;
  readonly tag: string;
  /** Unique in the document. */
  readonly operationId: string;
  readonly operation: OperationDescription;
}

interface Names {
  [name: string]: JsonSchema;
}

/** The OpenAPI 3.1 document of the operator API, from the operations' own schemas. */
export function openApiDocument(routes: readonly DocumentedRoute[], version: string): JsonSchema {
  const named: Names = { Problem: problemSchema };
  const paths: Record<string, Record<string, JsonSchema>> = {};
  refuseTwins(routes);
  for (const route of routes) {
    const path = (paths[templateOf(route.path)] ??= {});
    path[route.method.toLowerCase()] = operationObject(route, named);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Voltledger operator API',
      version,
      description: 'Every request shows a key; every change may carry an `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key made with `POST /api/v1/keys`.',
        },
      },
      schemas: named,
    },
  };
}

/** Programs are generated from these names: two of one name are a mistake of ours. */
function refuseTwins(routes: readonly DocumentedRoute[]): void {
  const ids = routes.map(({ operationId }) => operationId);
  const twin = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twin !== undefined) throw new Error(`two operations are called ${twin}`);
}

function operationObject(route: DocumentedRoute, named: Names): JsonSchema {
  const { method, tag, operationId, operation } = route;
  const { summary, description, roles, body } = operation;
  return {
    operationId,
    tags: [tag],
    summary,
    description: [description, `Roles: ${[...roles, 'admin'].join(', ')}.`]
      .filter(Boolean)
      .join('\n\n'),
    parameters: [
      ...pathParameters(route, named),
      ...queryParameters(operation, named),
      ...(isChanging({ method }) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body && { requestBody: { required: true, content: json(schemaIn(body, named)) } }),
    responses: { [statusOf(operation)]: success(operation, named), ...problemResponses(route) },
  };
}

function success({ response, summary }: OperationDescription, named: Names): JsonSchema {
  if (!response) return { description: summary };
  return { description: summary, content: json(schemaIn(response, named)) };
}

function pathParameters({ path, operation }: DocumentedRoute, named: Names): JsonSchema[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema = operation.params?.shape[name] as z.ZodType | undefined;
    return {
      name,
      in: 'path',
      required: true,
      schema: schema ? schemaIn(schema, named) : { type: 'string' },
    };
  });
}

const queryParameters = ({ query }: OperationDescription, named: Names): JsonSchema[] =>
  Object.entries((query?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: schemaIn(schema, named),
  }));

function schemaIn(schema: z.ZodType, named: Names): JsonSchema {
  const parts = jsonSchemaOf(schema);
  Object.assign(named, parts.named);
  return parts.schema;
}

const json = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } });

/** `/stations/:id` is `/stations/{id}` there. */
const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

const IDEMPOTENCY_KEY: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes the request safe to repeat for 24 hours: the same key with the same request gets the ' +
    'same answer, and the work is done once.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};
