import type { ChildProcess } from 'node:child_process';
import type { Means } from '../contract/means';
import type { PassedOn } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import { notTaken } from './codecs';
import { ingestArguments } from './ingest-arguments';
import { IngestLog } from './ingest-log';

/** Reports of a feed. */
export interface FeedEvents {
  /** Bytes of its transport stream, once it may flow. */
  bytes(bytes: Buffer): void;
  /** It takes tags again, after {@link FlvFeed.write} had returned false. */
  drained(): void;
  /** MediaLive would not take the input, for the reason in `why`: the part of a sentence that follows its name. */
  refused(why: string): void;
  /** It has ended, with a complaint where nobody had asked it to. */
  ended(complaint: string | undefined): void;
}

/** Seconds that a feed has after the last tag to write what it holds. */
const FINISH_SECONDS = 1;

/** One ingest process that turns FLV into a transport stream. */
export class FlvFeed {
  private readonly child: ChildProcess;
  private isAsked = false;

  constructor(
    private readonly means: Means,
    source: IngestSource,
    passed: PassedOn,
    events: FeedEvents,
  ) {
    const log = new IngestLog();
    const args = ingestArguments(source, {}, passed);
    const child = means.processes.spawn(means.ffmpeg.path, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child = child;
    child.stdin?.on('error', () => {});
    child.stdin?.on('drain', () => events.drained());
    child.stdout?.pause();
    child.stdout?.on('data', (bytes: Buffer) => events.bytes(bytes));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const opened = log.read(text);
      const why = opened && notTaken(source, opened);
      if (why !== undefined) events.refused(why);
    });
    child.once('close', (code) => {
      events.ended(this.isAsked ? undefined : log.complaint || `ffmpeg ended with ${code}`);
    });
    child.once('error', (error) => {
      if (child.pid === undefined) events.ended(error.message);
    });
  }

  /** Passes a tag on; returns false when the process is not ready for more. */
  write(bytes: Buffer): boolean {
    return this.child.stdin?.write(bytes) ?? false;
  }

  /** Lets its transport stream flow, or holds it. */
  flow(flows: boolean): void {
    if (flows) this.child.stdout?.resume();
    else this.child.stdout?.pause();
  }

  /** Closes the input of the process and lets it write the rest. */
  finish(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.child.stdin?.end();
    const timer = setTimeout(() => void this.means.processes.end(this.child), FINISH_SECONDS * 1000);
    this.child.once('close', () => clearTimeout(timer));
  }

  /** Ends the process. */
  async end(): Promise<void> {
    this.isAsked = true;
    this.child.stdout?.destroy();
    await this.means.processes.end(this.child);
  }
}
