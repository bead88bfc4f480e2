import type { ChildProcess } from 'node:child_process';
import type { NodeStatus, ObjectStore } from '../../../contract';
import { backOffSeconds } from '../contract/back-off';
import type { IngestSink } from '../contract/contribution';
import type { Ending, Means } from '../contract/means';
import type { PassedOn } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import { notTaken } from './codecs';
import { ingestArguments } from './ingest-arguments';
import { IngestLog } from './ingest-log';
import { type IngestStatus, openingStatus, receivingStatus } from './ingest-status';

/** What gives nothing for this long is taken as gone: a file may show one picture for some seconds. */
const SILENCE_SECONDS = { push: 2, pull: 2, 'stand-in': 2, file: 10 } as const;

/** A process that ends sooner than this without a byte has failed. */
const SHORT_LIFE_SECONDS = 1;

const RESPAWN_SECONDS = 0.1;

/** What is fetched and gives nothing for this long is given up, and tried again. */
const FIRST_BYTE_SECONDS = 10;

/** One input pipeline: an ingest process that is started again whenever it ends, for as long as the channel runs. */
export class Ingest {
  private child: ChildProcess | undefined;
  private loop: Promise<void> = Promise.resolve();
  private stopping = false;
  private paused = false;
  private receiving = false;
  private lastByteAt = 0;
  private refusal = '';
  private portTaken = false;
  private hasNewParameters = false;
  private told = '';
  private wake: () => void = () => {};
  private shown: IngestStatus = { state: 'stopped', detail: 'idle' };

  /**
   * @param node - the name on the screen: `input main`.
   * @param onReceiving - told when the first bytes come, and when no more do.
   */
  constructor(
    private readonly node: string,
    private readonly source: IngestSource,
    private readonly sink: IngestSink,
    private readonly means: Means & { readonly objects: ObjectStore },
    private readonly onReceiving: (isReceiving: boolean) => void,
    private readonly passed: PassedOn,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    const child = this.child;
    if (child !== undefined) {
      child.stdout?.destroy();
      await this.means.processes.end(child);
    }
    await this.loop;
    this.shown = { state: 'stopped', detail: 'idle' };
  }

  /** Goes on after the sink had asked for a pause. */
  resume(): void {
    this.paused = false;
    this.lastByteAt = this.means.now();
    this.child?.stdout?.resume();
  }

