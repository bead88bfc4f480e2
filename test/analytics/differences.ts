/** Columns that count. All others are rounded, and percentiles are approximate. */
const COUNTS = [
  'attempts',
  'completes',
  'errors',
  'first_quartiles',
  'peak',
  'sessions',
  'skips',
  'starts',
  'times',
  'viewers',
];
/** Differences that are none: a share, and the half of a last place that an answer has. */
const SHARE = 0.02;
const ROUNDED = 0.051;

type Row = Readonly<Record<string, unknown>>;

/** Lists where the rows of an answer differ from the true ones, in the columns of these. Empty for a right answer. */
export function differences(truth: readonly Row[], answer: readonly Row[]): readonly string[] {
  if (truth.length !== answer.length) return [`${answer.length} rows were answered, not ${truth.length}`];
  return truth.flatMap((row, index) =>
    Object.entries(row)
      .filter(([column, value]) => !agree(column, value, answer[index]?.[column] ?? null))
      .map(([column, value]) => `row ${index}, ${column}: ${answer[index]?.[column]} was answered, not ${value}`),
  );
}

function agree(column: string, truth: unknown, answer: unknown): boolean {
  if (typeof truth !== 'number' || answer === null) return truth === answer;
  const difference = Math.abs(truth - Number(answer));
  return COUNTS.includes(column) ? difference === 0 : difference <= Math.max(ROUNDED, Math.abs(truth) * SHARE);
}
