import type { IncomingMessage, ServerResponse } from 'node:http';
import { UnsupportedError } from '../../../contract';
import { IngestConflictError, type PackagedChannel, type TrackRequest } from './packaged-channel';

/** `/in/v1/<group>/<1|2>/<channel>/<track>`; the file extension is not part of the track's name. */
const INGEST_PATH = /^\/in\/v1\/([\w-]+)\/([12])\/([\w-]+)\/([\w.-]+?)(?:\.[A-Za-z0-9]+)?$/;

/** The parts of MediaPackage that ingest uses. */
export interface IngestHost {
  /** Finds the channel of a group and a name. */
  channel(group: string, name: string): PackagedChannel | undefined;
  /** Takes warnings for the screen. */
  tell(line: string): void;
  /** Counts bytes of media that a channel has taken. */
  took(group: string, channel: string, bytes: number): void;
}

/** Takes one CMAF track from an encoder, for as long as the request lasts. */
export function takeTrack(host: IngestHost, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const refuse = (error: unknown) => {
    const sentence = error instanceof Error ? error.message : String(error);
    host.tell(`ingest ${url.pathname} refused: ${sentence}`);
    request.resume();
    response.writeHead(statusOf(error), { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${sentence}\n`, () => request.destroy());
  };
  const [, group = '', , channel = ''] = INGEST_PATH.exec(url.pathname) ?? [];
  let track: TrackRequest;
  try {
    track = openTrack(host, url, request);
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
      host.took(group, channel, chunk.length);
    } catch (error) {
      refuse(error);
    }
  });
  request.on('end', () => {
    if (!response.writableEnded) response.writeHead(200).end();
  });
}

function openTrack(host: IngestHost, url: URL, request: IncomingMessage): TrackRequest {
  const [path, group = '', input, channelName = '', track = ''] = INGEST_PATH.exec(url.pathname) ?? [];
  if (!path) throw new IngestError(404, 'ingest is at /in/v1/<group>/<1 or 2>/<channel>/<track>');
  if (request.method !== 'POST' && request.method !== 'PUT') throw new IngestError(405, 'ingest takes POST and PUT');
  const channel = host.channel(group, channelName);
  if (!channel) throw new IngestError(404, `there is no channel '${channelName}' in channel group '${group}'`);
  const session = url.searchParams.get('session');
  if (!session) throw new IngestError(400, 'add ?session=<id>: all tracks of one encoder process share it');
  return channel.open({
    input: input === '2' ? 2 : 1,
    session,
    track,
    clockSeconds: clockOf(url),
    drop: () => request.destroy(),
  });
}

function clockOf(url: URL): number | undefined {
  const clock = url.searchParams.get('clock');
  if (clock === null) return undefined;
  if (Number(clock) > 0) return Number(clock);
  throw new IngestError(400, `clock: "${clock}" was given; the wall clock of time 0 is needed, in seconds since 1970`);
}

/** An ingest request with a wrong method, path or parameter. */
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
