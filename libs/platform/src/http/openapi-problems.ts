import { isChanging } from './idempotency-key';
import { type JsonSchema } from './json-schema';
import { type OperationDescription } from './operation';

export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `requestId` finds the request in the log.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Every field that broke a rule, and the rule.',
      items: {
        type: 'object',
        required: ['field', 'rule'],
        properties: { field: { type: 'string' }, rule: { type: 'string' } },
      },
    },
    facts: { type: 'object', additionalProperties: true },
  },
};

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationDescription;
}

/** The error answers an operation may give, by status. */
export function problemResponses(route: Route): Record<string, JsonSchema> {
  const { body, query, params, refusals } = route.operation;
  const changing = isChanging(route);
  const answers: [boolean, number, string][] = [
    [
      Boolean(body ?? query ?? params) || changing,
      400,
      'The input breaks a rule; `errors` says which.',
    ],
    [true, 401, 'No key, or one that is not valid.'],
    [true, 403, 'The key has none of the roles needed.'],
    [route.path.includes(':'), 404, 'There is no such thing.'],
    [changing, 409, 'Not in the present state, or the first request with this key is in work.'],
    [body !== undefined, 413, 'The body is too large.'],
    [changing, 422, 'Refused, or the `Idempotency-Key` came with another request.'],
    [true, 500, 'Our mistake; see the log.'],
  ];
  const note = refusals?.length ? ` Codes: ${refusals.join(', ')}.` : '';
  const told = answers.filter(([applies]) => applies);
  return Object.fromEntries(
    told.map(([, status, description]) => [
      String(status),
      problemResponse(status === 409 || status === 422 ? description + note : description),
    ]),
  );
}

const problemResponse = (description: string): JsonSchema => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
