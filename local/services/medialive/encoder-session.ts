import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { complaints, type Ending, type Means } from './means';
import type { PaceSample } from './pace';
import { ProgressReader } from './progress';

/** What a session reports. */
export interface SessionEvents {
  /** One progress report, about every second. */
  progress(sample: PaceSample): void;
  /** It takes bytes again, after {@link EncoderSession.write} had said no. */
  drained(): void;
}

/** One encoder process: from the first bytes of an input to its end. */
export class EncoderSession {
  readonly startedAt: number;
  /** Resolves once the process is gone. */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private stalledSince: number | undefined;
  private stalledBefore = 0;
  private heardAt: number;

  constructor(
    private readonly means: Means,
    args: readonly string[],
    events: SessionEvents,
  ) {
    this.startedAt = means.now();
    this.heardAt = this.startedAt;
    const child = means.processes.spawn(means.ffmpeg.path, args, {
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
      // Files that are named after their time are named in UTC, as MediaLive names them.
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

  /** Passes bytes on; false when the process is not ready for more (they are taken all the same). */
  write(bytes: Buffer): boolean {
    const ready = this.child.stdin?.write(bytes) ?? false;
    if (!ready) this.stalledSince ??= this.means.now();
    return ready;
  }

  /** How long the process has neither taken bytes nor reported, in seconds; zero while it works. */
  hungSeconds(): number {
    return this.stalledSince === undefined ? 0 : this.means.now() - Math.max(this.stalledSince, this.heardAt);
  }

  /** The input has ended: lets the process finish what it has, for at most `graceSeconds`. */
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
