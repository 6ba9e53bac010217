import { parseInstant } from '@voltledger/kernel';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { type Fault, RpcFault } from './error-codes';

/** The official JSON schemas of one version, compiled when first needed. */
export interface SchemaSet {
  /** Names of all actions of the version, whoever may send them. */
  readonly actions: ReadonlySet<string>;
  /** @returns the first violation, or undefined when all is well. The payload is never changed. */
  checkRequest(action: string, payload: unknown): RpcFault | undefined;
  checkResponse(action: string, payload: unknown): RpcFault | undefined;
}

/** OCPP-J-RPC-09: which violation gets which code. */
const FAULTS: Readonly<Record<string, Fault>> = {
  required: 'occurrence',
  minItems: 'occurrence',
  maxItems: 'occurrence',
  type: 'type',
  enum: 'property',
  maxLength: 'property',
  minLength: 'property',
  minimum: 'property',
  maximum: 'property',
  multipleOf: 'property',
  format: 'property',
  pattern: 'property',
  additionalProperties: 'format',
};

/** The year 1, an unset clock, is seen; the year 0 and those after 9999 no database knows. */
function isStorableTime(text: string): boolean {
  const at = parseInstant(text);
  return at !== undefined && at >= '0001';
}

const PLAIN_NAME = /^\w{1,50}$/;

/** `sources` holds `<Action>Request` and `<Action>Response`, as the standard names its files. */
export function schemaSet(sources: Readonly<Record<string, object>>): SchemaSet {
  const ajv = new Ajv({
    strict: false,
    multipleOfPrecision: 6,
    formats: {
      'date-time': isStorableTime,
      uri: (text: string) => URL.canParse(text),
    },
  });
  const compiled = new Map<string, ValidateFunction>();
  const names = new Set(Object.keys(sources));
  const validator = (name: string): ValidateFunction => {
    const known = compiled.get(name);
    if (known) return known;
    const source = names.has(name) ? sources[name] : undefined;
    if (!source) throw new Error(`there is no schema called ${name}`);
    const made = ajv.compile(source);
    compiled.set(name, made);
    return made;
  };
  const check = (name: string, payload: unknown): RpcFault | undefined => {
    const validate = validator(name);
    if (validate(payload)) return undefined;
    const [error] = validate.errors ?? [];
    return error && violation(error);
  };
  return {
    actions: actionsOf(names),
    checkRequest: (action, payload) => check(`${action}Request`, payload),
    checkResponse: (action, payload) => check(`${action}Response`, payload),
  };
}

const actionsOf = (names: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    [...names].flatMap((name) =>
      name.endsWith('Request') ? name.slice(0, -'Request'.length) : [],
    ),
  );

function violation(error: ErrorObject): RpcFault {
  const { keyword, message = 'is not allowed' } = error;
  const path = pathOf(error);
  const fault = path === '' ? 'format' : (FAULTS[keyword] ?? 'format');
  return new RpcFault(fault, `${path || 'the payload'} ${message}`, { path, rule: keyword });
}

/** Where it is: a JSON pointer, down to the property that is missing or unknown. */
function pathOf({ keyword, instancePath, params }: ErrorObject): string {
  const named: unknown =
    keyword === 'required'
      ? params['missingProperty']
      : keyword === 'additionalProperties'
        ? params['additionalProperty']
        : undefined;
  if (named === undefined) return instancePath;
  return `${instancePath}/${typeof named === 'string' && PLAIN_NAME.test(named) ? named : '?'}`;
}
