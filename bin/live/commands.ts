import { ads } from './ads';
import type { LiveRequest } from './arguments';
import { audience } from './audience';
import { change } from './change';
import { alertView, isHealthy, viewsOf } from './channel-view';
import { chat } from './chat';
import type { Context } from './context';
import { failureOf } from './errors';
import { EXIT, type ExitCode } from './failure';
import { history } from './history';
import { polls } from './polls';
import { query } from './questions';
import { recordings } from './recordings';
import { CLEAR_SCREEN } from './screen';
import { findStack } from './stack';
import { urlsOf } from './urls';
import { link, revoke, sessions } from './viewer-sessions';
import { viewers } from './viewers';
import { alertsText, LOCAL_EDGE, statusLine, statusText, urlsText } from './words';

/**
 * Runs a command.
 *
 * @returns the exit code.
 * @throws LiveFailure with a sentence for the operator.
 */
export async function run(request: LiveRequest, context: Context): Promise<ExitCode> {
  try {
    switch (request.command) {
      case 'status':
        return await status(request, context);
      case 'urls':
        return await urls(request, context);
      case 'alerts':
        return await alerts(request, context);
      case 'history':
        return await history(request, context);
      case 'audience':
        return await audience(request, context);
      case 'query':
        return await query(request, context);
      case 'sessions':
        return await sessions(request, context);
      case 'revoke':
        return await revoke(request, context);
      case 'link':
        return await link(request, context);
      case 'watch':
        return await watch(request, context);
      case 'viewer':
        return await viewer(request, context);
      case 'chat':
        return await chat(request, context);
      case 'clip':
      case 'recordings':
        return await recordings(request, context);
      case 'ad-break':
      case 'ads':
        return await ads(request, context);
      case 'poll':
        return await polls(request, context);
      default:
        return await change(request.command, request, context);
    }
  } catch (error) {
    throw failureOf(error, request);
  }
}

async function viewer(request: LiveRequest, context: Context): Promise<ExitCode> {
  if (request.viewer === undefined) throw new Error('viewer needs a request about viewers');
  return viewers(request.viewer, request, context);
}

async function status(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { views, now, stackStatus } = await look(request, context);
  if (request.json) context.out(JSON.stringify({ stack: request.stack, stackStatus, channels: views }, null, 2));
  else context.out(statusText(views, now));
  return request.check && !views.every(isHealthy) ? EXIT.unhealthy : EXIT.fine;
}

async function urls(request: LiveRequest, { service, out, err }: Context): Promise<ExitCode> {
  const found = urlsOf(await findStack(service, request.stack, request.channel));
  out(request.json ? JSON.stringify(found, null, 2) : urlsText(found));
  if (request.endpoint !== undefined) err(LOCAL_EDGE);
  return EXIT.fine;
}

async function alerts(request: LiveRequest, { service, clock, out }: Context): Promise<ExitCode> {
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

/** Looks repeatedly until the process ends. Failures that may pass do not end it once it has seen the channels. */
async function watch(request: LiveRequest, context: Context): Promise<never> {
  for (let seen = false; ; await context.clock.sleep(request.everySeconds * 1000)) {
    try {
      const { views, now, stackStatus } = await look(request, context);
      seen = true;
      const at = new Date(now).toISOString();
      if (request.json) context.out(JSON.stringify({ at, stack: request.stack, stackStatus, channels: views }));
      else if (context.isTerminal) context.out(`${CLEAR_SCREEN}${at}  Ctrl-C ends\n\n${statusText(views, now)}`);
      else for (const view of views) context.out(statusLine(view, now));
    } catch (error) {
      const failure = failureOf(error, request);
      if (!seen || !failure.passing) throw failure;
      context.err(failure.message);
    }
  }
}

async function look({ stack, channel }: LiveRequest, { service, clock }: Context) {
  const found = await findStack(service, stack, channel);
  const views = await viewsOf(found, service, clock);
  return { views, now: clock.now(), stackStatus: found.stack.status };
}
