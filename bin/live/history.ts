import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import { happenings, historyText, readEvent } from './history-text';
import { findStack } from './stack';

/** Tells what happened to the channels of a stack, from the log group that keeps MediaLive's events. */
export async function history(request: LiveRequest, { service, clock, out }: Context): Promise<ExitCode> {
  const { stack, channels } = await findStack(service, request.stack, request.channel);
  const logGroup = stack.outputs['HistoryLogGroup'];
  if (logGroup === undefined) {
    throw new LiveFailure(
      `Stack "${request.stack}" keeps no history; deploy it with operations.history, which is on by default.`,
      EXIT.notFound,
    );
  }
  const from = clock.now() - request.sinceMilliseconds;
  const lines = await service.log(logGroup, from);
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  const found = happenings(
    lines.flatMap(({ at, message }) => readEvent(message, at) ?? []),
    names,
  );
  const since = new Date(from).toISOString();
  out(
    request.json
      ? JSON.stringify({ stack: request.stack, since, happened: found }, null, 2)
      : historyText(found, since),
  );
  return EXIT.fine;
}
