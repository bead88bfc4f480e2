import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Processes } from '../../../host/processes';

/** Muxing a few seconds takes a moment; two at a time leave the machine to the encoder. */
const AT_ONCE = 2;
/** Segments kept for the next viewer who asks; an edge in front asks once. */
const KEPT = 24;

/** One track of a segment: its init segment and its fragments, as bytes. */
export type TrackBytes = readonly Buffer[];

/**
 * Muxes CMAF tracks into MPEG-TS segments, on demand, with ffmpeg and without touching a sample. Times are kept, so
 * segments follow one another as the CMAF ones do.
 */
export class TransportStreams {
  private readonly made = new Map<string, Promise<Buffer>>();
  private readonly turns: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly options: { readonly ffmpeg: string; readonly processes: Processes }) {}

  /**
   * A segment; made once for all who ask while it is remembered.
   * @param key - names the segment among all segments of all endpoints.
   * @throws Error with what ffmpeg said when it fails.
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

/** File descriptors 0, 1 and 2 are taken. */
const FIRST_INPUT = 3;

/**
 * `-copyts` and no muxer delay keep the timeline; the packets of each segment announce that continuity counters start
 * anew, which they do, since every segment is made by a process of its own.
 */
function muxArguments(tracks: number): readonly string[] {
  const inputs = Array.from({ length: tracks }, (_, index) => index);
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-copyts'],
    ...inputs.flatMap((index) => ['-f', 'mp4', '-i', `pipe:${FIRST_INPUT + index}`]),
    ...inputs.flatMap((index) => ['-map', `${index}:0`]),
    ...['-c', 'copy', '-muxdelay', '0', '-muxpreload', '0', '-mpegts_flags', '+initial_discontinuity'],
    ...['-f', 'mpegts', 'pipe:1'],
  ];
}

function feed(input: Writable, bytes: TrackBytes): void {
  // A muxer that fails closes its inputs; what it says on stderr is the reason, not the broken pipe.
  input.on('error', () => {});
  for (const buffer of bytes) input.write(buffer);
  input.end();
}

async function collect(stream: Readable | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}
