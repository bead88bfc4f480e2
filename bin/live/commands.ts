import type { LiveRequest } from './arguments';
import type { Around } from './around';
import { change } from './change';
import { alertView, isHealthy, viewsOf } from './channel-view';
import { failureOf } from './errors';
import { EXIT, type ExitCode } from './failure';
import { findStack } from './stack';
import { urlsOf } from './urls';
import { alertsText, statusLine, statusText, urlsText } from './words';

/** Empties a terminal before the next look. */
export const CLEAR_SCREEN = '\u001b[2J\u001b[H';

/**
 * Does what was asked.
 *
 * @returns the number to end with.
 * @throws LiveFailure when it could not be done.
 */
export async function run(request: LiveRequest, around: Around): Promise<ExitCode> {
  try {
    switch (request.command) {
      case 'status':
        return await status(request, around);
      case 'urls':
        return await urls(request, around);
      case 'alerts':
        return await alerts(request, around);
      case 'watch':
        return await watch(request, around);
      default:
        return await change(request.command, request, around);
    }
  } catch (error) {
    throw failureOf(error, request);
  }
}

async function status(request: LiveRequest, around: Around): Promise<ExitCode> {
  const { views, now, stackStatus } = await look(request, around);
  if (request.json) around.out(JSON.stringify({ stack: request.stack, stackStatus, channels: views }, null, 2));
  else around.out(statusText(views, now));
  return request.check && !views.every(isHealthy) ? EXIT.unhealthy : EXIT.fine;
}

async function urls(request: LiveRequest, { service, out, err }: Around): Promise<ExitCode> {
  const found = urlsOf(await findStack(service, request.stack, request.channel));
  out(request.json ? JSON.stringify(found, null, 2) : urlsText(found));
  if (request.endpoint !== undefined) {
    err(
      'These are the Outputs of the stack; the edge on this machine is where npm start, or npm run local, said it is.',
    );
  }
  return EXIT.fine;
}

async function alerts(request: LiveRequest, { service, clock, out }: Around): Promise<ExitCode> {
  const { channels } = await findStack(service, request.stack, request.channel);
  const found = await Promise.all(
    channels.map(async ({ name, id, facts }) => {
      const own = facts === undefined ? [] : await service.alerts(id, request.all ? 'ALL' : 'SET');
      return { name, id, alerts: own.map(alertView) };
    }),
  );
  out(
    request.json ? JSON.stringify({ stack: request.stack, channels: found }, null, 2) : alertsText(found, clock.now()),
  );
  return EXIT.fine;
}

/** Looks again and again until the process is ended. What may pass does not end it once it has seen the channels. */
async function watch(request: LiveRequest, around: Around): Promise<never> {
  for (let seen = false; ; await around.clock.sleep(request.everySeconds * 1000)) {
    try {
      const { views, now, stackStatus } = await look(request, around);
      seen = true;
      const at = new Date(now).toISOString();
      if (request.json) around.out(JSON.stringify({ at, stack: request.stack, stackStatus, channels: views }));
      else if (around.isTerminal) around.out(`${CLEAR_SCREEN}${at}  Ctrl-C ends\n\n${statusText(views, now)}`);
      else for (const view of views) around.out(statusLine(view, now));
    } catch (error) {
      const failure = failureOf(error, request);
      if (!seen || !failure.passing) throw failure;
      around.err(failure.message);
    }
  }
}

async function look({ stack, channel }: LiveRequest, { service, clock }: Around) {
  const found = await findStack(service, stack, channel);
  const views = await viewsOf(found, service, clock);
  return { views, now: clock.now(), stackStatus: found.stack.status };
}
