import type { ListedRecording } from '../../lambda/shared/recordings/listed-recording';
import type { LiveRequest } from './arguments';
import { browserAddress } from './browser-address';
import type { Context } from './context';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import { type RecordingRequest, timeOf } from './recording-arguments';
import { duration } from './words';

/** A clip as the recorder answers. */
interface Clip {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly state: string;
  readonly reason?: string;
}

/**
 * Lists recordings, removes one, or makes a clip.
 *
 * @throws LiveFailure where the stack records nothing, or the recorder refuses.
 */
export async function recordings(request: LiveRequest, context: Context): Promise<ExitCode> {
  const asked = request.recording;
  switch (asked?.action) {
    case 'clip':
      return clip(asked, request, context);
    case 'remove':
      return remove(asked, request, context);
    default:
      return list(asked?.channel, request, context);
  }
}

async function clip(
  { channel, from, to, title, mp4 }: Extract<RecordingRequest, { action: 'clip' }>,
  request: LiveRequest,
  context: Context,
): Promise<ExitCode> {
  const now = context.clock.now();
  const time = (text: string) => new Date(timeOf(text, now) ?? now).toISOString();
  const task = { task: 'clip', channel, from: time(from), to: time(to), title, mp4 };
  const { answer, player } = await ask<{ readonly clip: Clip }>(task, request, context);
  const made = answer.clip;
  if (made.state === 'failed') throw new LiveFailure(`The clip was refused: ${made.reason}`, EXIT.notReached);
  const url = browserAddress(`${player}?recording=${made.channel}/${made.id}`, request, context);
  context.out(request.json ? JSON.stringify({ stack: request.stack, clip: made, url }, null, 2) : clipText(made, url));
  return EXIT.fine;
}

function clipText({ channel, id, title, start, end }: Clip, url: string): string {
  const seconds = (Date.parse(end) - Date.parse(start)) / 1000;
  return [
    `Clip ${channel}/${id} of ${duration(seconds)} is being made: ${title}`,
    `It is listed in a minute or so; then viewers find it at ${url}`,
  ].join('\n');
}

async function remove(
  { channel, id }: Extract<RecordingRequest, { action: 'remove' }>,
  request: LiveRequest,
  context: Context,
): Promise<ExitCode> {
  const task = { task: 'remove', channel, id };
  const { answer } = await ask<{ readonly removed: { readonly files: number } }>(task, request, context);
  const text = `Recording ${channel}/${id} is removed, with ${answer.removed.files} files.`;
  context.out(request.json ? JSON.stringify({ stack: request.stack, ...answer }, null, 2) : text);
  return EXIT.fine;
}

async function list(channel: string | undefined, request: LiveRequest, context: Context): Promise<ExitCode> {
  const task = { task: 'recordings', channel };
  const { answer } = await ask<{ readonly recordings: readonly ListedRecording[] }>(task, request, context);
  const found = answer.recordings;
  context.out(request.json ? JSON.stringify({ stack: request.stack, recordings: found }, null, 2) : listText(found));
  return EXIT.fine;
}

/** Writes recordings as a table. */
function listText(found: readonly ListedRecording[]): string {
  if (found.length === 0) return 'There are no recordings yet.';
  const rows = found.map(({ channel, id, kind, title, seconds, state, mp4, reason }) => [
    `${channel}/${id}`,
    kind,
    seconds === undefined ? state : duration(seconds),
    title,
    mp4 === undefined ? (reason ?? '') : 'MP4',
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

async function ask<T>(task: object, request: LiveRequest, { service }: Context) {
  const { outputs } = await service.stack(request.stack);
  const recorder = outputs['RecorderFunction'];
  if (recorder === undefined) {
    throw new LiveFailure(
      `Stack "${request.stack}" records nothing; deploy it with recording: true for a channel.`,
      EXIT.notFound,
    );
  }
  const answer = (await service.invoke(recorder, task)) as T;
  return { answer, player: outputs['PlayerUrl'] ?? '' };
}
