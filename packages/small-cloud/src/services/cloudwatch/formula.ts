/** Values of metrics and of other formulas in one period, by their ids; undefined where there is no data. */
export type ValuesById = (id: string) => number | undefined;

/** A formula of metric maths: its value in one period, undefined without data. */
export type Formula = (values: ValuesById) => number | undefined;

type Operation = (a: number, b: number) => number | undefined;

/** Operators by their binding, the weakest first. A quotient by zero is no datapoint. */
const LEVELS: readonly Readonly<Record<string, Operation>>[] = [
  {
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? undefined : a / b) },
];

/**
 * Reads a formula of metric maths: numbers, ids, `+ - * /`, comparisons, brackets, `IF(condition, then, else)` and
 * `FILL(id, number)`.
 *
 * @throws Error for a formula that cannot be read, and for a function that is not modelled.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function formula(text: string): Formula {
  const reader = new FormulaReader(text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|>=|<=|[^\s]/g) ?? []);
  return reader.whole();
}

class FormulaReader {
  private at = 0;

  constructor(private readonly words: readonly string[]) {}

  whole(): Formula {
    const read = this.level(0);
    if (this.at < this.words.length) throw this.stranger();
    return read;
  }

  private level(depth: number): Formula {
    const operations = LEVELS[depth];
    if (operations === undefined) return this.operand();
    let left = this.level(depth + 1);
    for (;;) {
      const word = this.words[this.at] ?? '';
      const operation = Object.hasOwn(operations, word) ? operations[word] : undefined;
      if (operation === undefined) return left;
      this.at += 1;
      left = combined(left, this.level(depth + 1), operation);
    }
  }

  private operand(): Formula {
    const word = this.words[this.at] ?? '';
    this.at += 1;
    if (word === '(') {
      const inner = this.level(0);
      this.take(')');
      return inner;
    }
    if (/^\d/.test(word)) return () => Number(word);
    if (this.words[this.at] === '(') return this.call(word);
    if (/^[a-z]\w*$/.test(word)) return (values) => values(word);
    this.at -= 1;
    throw this.stranger();
  }

  private call(name: string): Formula {
    if (name !== 'IF' && name !== 'FILL') throw new Error(`${name} is not; known: IF, FILL, SUM(METRICS())`);
    this.take('(');
    const parts = [this.level(0)];
    while (this.words[this.at] === ',') {
      this.at += 1;
      parts.push(this.level(0));
    }
    this.take(')');
    const [first, second, third] = parts;
    if (first === undefined || second === undefined || parts.length > 3) throw this.stranger();
    if (name === 'FILL') return (values) => first(values) ?? second(values);
    return (values) => {
      const condition = first(values);
      if (condition === undefined) return undefined;
      return condition === 0 ? third?.(values) : second(values);
    };
  }

  private take(word: string): void {
    if (this.words[this.at] !== word) throw this.stranger();
    this.at += 1;
  }

  private stranger(): Error {
    return new Error(`${this.words[this.at] ?? 'its end'} was not expected in ${this.words.join(' ')}`);
  }
}

function combined(left: Formula, right: Formula, operation: Operation): Formula {
  return (values) => {
    const [a, b] = [left(values), right(values)];
    return a === undefined || b === undefined ? undefined : operation(a, b);
  };
}
