import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Processes } from '../../../host/processes';

/** Number of ffmpeg processes at a time. Muxing takes a moment, and two leave the machine to the encoder. */
const AT_ONCE = 2;
/** Number of segments that are kept for the next viewer. An edge in front asks once. */
const KEPT = 24;
/** First free file descriptor: 0, 1 and 2 are the standard streams. */
const FIRST_INPUT = 3;

/** One track of a segment, as bytes: its init segment and its fragments. */
export type TrackBytes = readonly Buffer[];

/**
 * Muxes CMAF tracks into MPEG-TS segments on demand, with ffmpeg and without changing a sample. Times are kept, so
 * consecutive segments stay consecutive.
 */
export class TransportStreamMuxer {
  private readonly made = new Map<string, Promise<Buffer>>();
  private readonly turns: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly options: { readonly ffmpeg: string; readonly processes: Processes }) {}

  /**
   * Returns a segment. While it is kept, all requests share one muxing.
   *
   * @param key - identifies the segment among all segments of all endpoints.
   * @throws Error with ffmpeg's message when it fails.
   */
  segment(key: string, tracks: readonly TrackBytes[]): Promise<Buffer> {
    const known = this.made.get(key);
    if (known) return known;
    const segment = this.inTurn(() => this.mux(tracks));
    this.made.set(key, segment);
    segment.catch(() => this.made.delete(key));
    for (const oldest of this.made.keys()) {
      if (this.made.size <= KEPT) break;
      this.made.delete(oldest);
    }
    return segment;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.busy >= AT_ONCE) await new Promise<void>((resolve) => this.turns.push(resolve));
    else this.busy++;
    try {
      return await work();
    } finally {
      const next = this.turns.shift();
      if (next) next();
      else this.busy--;
    }
  }

  private async mux(tracks: readonly TrackBytes[]): Promise<Buffer> {
    const child = this.options.processes.spawn(this.options.ffmpeg, muxArguments(tracks.length), {
      stdio: ['ignore', 'pipe', 'pipe', ...tracks.map(() => 'pipe' as const)],
    });
    const failure = new Promise<never>((_, reject) => child.once('error', reject));
    tracks.forEach((bytes, index) => {
      const input = child.stdio[FIRST_INPUT + index];
      if (input && 'write' in input) feed(input, bytes);
    });
    const [segment, complaint] = [collect(child.stdout), collect(child.stderr)];
    const [code] = await Promise.race([once(child, 'close'), failure]);
    if (code !== 0) throw new Error(`ffmpeg could not mux an MPEG-TS segment: ${(await complaint).toString().trim()}`);
    return segment;
  }
}

/**
 * Builds ffmpeg's arguments for a number of tracks, which it reads from the file descriptors after the standard ones.
 */
function muxArguments(trackCount: number): readonly string[] {
  const tracks = Array.from({ length: trackCount }, (_, index) => index);
  return [
    // Standard input is not a terminal, and the output is media.
    '-nostdin',
    '-hide_banner',
    // Errors only: they become the message of the failure.
    ...['-loglevel', 'error'],
    // Keep the timeline of the channel.
    '-copyts',
    ...tracks.flatMap((index) => ['-f', 'mp4', '-i', `pipe:${FIRST_INPUT + index}`]),
    ...tracks.flatMap((index) => ['-map', `${index}:0`]),
    // Copy every sample as it is.
    ...['-c', 'copy'],
    // No delay of the muxer, which would shift the timeline.
    ...['-muxdelay', '0'],
    ...['-muxpreload', '0'],
    // Every segment comes from a process of its own, so continuity counters start again. Its packets say so.
    ...['-mpegts_flags', '+initial_discontinuity'],
    ...['-f', 'mpegts'],
    'pipe:1',
  ];
}

function feed(input: Writable, bytes: TrackBytes): void {
  // A muxer that fails closes its inputs. Its message on stderr is the reason, not the broken pipe.
  input.on('error', () => {});
  for (const buffer of bytes) input.write(buffer);
  input.end();
}

async function collect(stream: Readable | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
