import type { ListedSession } from '../../lambda/shared/viewers/listed-session';
import type { LiveRequest } from './arguments';
import { browserAddress } from './browser-address';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import type { StackFacts } from './service';

/** Lists who watches now. */
export async function sessions(request: LiveRequest, context: Context): Promise<ExitCode> {
  const answer = (await ask(request, context, { task: 'sessions' })) as { readonly sessions: readonly ListedSession[] };
  const all = answer.sessions.filter(({ channel }) => request.channel === undefined || channel === request.channel);
  const found = await withEmails(all, request, context);
  context.out(request.json ? JSON.stringify({ stack: request.stack, sessions: found }, null, 2) : sessionsText(found));
  return EXIT.fine;
}

/** Ends a session, all of a viewer, or all that began before now. */
export async function revoke(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { channel: which, all, json } = request;
  if ((which === undefined) === !all) {
    throw new LiveFailure(
      'revoke takes a session or a viewer, as "sessions" lists them, or --all. npm run live -- --help explains.',
      EXIT.wrongUse,
    );
  }
  if (which === undefined) {
    const answer = await ask(request, context, { task: 'revoke-all' });
    context.out(json ? JSON.stringify(answer, null, 2) : 'Every session that began before now is over.');
    return EXIT.fine;
  }
  const { outputs } = await stackWithAccess(request, context);
  const pool = outputs['ViewerPoolId'];
  const known = pool !== undefined && which.includes('@') ? await context.viewers.find(pool, which) : undefined;
  const task = { task: 'revoke', which: known?.username ?? which };
  const answer = (await ask(request, context, task)) as { readonly ended: readonly ListedSession[] };
  if (answer.ended.length === 0) {
    throw new LiveFailure(`No open session is "${which}" or of a viewer of that name.`, EXIT.notFound);
  }
  const ended = await withEmails(answer.ended, request, context);
  context.out(json ? JSON.stringify({ ended }, null, 2) : `Ended:\n${sessionsText(ended)}`);
  return EXIT.fine;
}

/** Makes a link that opens a channel, as an address of the player. */
export async function link(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { channel, hours, once, json } = request;
  if (channel === undefined) {
    throw new LiveFailure('link takes the name of a channel. npm run live -- --help explains.', EXIT.wrongUse);
  }
  const { outputs } = await stackWithAccess(request, context);
  const answer = (await ask(request, context, { task: 'link', channel, hours, once })) as { readonly link: string };
  const page = `${outputs['PlayerUrl'] ?? ''}?channel=${encodeURIComponent(channel)}#link=${answer.link}`;
  const url = browserAddress(page, request, context);
  context.out(json ? JSON.stringify({ stack: request.stack, channel, url, link: answer.link }, null, 2) : url);
  return EXIT.fine;
}

/** Writes sessions as a table. */
export function sessionsText(found: readonly ListedSession[]): string {
  if (found.length === 0) return 'Nobody watches a private channel now.';
  const rows = found.map(({ sid, viewer, channel, device, since, countries, reported }) => [
    sid,
    viewer,
    channel,
    device,
    `since ${new Date(since * 1000).toISOString().slice(0, 16).replace('T', ' ')}Z`,
    `${countries.join(', ')}${reported ? ' (looks shared)' : ''}`,
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Names the viewers of a user pool by e-mail. Their tokens hold another name, which says nothing to an operator. */
async function withEmails(
  found: readonly ListedSession[],
  request: LiveRequest,
  context: Context,
): Promise<readonly ListedSession[]> {
  const { outputs } = await stackWithAccess(request, context);
  const pool = outputs['ViewerPoolId'];
  if (pool === undefined) return found;
  const emails = new Map<string, string>();
  for (const name of new Set(found.map(({ viewer }) => viewer))) {
    emails.set(name, (await context.viewers.find(pool, name))?.email ?? name);
  }
  return found.map((session) => ({ ...session, viewer: emails.get(session.viewer) ?? session.viewer }));
}

async function ask(request: LiveRequest, context: Context, task: object): Promise<unknown> {
  const { outputs } = await stackWithAccess(request, context);
  return context.service.invoke(outputs['ViewerKeysFunction'] ?? '', task);
}

async function stackWithAccess(request: LiveRequest, { service }: Context): Promise<StackFacts> {
  const stack = await service.stack(request.stack);
  if (stack.outputs['ViewerKeysFunction'] === undefined) {
    throw new LiveFailure(
      `Stack "${request.stack}" lets everybody watch; deploy it with access in its description.`,
      EXIT.notFound,
    );
  }
  return stack;
}
