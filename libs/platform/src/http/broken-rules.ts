import { type z } from 'zod';

/** One rule that an input broke. */
export interface BrokenRule {
  /** Such as `connectors[0].id`; `(body)` and the like for the whole. */
  readonly field: string;
  readonly rule: string;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Every rule an input broke, by the name of its field. `root` names the input as a whole. */
export const brokenRules = (issues: readonly Issue[], root: string): BrokenRule[] =>
  issues.flatMap((issue) => rulesOf(issue, [], root));

function rulesOf(issue: Issue, above: Path, root: string): BrokenRule[] {
  const path = [...above, ...issue.path];
  const nested = (issues: readonly Issue[]) => issues.flatMap((each) => rulesOf(each, path, root));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: fieldName([...path, key], root),
      rule: 'is not a known field',
    }));
  if (issue.code === 'invalid_union') {
    const closest = closestBranch(issue.errors);
    if (closest) return nested(closest);
  }
  return [{ field: fieldName(path, root), rule: issue.message }];
}

/** Of the forms a value may take, the one it misses by the fewest rules is the one it was meant as. */
const closestBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.filter(({ length }) => length > 0).sort((one, other) => one.length - other.length)[0];

function fieldName(path: Path, root: string): string {
  const name = path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
  return name === '' ? root : name;
}
