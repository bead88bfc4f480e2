import type { IncomingMessage, ServerResponse } from 'node:http';
import { UnsupportedError } from '../../../contract';
import { IngestConflictError, type PackagedChannel, type TrackRequest } from './packaged-channel';

/** `/in/v1/<group>/<1|2>/<channel>/<track>`; the file extension is not part of the track's name. */
const INGEST_PATH = /^\/in\/v1\/([\w-]+)\/([12])\/([\w-]+)\/([\w.-]+?)(?:\.[A-Za-z0-9]+)?$/;

/**
 * Takes one CMAF track from an encoder, for as long as the request lasts.
 *
 * @param find - the channel of a group and a name.
 * @param tell - takes warnings for the screen.
 */
export function ingest(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  find: (group: string, channel: string) => PackagedChannel | undefined,
  tell: (line: string) => void,
): void {
  const refuse = (error: unknown) => {
    const sentence = error instanceof Error ? error.message : String(error);
    tell(`ingest ${url.pathname} refused: ${sentence}`);
    request.resume();
    response.writeHead(statusOf(error), { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${sentence}\n`, () => request.destroy());
  };
  const [path, group = '', input, channelName = '', name = ''] = INGEST_PATH.exec(url.pathname) ?? [];
  const open = (): TrackRequest => {
    if (!path) throw new IngestError(404, 'ingest is at /in/v1/<group>/<1 or 2>/<channel>/<track>');
    const session = url.searchParams.get('session');
    const channel = find(group, channelName);
    if (request.method !== 'POST' && request.method !== 'PUT') throw new IngestError(405, 'ingest takes POST and PUT');
    if (!channel) throw new IngestError(404, `there is no channel '${channelName}' in channel group '${group}'`);
    if (!session) throw new IngestError(400, 'add ?session=<id>: all tracks of one encoder process share it');
    const clock = url.searchParams.get('clock');
    if (clock !== null && !(Number(clock) > 0)) {
      throw new IngestError(
        400,
        `clock: "${clock}" was given; the wall clock of time 0 is needed, in seconds since 1970`,
      );
    }
    const drop = () => request.destroy();
    return channel.open(input === '2' ? 2 : 1, session, name, drop, clock === null ? undefined : Number(clock));
  };
  let track: TrackRequest;
  try {
    track = open();
  } catch (error) {
    refuse(error);
    return;
  }
  request.on('error', () => {});
  request.on('close', () => track.close());
  request.on('data', (chunk: Buffer) => {
    if (response.writableEnded) return;
    try {
      track.push(chunk);
    } catch (error) {
      refuse(error);
    }
  });
  request.on('end', () => {
    if (!response.writableEnded) response.writeHead(200).end();
  });
}

/** An ingest request that is wrong in itself. */
class IngestError extends Error {
  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

function statusOf(error: unknown): number {
  if (error instanceof IngestError) return error.status;
  if (error instanceof IngestConflictError) return 409;
  return error instanceof UnsupportedError ? 415 : 400;
}
