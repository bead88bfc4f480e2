import type { z } from 'zod';
import { given, wasGiven } from './given';
import { printable } from './printable';

type Issue = z.core.$ZodIssue;

/** A refused description. `problems` holds one sentence each: `path: what was given; the rule`. */
export class DescriptionError extends Error {
  override readonly name = 'DescriptionError';

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super(`The description of the channels has ${count}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Writes the sentences for the problems that a schema found. */
export function sentences(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => sentence(issue, []));
}

function sentence(issue: Issue, above: readonly PropertyKey[]): readonly string[] {
  const path = [...above, ...issue.path];
  const say = (text: string) => [`${pathText(path)}: ${text}`];
  switch (issue.code) {
    case 'custom':
      return say(issue.message);
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => [
        `${pathText([...path, key])}: there is no such option; see docs/configuration.md`,
      ]);
    case 'invalid_type':
      return say(`${wasGiven(issue.input)}; ${TYPES[issue.expected] ?? issue.expected} is needed`);
    case 'invalid_value':
      if (hasOwnMessage(issue)) return say(`${wasGiven(issue.input)}; ${issue.message}`);
      return say(`${wasGiven(issue.input)}; ${list(issue.values)} is possible`);
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
      return say(
        issue.origin === 'array'
          ? `${(issue.input as readonly unknown[]).length} given; ${limit} needed`.replace('at most', 'no more than')
          : `${given(issue.input)} was given; it must be ${limit}`,
      );
    }
    case 'invalid_format':
      return say(`${given(issue.input)} was given; it must match ${issue.pattern ?? issue.format}`);
    case 'invalid_union':
      return union(issue, path);
    default:
      return say(`${given(issue.input)} was given; ${issue.message}`);
  }
}

/** Tells whether a declaration says itself why a value is not possible. */
function hasOwnMessage({ message }: Issue): boolean {
  return !message.startsWith('Invalid ');
}

/** Writes the sentences for the member of a union that was meant: the one whose type the value has. */
function union(issue: Extract<Issue, { code: 'invalid_union' }>, path: readonly PropertyKey[]): readonly string[] {
  if ('options' in issue && Array.isArray(issue.options)) {
    const key = 'discriminator' in issue ? String(issue.discriminator) : '';
    const value = (issue.input as Record<string, unknown> | undefined)?.[key];
    const possible = hasOwnMessage(issue) ? issue.message : `${list(issue.options)} is possible`;
    return [`${pathText(path)}: ${wasGiven(value)}; ${possible}`];
  }
  const hasItsType = (issues: readonly Issue[]) =>
    !issues.some(({ code, path: inner }) => code === 'invalid_type' && inner.length === 0);
  const isOwn = (inner: Issue) => inner.code === 'custom' || (inner.code === 'invalid_value' && hasOwnMessage(inner));
  const specific =
    issue.errors.find((issues) => issues.some((inner) => inner.path.length > 0)) ??
    issue.errors
      .find((issues) => hasItsType(issues) && issues.some(isOwn))
      // A sentence of its own says more than the list of possible values.
      ?.filter((inner) => isOwn(inner) || inner.code === 'unrecognized_keys');
  if (specific !== undefined) return specific.flatMap((inner) => sentence(inner, path));
  const values = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : [])),
  );
  const types = issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.code === 'invalid_type' ? [inner.expected] : [])),
  );
  const sizes = issue.errors.flatMap((issues) =>
    issues.filter((inner) => inner.code === 'too_small' || inner.code === 'too_big'),
  );
  if (sizes.length > 0) return sizes.flatMap((inner) => sentence(inner, path));
  const own = types.length > 0 ? `, or ${types.map((type) => TYPES[type] ?? type).join(' or ')} of your own` : '';
  return [`${pathText(path)}: ${wasGiven(issue.input)}; ${list(values)}${own} is possible`];
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${printable(String(key))}`)).join('');
  return text.replace(/^\./, '') || 'the description';
}

function list(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length <= 1 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
