import { UnsupportedError, type Value } from '../../../contract';
import { notModelled } from '../not-modelled';
import { fits } from './wildcard';

/** Condition keys with their values, one or several. The case of a key does not matter. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

/**
 * Keys that the local run sets, or deliberately leaves out. A condition on any other absent key would be decided by chance,
 * so it is refused.
 */
const KNOWN_KEYS = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:securetransport',
  'aws:tagkeys',
  'sts:externalid',
  'lambda:functionurlauthtype',
  'lambda:invokedviafunctionurl',
]);

/** Keys of tags. They are absent when the resource, or the request, has no such tag. */
const KNOWN_FAMILIES = ['aws:resourcetag/', 'aws:requesttag/'];

type Test = (actual: string, wanted: string) => boolean;

const equalIgnoringCase: Test = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

/** Compares the six parts of an ARN one by one, so that a wildcard does not match a colon. */
const arnLike: Test = (actual, wanted) => {
  const [parts, patterns] = [arnParts(actual), arnParts(wanted)];
  return parts.length === patterns.length && parts.every((part, index) => fits(part, patterns[index] ?? ''));
};

/** An operator. A negated one also holds when the key is absent. */
type Operator = { readonly test: Test; readonly negated?: true };

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { test: (actual, wanted) => actual === wanted },
  StringNotEquals: { test: (actual, wanted) => actual === wanted, negated: true },
  StringEqualsIgnoreCase: { test: equalIgnoringCase },
  StringNotEqualsIgnoreCase: { test: equalIgnoringCase, negated: true },
  StringLike: { test: fits },
  StringNotLike: { test: fits, negated: true },
  ArnEquals: { test: arnLike },
  ArnLike: { test: arnLike },
  ArnNotEquals: { test: arnLike, negated: true },
  ArnNotLike: { test: arnLike, negated: true },
  Bool: { test: equalIgnoringCase },
};

const IF_EXISTS = /IfExists$/;

/** The prefixes that combine the values of a key with several. */
const SET = /^(ForAllValues|ForAnyValue):/;

/**
 * Tells whether every condition of a statement holds.
 *
 * @throws UnsupportedError for an operator or a key that is not modelled.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionsHold(conditions: Value | undefined, context: ConditionContext): boolean {
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return entries(conditions).every(([operator, keys]) =>
    entries(keys).every(([key, wanted]) => {
      const actual = values.get(key.toLowerCase());
      if (actual === undefined && !isKnown(key.toLowerCase())) {
        throw notModelled(`The condition key "${key}"`, { advice: 'Leave the condition out of the local run' });
      }
      return conditionHolds(operator, actual, texts(wanted));
    }),
  );
}

function isKnown(key: string): boolean {
  return KNOWN_KEYS.has(key) || KNOWN_FAMILIES.some((family) => key.startsWith(family));
}

/** @throws UnsupportedError for an operator that is not modelled. */
export function checkConditions(conditions: Value | undefined, where: string): void {
  for (const [operator] of entries(conditions)) if (operator !== 'Null') knownOperator(operator, `${where}.Condition`);
}

function conditionHolds(
  operator: string,
  actual: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  if (operator === 'Null') return wanted.includes(String(actual === undefined));
  const [, set] = SET.exec(operator) ?? [];
  if (set !== undefined) {
    const each = operator.replace(SET, '');
    const values = actual === undefined ? [] : [actual].flat();
    // Without a value, ForAllValues holds and ForAnyValue does not.
    if (set === 'ForAllValues') return values.every((value) => conditionHolds(each, value, wanted));
    return values.some((value) => conditionHolds(each, value, wanted));
  }
  if (typeof actual === 'object') {
    throw new UnsupportedError(
      `The condition ${operator} was given for a key with several values; ForAllValues:${operator} or ForAnyValue:${operator} is needed.`,
    );
  }
  const { test, negated = false } = knownOperator(operator, 'Condition');
  if (actual === undefined) return negated || IF_EXISTS.test(operator);
  return wanted.some((value) => test(actual, value)) !== negated;
}

function knownOperator(operator: string, where: string): Operator {
  const found = OPERATORS[operator.replace(SET, '').replace(IF_EXISTS, '')];
  if (found !== undefined) return found;
  const known = [...Object.keys(OPERATORS), 'Null, and the same with IfExists, ForAllValues: and ForAnyValue:'];
  throw notModelled(`${where}.${operator}`, { known });
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function entries(value: Value | undefined): readonly (readonly [string, Value])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The values of a condition as strings; hand-written policies have Booleans too. */
function texts(value: Value): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
