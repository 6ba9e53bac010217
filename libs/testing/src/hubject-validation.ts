import { type CalledOperation, oicpVersions } from '@voltledger/oicp';
import { type z } from 'zod';
import { type HubjectAnswer, acknowledged, invalid } from './hubject-answers';

const oicp = oicpVersions.get('2.3');

/** A body that may be worked on, or the broker's answer to one that may not. */
export type Validated = { readonly body: unknown } | { readonly answer: HubjectAnswer };

/**
 * Form first: HTTP 400 with every field at fault, in lower camel case. What is well formed and
 * cannot be true (a CDR that ends before it starts) is refused with 022 instead.
 */
export function validated(operation: CalledOperation, text: string): Validated {
  const json = parsedJson(text);
  if (json === undefined) return { answer: invalid([{ field: '', message: 'is no JSON' }]) };
  const schema = oicp?.bodies[operation] as z.ZodType | undefined;
  const parsed = schema?.safeParse(json);
  if (parsed?.success) return { body: parsed.data };
  const issues = parsed?.error.issues ?? [];
  const ofForm = issues.filter((issue) => !isImplausible(operation, issue));
  if (ofForm.length > 0) return { answer: invalid(ofForm.flatMap(problemsOf)) };
  return { answer: acknowledged('022', issues.map(({ message }) => message).join('; ')) };
}

const isImplausible = (operation: CalledOperation, { code, path }: z.core.$ZodIssue): boolean =>
  operation === 'sendChargeDetailRecord' && code === 'custom' && path.length === 1;

function problemsOf(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key]),
      message: 'is not known',
    }));
  return [{ field: fieldOf(issue.path), message: messageOf(issue) }];
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'may not be null';
  if (issue.code === 'too_small') return 'may not be empty';
  if (issue.code === 'invalid_format' && 'pattern' in issue) return `must match "${issue.pattern}"`;
  return issue.message;
}

/** `OperatorEvseData/EvseDataRecord/0/Plugs` is `operatorEvseData.evseDataRecord[0].plugs`. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${String(step)}]`;
    const name = String(step);
    const camel = name.charAt(0).toLowerCase() + name.slice(1);
    return text === '' ? camel : `${text}.${camel}`;
  }, '');

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
