import type { LiveRequest } from './arguments';
import { audienceHtml } from './audience-html';
import { audienceText, audienceViews } from './audience-text';
import type { Context } from './context';
import { failureOf } from './errors';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import { CLEAR_SCREEN } from './screen';

/** Time of which the live numbers are. A player reports every 30 seconds. */
const SECONDS = 300;

/** Shows who watches now and what they get, once, or repeatedly until the process ends; or writes a page about all reports. */
export async function audience(request: LiveRequest, context: Context): Promise<ExitCode> {
  if (request.report !== undefined) return audienceHtml(request, context);
  const { service, clock, out, err, isTerminal } = context;
  const { outputs } = await service.stack(request.stack);
  const logGroup = outputs['AudienceLogGroup'];
  if (logGroup === undefined) {
    throw new LiveFailure(
      `Stack "${request.stack}" takes no reports; deploy it with analytics: true in the description.`,
      EXIT.notFound,
    );
  }
  const look = async (): Promise<void> => {
    const now = clock.now();
    const lines = await service.log(logGroup, now - SECONDS * 1000);
    const views = audienceViews(lines, SECONDS).filter(
      ({ channel }) => request.channel === undefined || channel === request.channel,
    );
    const at = new Date(now).toISOString();
    if (request.json) out(JSON.stringify({ at, stack: request.stack, seconds: SECONDS, channels: views }));
    else if (request.watch && isTerminal) out(`${CLEAR_SCREEN}${at}  Ctrl-C ends\n\n${audienceText(views, SECONDS)}`);
    else out(audienceText(views, SECONDS));
  };
  await look();
  while (request.watch) {
    await clock.sleep(request.everySeconds * 1000);
    try {
      await look();
    } catch (error) {
      const failure = failureOf(error, request);
      if (!failure.passing) throw failure;
      err(failure.message);
    }
  }
  return EXIT.fine;
}
