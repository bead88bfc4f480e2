import { savedQueries, scopeOf } from '../../lib/analytics/queries';
import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import type { Answer, Question } from './question-service';

/** Asks one of the saved queries, or lists them. */
export async function query(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { question } = request;
  if (question === undefined) throw new Error('query needs a question');
  const { name, csv, ...scope } = question;
  const saved = savedQueries().find((one) => one.name === name);
  if (saved === undefined) {
    context.out(table({ columns: ['query', ''], rows: savedQueries().map((one) => [one.name, one.title]) }));
    return EXIT.fine;
  }
  const place = await lakeOf(request.stack, context);
  const sql = saved.sql(scopeOf({ ...scope, now: context.clock.now() }));
  const answer = await context.questions.ask({ sql, ...place });
  if (request.json) context.out(JSON.stringify(objects(answer), null, 2));
  else if (csv) context.out(csvText(answer));
  else context.out(`${saved.title}\n\n${answer.rows.length === 0 ? 'No reports yet.' : table(answer)}`);
  if (!request.json && !csv) {
    context.out(`\n${saved.meaning}\n${(answer.scannedBytes / 1e6).toFixed(2)} MB were read.`);
  }
  return EXIT.fine;
}

/**
 * Finds where the reports of a stack can be asked for.
 *
 * @throws LiveFailure for a stack that keeps none.
 */
export async function lakeOf(stack: string, { service }: Pick<Context, 'service'>): Promise<Omit<Question, 'sql'>> {
  const { outputs } = await service.stack(stack);
  const [workGroup, database] = [outputs['AudienceWorkGroup'], outputs['AudienceDatabase']];
  if (workGroup === undefined || database === undefined) {
    throw new LiveFailure(
      `Stack "${stack}" keeps no reports; deploy it with analytics: true in the description.`,
      EXIT.notFound,
    );
  }
  return { workGroup, database };
}

function objects({ columns, rows }: Answer) {
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}

/** Writes a table of the RFC 4180. A value that a spreadsheet would run as a formula gets an apostrophe. */
function csvText({ columns, rows }: Answer): string {
  const cell = (value = ''): string => {
    const safe = /^[=+@\t]|^-(?![\d.])/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\n');
}

/** Writes a table with columns of their widest value; numbers stand on the right. */
function table({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => (row[index] ?? '–').length)));
  const isNumber = columns.map((_, index) => rows.every((row) => /^-?[\d.E]*$/.test(row[index] ?? '')));
  const line = (cells: readonly (string | undefined)[]) =>
    widths
      .map((width, index) => {
        const text = cells[index] ?? '–';
        return isNumber[index] ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [columns, ...rows].map(line).join('\n');
}