  status(): NodeStatus {
    return { node: this.node, ...this.shown };
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      this.await();
      const startedAt = this.means.now();
      const ending = await this.play();
      const received = this.receiving;
      this.receiving = false;
      if (received) this.sink.gone();
      if (this.stopping) return;
      if (received) this.onReceiving(false);
      if (this.source.kind === 'file' && !this.source.loop && received && ending.code === 0) {
        this.show({ state: 'waiting', detail: 'the file has ended, and SourceEndBehavior is not LOOP' }, 'info');
        return;
      }
      const short = !received && this.means.now() - startedAt < SHORT_LIFE_SECONDS;
      const failed = short || this.refusal !== '' || (this.source.kind !== 'push' && !received);
      failures = failed ? failures + 1 : 0;
      await this.explain(ending, received, failures);
      await this.rest(failures > 0 ? backOffSeconds(failures) : RESPAWN_SECONDS);
    }
  }

  /** Runs one ingest process to its end. */
  private play(): Promise<Ending> {
    const args = this.arguments();
    if (args === undefined) return Promise.resolve({ code: 'not started', complaint: 'there is no such object' });
    const child = this.means.processes.spawn(this.means.ffmpeg.path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.paused = false;
    this.refusal = '';
    this.portTaken = false;
    this.hasNewParameters = false;
    const startedAt = this.means.now();
    let gaveUp = '';
    const log = new IngestLog();
    child.stdout?.on('data', (bytes: Buffer) => this.receive(child, bytes));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const opened = log.read(text);
      this.refusal ||= (opened && notTaken(this.source, opened)) ?? '';
      if (this.refusal !== '') void this.means.processes.end(child);
      this.portTaken ||= log.portTaken;
      this.hasNewParameters = this.source.kind === 'pull' && log.hasNewParameters;
      if (this.hasNewParameters) void this.means.processes.end(child);
    });
    const watchdog = setInterval(() => {
      const now = this.means.now();
      if (!this.receiving && this.source.kind !== 'push' && now - startedAt > FIRST_BYTE_SECONDS) {
        gaveUp = `it gave nothing for ${FIRST_BYTE_SECONDS} s`;
      } else if (!this.receiving || this.paused || now - this.lastByteAt < SILENCE_SECONDS[this.source.kind]) {
        return;
      } else {
        gaveUp = `it gave nothing more for ${SILENCE_SECONDS[this.source.kind]} s`;
      }
      void this.means.processes.end(child);
    }, 500);
    return new Promise((resolve) => {
      const ended = (ending: Ending) => {
        clearInterval(watchdog);
        this.child = undefined;
        resolve(ending);
      };
      child.once('close', (code, signal) =>
        ended({ code: code ?? signal ?? 'unknown', complaint: gaveUp || log.complaint }),
      );
      child.once('error', (error) => {
        if (child.pid === undefined) ended({ code: 'not started', complaint: error.message });
      });
    });
  }

  /** Undefined when the object is not in its bucket, which may change at any time. */
  private arguments(): readonly string[] | undefined {
    const { source } = this;
    if (source.kind !== 'file' || source.object === undefined) return ingestArguments(source, '', this.passed);
    const file = this.means.objects.file(source.object.bucket, source.object.key);
    return file === undefined ? undefined : ingestArguments(source, file, this.passed);
  }

  private receive(child: ChildProcess, bytes: Buffer): void {
    if (this.stopping || this.refusal !== '') return;
    this.lastByteAt = this.means.now();
    if (!this.receiving) {
      this.receiving = true;
      this.onReceiving(true);
      const status = receivingStatus(this.source);
      this.show(status, status.state === 'running' ? 'info' : 'warning');
    }
    if (!this.sink.take(bytes)) {
      this.paused = true;
      child.stdout?.pause();
    }
  }

  /** Only that publishers are waited for is worth a line: the others begin at once. */
  private await(): void {
    const status = openingStatus(this.source);
    if (status.state === 'waiting') this.show(status, 'info');
    else this.shown = status;
  }

  /** Says why an ingest process has ended, and moves to another port when this one is taken. */
  private async explain({ code, complaint }: Ending, received: boolean, failures: number): Promise<void> {
    const { source } = this;
    if (this.refusal !== '') {
      this.show({ state: 'failed', detail: `${this.name()} ${this.refusal}` }, 'warning');
    } else if (source.kind === 'push' && this.portTaken) {
      const taken = source.endpoint.port;
      await source.endpoint.move();
      this.means.tell(
        this.node,
        `port ${taken} is taken by another program; moved to ${source.endpoint.url}`,
        'warning',
      );
    } else if (source.kind === 'push' && received) {
      this.means.tell(this.node, 'the publisher has gone');
    } else if (this.hasNewParameters) {
      const words = `${this.name()} goes on with other parameters (EXT-X-MAP), and is begun anew`;
      this.means.tell(this.node, words, 'warning');
    } else if (source.kind === 'file' && received && code !== 0) {
      this.means.tell(this.node, `${this.name()} is begun again: ${complaint || code}`, 'warning');
    } else if (source.kind === 'pull' && received) {
      this.show({ state: 'waiting', detail: `${source.url} has ended; trying it again` }, 'warning');
    } else if (failures > 0) {
      const detail = `${this.name()} cannot be read: ${complaint || `ffmpeg ended with ${code}`}`;
      this.show({ state: 'failed', detail }, 'warning');
    }
  }

  private name(): string {
    const { source } = this;
    return source.kind === 'file' || source.kind === 'pull' ? source.url : 'the input';
  }

  private show(status: IngestStatus, level: 'info' | 'warning'): void {
    const { detail } = status;
    if (this.told !== detail) this.means.tell(this.node, detail, level);
    this.told = detail;
    this.shown = status;
  }

  private rest(seconds: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
