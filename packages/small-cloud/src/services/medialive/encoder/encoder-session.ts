import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { complaints, type Ending, type Means } from '../contract/means';
import type { PaceSample } from './pace';
import { ProgressReader } from './progress';

/** Reports of a session. */
export interface SessionEvents {
  /** One progress report, about every second. */
  progress(sample: PaceSample): void;
  /** The process takes bytes again, after {@link EncoderSession.write} had returned false. */
  drained(): void;
}

/** Bytes that may wait for a process before the ingest waits as well: some 20 s of a contribution. */
const MOST_WAITING_BYTES = 32_000_000;
/** A process that neither takes bytes nor reports for this long hangs. */
const HUNG_SECONDS = 10;
/** A process whose media is later than this, while input has waited for {@link WAITED_SECONDS}, is not live. */
const MOST_LATE_SECONDS = 6;
const WAITED_SECONDS = 2;

/** One encoder process: from the first bytes of an input to its end. */
export class EncoderSession {
  readonly startedAt: number;
  /** Resolves once the process is gone. */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private stalledSince: number | undefined;
  private stalledBefore = 0;
  private heardAt: number;
  /** Lateness of the media that came most punctually, and of the newest, by this machine's clock. */
  private lateness = { least: Number.POSITIVE_INFINITY, now: 0 };

  constructor(
    private readonly means: Means,
    args: readonly string[],
    events: SessionEvents,
  ) {
    this.startedAt = means.now();
    this.heardAt = this.startedAt;
    const child = means.processes.spawn(means.ffmpeg.path, args, {
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
      // UTC names segments after their time as MediaLive does.
      env: { ...process.env, TZ: 'UTC' },
    });
    this.child = child;
    child.stdin?.on('error', () => {});
    child.stdin?.on('drain', () => {
      this.stalledBefore = this.stalledSeconds();
      this.stalledSince = undefined;
      events.drained();
    });
    const complaint = complaints(child);
    const reader = new ProgressReader();
    (child.stdio[3] as Readable | null | undefined)?.setEncoding('utf8').on('data', (text: string) => {
      this.heardAt = this.means.now();
      for (const progress of reader.read(text)) {
        const now = this.means.now() - progress.mediaSeconds;
        this.lateness = { least: Math.min(this.lateness.least, now), now };
        events.progress({ atSeconds: this.means.now(), stalledSeconds: this.stalledSeconds(), ...progress });
      }
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', complaint: complaint() }));
      child.once('error', (error) => {
        if (child.pid === undefined) resolve({ code: 'not started', complaint: error.message });
      });
    });
  }

  /** Passes bytes on, all of them; returns false when far too many wait for the process already. */
  write(bytes: Buffer): boolean {
    const { stdin } = this.child;
    const ready = stdin?.write(bytes) ?? false;
    if (!ready) this.stalledSince ??= this.means.now();
    return (stdin?.writableLength ?? 0) < MOST_WAITING_BYTES;
  }

  /** Explains why the process must be replaced; undefined while it works and is live. */
  unfit(): string | undefined {
    const { stalledSince } = this;
    if (stalledSince === undefined) return undefined;
    const now = this.means.now();
    if (now - Math.max(stalledSince, this.heardAt) >= HUNG_SECONDS) {
      return `the encoder has taken nothing for ${HUNG_SECONDS} s and is replaced`;
    }
    const late = this.lateness.now - this.lateness.least;
    if (now - stalledSince < WAITED_SECONDS || late < MOST_LATE_SECONDS) return undefined;
    return `the encoder is ${late.toFixed(1)} s late: what waits is left out, to stay live`;
  }

  /** Closes the input of the process and lets it encode the rest, for at most `graceSeconds`. */
  async finish(graceSeconds: number): Promise<void> {
    this.child.stdin?.end();
    const timer = setTimeout(() => void this.end(), graceSeconds * 1000);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends the process. */
  async end(): Promise<void> {
    await this.means.processes.end(this.child);
    await this.ended;
  }

  private stalledSeconds(): number {
    return this.stalledBefore + (this.stalledSince === undefined ? 0 : this.means.now() - this.stalledSince);
  }
}
