import { type Attribute, type Item, scalar, typeOf } from '../attribute';
import { beginsWith, contains, isEqual, order } from '../compare';
import { sizeInExpressions } from '../size';
import type { Comparator, Condition, Operand } from './condition';
import { attributeAt } from './path';

const ORDERED: Readonly<Record<Exclude<Comparator, '=' | '<>'>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/**
 * Tells whether a condition holds for an item. A comparison with a missing attribute, or of different types, does not hold,
 * except `<>`.
 */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, item));
    case 'or':
      return condition.parts.some((part) => holds(part, item));
    case 'not':
      return !holds(condition.part, item);
    case 'exists':
      return (attributeAt(item, condition.path) !== undefined) === condition.expected;
    case 'type': {
      const [found, type] = [attributeAt(item, condition.path), operandValue(condition.type, item)];
      return found !== undefined && type !== undefined && typeOf(found) === scalar(type);
    }
    case 'in':
      return condition.options.some((option) => compares('=', condition.operand, option, item));
    case 'between': {
      const { operand, low, high } = condition;
      return compares('>=', operand, low, item) && compares('<=', operand, high, item);
    }
    case 'compare':
      return compares(condition.comparator, condition.left, condition.right, item);
    default: {
      const [whole, part] = [operandValue(condition.whole, item), operandValue(condition.part, item)];
      if (whole === undefined || part === undefined) return false;
      return condition.kind === 'begins' ? beginsWith(whole, part) : contains(whole, part);
    }
  }
}

function compares(comparator: Comparator, left: Operand, right: Operand, item: Item): boolean {
  const [one, other] = [operandValue(left, item), operandValue(right, item)];
  if (comparator === '<>') return one === undefined || other === undefined || !isEqual(one, other);
  if (one === undefined || other === undefined) return false;
  if (comparator === '=') return isEqual(one, other);
  const ordered = order(one, other);
  return ordered !== undefined && ORDERED[comparator](ordered);
}

function operandValue(operand: Operand, item: Item): Attribute | undefined {
  if (operand.kind === 'value') return operand.value;
  const found = attributeAt(item, operand.path);
  if (operand.kind === 'path' || found === undefined) return found;
  const size = sizeInExpressions(found);
  return size === undefined ? undefined : { N: String(size) };
}
