import { isList, isObject, type Value } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { fits } from '../kit/policy/wildcard';

/** One alternative of the list below a field. */
export type Matcher =
  | { readonly kind: 'value'; readonly test: (value: Value) => boolean }
  | { readonly kind: 'exists'; readonly wanted: boolean };

type Test = (value: Value) => boolean;

/** Tests of a string, by operator. Each takes the operand. */
const TEXT_OPERATORS: Readonly<Record<string, (wanted: string) => (text: string) => boolean>> = {
  prefix: (wanted) => (text) => text.startsWith(wanted),
  suffix: (wanted) => (text) => text.endsWith(wanted),
  'equals-ignore-case': (wanted) => (text) => text.toLowerCase() === wanted.toLowerCase(),
  // In an event pattern a question mark stands for itself, and not for any character.
  wildcard: (wanted) => (text) => fits(text.replaceAll('?', QUESTION), wanted.replaceAll('?', QUESTION)),
};
const QUESTION = '\u0000';

const KNOWN = [...Object.keys(TEXT_OPERATORS), 'anything-but', 'exists'];
const UNKNOWN = ['numeric', 'cidr'];

/** Tells whether a name is an operator, which belongs inside a list, and not a field. */
export function isOperator(name: string): boolean {
  return KNOWN.includes(name) || UNKNOWN.includes(name);
}

/** Tells whether one of the alternatives fits the values that the event has at a field. */
export function leafMatches(matchers: readonly Matcher[], values: readonly Value[]): boolean {
  return matchers.some((matcher) =>
    matcher.kind === 'exists' ? matcher.wanted === values.length > 0 : values.some(matcher.test),
  );
}

/**
 * Reads one alternative: an exact value, or an operator.
 *
 * @throws UnsupportedError for an operator that is not modelled.
 */
export function readMatcher(matcher: Value, path: string): Matcher {
  if (!isObject(matcher) && !isList(matcher)) return { kind: 'value', test: (value) => value === matcher };
  const [operator, wanted] = onlyEntry(matcher, path);
  if (operator === 'exists') {
    if (typeof wanted !== 'boolean') throw wrong(path, 'exists', 'true or false', wanted);
    return { kind: 'exists', wanted };
  }
  if (operator === 'anything-but') return { kind: 'value', test: anythingBut(wanted, path) };
  return { kind: 'value', test: textTest(operator, wanted, path) };
}

/** Makes a test that holds for a value that is present, and is none of these values or fits none of these operators. */
function anythingBut(wanted: Value, path: string): Test {
  if (isObject(wanted)) {
    const [operator, operands] = onlyEntry(wanted, `${path}.anything-but`);
    const list = isList(operands) ? operands : [operands];
    const tests = list.map((operand) => textTest(operator, operand, `${path}.anything-but`));
    return (value) => !tests.some((test) => test(value));
  }
  const list = isList(wanted) ? wanted : [wanted];
  if (list.length === 0 || !list.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw wrong(path, 'anything-but', 'strings or numbers', wanted);
  }
  return (value) => !list.some((excluded) => excluded === value);
}

function textTest(operator: string, wanted: Value, path: string): Test {
  const make = Object.hasOwn(TEXT_OPERATORS, operator) ? TEXT_OPERATORS[operator] : undefined;
  if (make === undefined) {
    throw notModelled(`${path}.${operator}`, { known: KNOWN });
  }
  if (typeof wanted !== 'string') throw wrong(path, operator, 'a string', wanted);
  if (operator === 'wildcard' && (wanted.includes('**') || wanted.includes('\\'))) {
    throw notModelled(`${path}.wildcard: an escaped or doubled * in ${JSON.stringify(wanted)}`);
  }
  const test = make(wanted);
  return (value) => typeof value === 'string' && test(value);
}

function onlyEntry(matcher: Value, path: string): readonly [string, Value] {
  const entries = isObject(matcher) ? Object.entries(matcher) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) {
    throw new Error(
      `${path}: Event pattern is not valid. Reason: one operator is expected, not ${JSON.stringify(matcher)}.`,
    );
  }
  return entry;
}

function wrong(path: string, operator: string, expected: string, given: Value): Error {
  return new Error(
    `${path}.${operator}: Event pattern is not valid. Reason: ${expected} expected, not ${JSON.stringify(given)}.`,
  );
}
