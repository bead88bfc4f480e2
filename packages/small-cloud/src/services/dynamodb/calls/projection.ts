import { notModelled } from '../../kit/not-modelled';
import type { PropertyReader } from '../../kit/property-reader';
import type { Item } from '../attribute';
import type { Placeholders } from '../expression/placeholders';
import { ExpressionReader } from '../expression/reader';

/** Makes the part of an item that a caller asked for. */
export type Projection = (item: Item) => Item;

/**
 * Reads a ProjectionExpression of whole attributes.
 *
 * @throws UnsupportedError for parts of attributes; AwsError ValidationException for a malformed one.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html
 */
export function readProjection(input: PropertyReader, placeholders: Placeholders): Projection {
  const text = input.maybeText('ProjectionExpression');
  if (text === undefined) return (item) => item;
  const reader = new ExpressionReader(text, 'ProjectionExpression', placeholders);
  const paths = reader.list(() => reader.path());
  reader.end();
  if (paths.some((path) => path.length > 1)) {
    throw notModelled('ProjectionExpression of nested attributes', { advice: 'Ask for the whole attribute' });
  }
  const names = new Set(paths.map(([name]) => name));
  return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}
