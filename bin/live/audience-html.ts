import { savedQueries, scopeOf } from '../../lib/analytics/queries';
import type { LiveRequest } from './arguments';
import { PAGE_QUERIES, type PageAnswers } from './audience-page/figures';
import { audiencePage } from './audience-page/page';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import { lakeOf } from './questions';

/** Writes the page of the audience into a file. */
export async function audienceHtml(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { report, stack } = request;
  if (report === undefined) throw new Error('a page needs a file');
  const { days, channel, file } = report;
  const place = await lakeOf(stack, context);
  const now = context.clock.now();
  const scope = scopeOf({ days, channel, now });
  const queries = savedQueries().filter(({ name }) => PAGE_QUERIES.some((one) => one === name));
  const asked = queries.map(async ({ name, sql }) => {
    const { columns, rows } = await context.questions.ask({ sql: sql(scope), ...place });
    return [name, { columns, rows }] as const;
  });
  const answers = Object.fromEntries(await Promise.all(asked)) as PageAnswers;
  const meanings = Object.fromEntries(queries.map(({ name, title, meaning }) => [name, `${title}. ${meaning}`]));
  const page = audiencePage({ stack, channel, days, now, answers, meanings });
  try {
    await context.save(file, page);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LiveFailure(`--html ${file}: the page could not be written: ${why}`, EXIT.wrongUse);
  }
  context.out(request.json ? JSON.stringify({ file }) : `The page is in ${file}.`);
  return EXIT.fine;
}
