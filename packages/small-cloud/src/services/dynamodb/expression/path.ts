import { AwsError } from '../../kit/aws-error';
import { type Attribute, elements, type Item, members } from '../attribute';

/** The way to an attribute: the name of an attribute of the item, then names in maps and positions in lists. */
export type Path = readonly [name: string, ...rest: (string | number)[]];

/** Reads the attribute at a path; undefined when there is none. */
export function attributeAt(item: Item, [name, ...rest]: Path): Attribute | undefined {
  let found = item[name];
  for (const step of rest) {
    if (found === undefined) return undefined;
    found = typeof step === 'string' ? members(found)?.[step] : elements(found)?.[step];
  }
  return found;
}

/**
 * Makes an item with another attribute at a path, or without one.
 *
 * @throws AwsError ValidationException when the way to it does not exist.
 */
export function withAttribute(item: Item, [name, ...rest]: Path, value: Attribute | undefined): Item {
  const [step, ...deeper] = rest;
  if (step === undefined) return changed(item, name, value);
  const outer = item[name];
  if (outer === undefined) throw invalidPath();
  const [map, list] = [members(outer), elements(outer)];
  if (typeof step === 'string' && map !== undefined) {
    return changed(item, name, { M: withAttribute(map, [step, ...deeper], value) });
  }
  if (typeof step !== 'number' || list === undefined) throw invalidPath();
  const indexed = Object.fromEntries(list.map((element, index) => [String(index), element]));
  // A position behind the end appends.
  const place = String(Math.min(step, list.length));
  if (step >= list.length && value === undefined) return item;
  const made = withAttribute(indexed, [place, ...deeper], value);
  const inOrder = Object.keys(made)
    .map(Number)
    .sort((one, other) => one - other);
  return changed(item, name, { L: inOrder.flatMap((index) => made[String(index)] ?? []) });
}

/** Writes a path as messages do: `[session, [0]]`. */
export function shownPath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

function changed(item: Item, name: string, value: Attribute | undefined): Item {
  const { [name]: _, ...others } = item;
  return value === undefined ? others : { ...item, [name]: value };
}

function invalidPath(): AwsError {
  const sentence = 'The document path provided in the update expression is invalid for update';
  return new AwsError('ValidationException', sentence);
}
