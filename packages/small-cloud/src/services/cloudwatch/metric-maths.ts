import { UnsupportedError } from '../../contract';

/** A formula over metrics, which it asks for by their ids. Its value is undefined where one that it needs has no data. */
export type Formula = (value: (id: string) => number | undefined) => number | undefined;

type Operator = (left: number, right: number) => number | undefined;

/** Operators by their precedence, the weakest first. A comparison is 1 or 0. */
const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  {
    '>=': (left, right) => Number(left >= right),
    '<=': (left, right) => Number(left <= right),
    '>': (left, right) => Number(left > right),
    '<': (left, right) => Number(left < right),
  },
  { '+': (left, right) => left + right, '-': (left, right) => left - right },
  { '*': (left, right) => left * right, '/': (left, right) => (right === 0 ? undefined : left / right) },
];

const KNOWN = 'numbers, ids of metrics, + - * / > < >= <=, brackets and IF(condition, value, value)';

/**
 * Reads a formula of metric maths, as far as the small cloud evaluates it.
 *
 * @param ids - ids of the metrics that it may name.
 * @throws UnsupportedError for any other function, operator or id.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function formula(text: string, ids: readonly string[]): Formula {
  const words = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|[<>]=?|\S/g) ?? [];
  const refuse = (word: string | undefined) =>
    new UnsupportedError(`the formula ${text} is not modelled at "${word ?? 'its end'}"; known: ${KNOWN}`);
  const expect = (word: string): void => {
    const next = words.shift();
    if (next !== word) throw refuse(next);
  };
  const level = (depth: number): Formula => {
    const operators = LEVELS[depth];
    if (operators === undefined) return atom();
    let left = level(depth + 1);
    for (let operator = operators[words[0] ?? '']; operator !== undefined; operator = operators[words[0] ?? '']) {
      words.shift();
      left = both(operator, left, level(depth + 1));
    }
    return left;
  };
  const atom = (): Formula => {
    const word = words.shift();
    if (word === '(') {
      const inner = level(0);
      expect(')');
      return inner;
    }
    if (word === 'IF') {
      expect('(');
      const condition = level(0);
      expect(',');
      const then = level(0);
      expect(',');
      const otherwise = level(0);
      expect(')');
      return (value) =>
        choice(
          condition(value),
          () => then(value),
          () => otherwise(value),
        );
    }
    if (word !== undefined && /^\d/.test(word)) return () => Number(word);
    if (word !== undefined && ids.includes(word)) return (value) => value(word);
    throw refuse(word);
  };
  const whole = level(0);
  if (words.length > 0) throw refuse(words[0]);
  return whole;
}

function both(operator: Operator, left: Formula, right: Formula): Formula {
  return (value) => {
    const [one, other] = [left(value), right(value)];
    return one === undefined || other === undefined ? undefined : operator(one, other);
  };
}

function choice(
  condition: number | undefined,
  then: () => number | undefined,
  otherwise: () => number | undefined,
): number | undefined {
  if (condition === undefined) return undefined;
  return condition === 0 ? otherwise() : then();
}
