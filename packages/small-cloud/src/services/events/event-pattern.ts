import { isList, isObject, type Value } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { isOperator, leafMatches, readMatcher } from './matcher';

/** A checked event pattern. */
export interface EventPattern {
  /** Tells whether an event in EventBridge's envelope fits. */
  matches(event: Value): boolean;
}

type Node = (values: readonly Value[]) => boolean;

/**
 * Reads an event pattern. All fields of an object must fit, and one matcher of the list below a field. A field of the event
 * that is a list fits when one of its elements does.
 *
 * @param path - how a message names the pattern: `Rule.EventPattern`.
 * @throws UnsupportedError for an operator that is not modelled, Error for a pattern that EventBridge would refuse.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventPattern(pattern: Value, path: string): EventPattern {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new Error(`${path}: Event pattern is not valid. Reason: an object with at least one field is expected.`);
  }
  const node = readNode(pattern, path);
  return { matches: (event) => node([event]) };
}

function readNode(pattern: Value, path: string): Node {
  if (isList(pattern)) {
    if (pattern.length === 0) {
      throw new Error(`${path}: Event pattern is not valid. Reason: Empty arrays are not allowed.`);
    }
    const matchers = pattern.map((matcher, index) => readMatcher(matcher, `${path}[${index}]`));
    return (values) =>
      leafMatches(
        matchers,
        values.filter((value) => !isObject(value)),
      );
  }
  if (!isObject(pattern)) {
    throw new Error(
      `${path}: Event pattern is not valid. Reason: it must be an object or an array, not ${JSON.stringify(pattern)}.`,
    );
  }
  const fields = Object.entries(pattern).map(([name, below]) => {
    if (name === '$or') {
      throw notModelled(`${path}.$or`, { advice: 'Write one rule for each alternative' });
    }
    if (isOperator(name)) {
      throw new Error(
        `${path}: Event pattern is not valid. Reason: "${name}" belongs into a list: [{ "${name}": … }].`,
      );
    }
    return { name, node: readNode(below, `${path}.${name}`) };
  });
  // In a list of objects one object must fit in all fields. Without an object only `exists: false` fits.
  return (values) => {
    const objects = values.filter(isObject);
    const candidates = objects.length === 0 ? [{}] : objects;
    return candidates.some((object) => fields.every(({ name, node }) => node(elements(object, name))));
  };
}

function elements(object: { readonly [key: string]: Value }, name: string): readonly Value[] {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
