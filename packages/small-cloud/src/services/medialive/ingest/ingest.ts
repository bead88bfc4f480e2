import type { ChildProcess } from 'node:child_process';
import type { NodeStatus } from '../../../contract';
import type { IngestOptions, PipelineIngest } from '../contract/contribution';
import type { Ending } from '../contract/means';
import type { PassedOn } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import { notTaken } from './codecs';
import { ingestArguments } from './ingest-arguments';
import { IngestLog } from './ingest-log';
import { next } from './ingest-next';
import type { IngestAction, IngestEvent, IngestState } from './ingest-state';
import { ingestStatus } from './ingest-status';
import { isPaced, ProgramWatch, programStart } from './program-watch';

/** Pause between two looks for a source that has fallen silent, in milliseconds. */
const LOOK_MS = 500;

/**
 * One input pipeline: an ingest process that is started again whenever it ends, for as long as the channel runs.
 * `ingest-next.ts` decides; this class has the process and the timers.
 */
export class Ingest implements PipelineIngest {
  private state: IngestState = { is: 'idle' };
  private child: ChildProcess | undefined;
  /** Resolves once the process that runs is gone. */
  private ended: Promise<void> = Promise.resolve();
  private moved: Promise<void> = Promise.resolve();
  private resting: NodeJS.Timeout | undefined;
  private told = '';
  /** Byte of a file that the next process begins at. */
  private resumeAt = 0;

  constructor(
    private readonly options: IngestOptions<IngestSource>,
    private readonly passed: PassedOn,
  ) {}

  start(): void {
    this.step({ kind: 'start', now: this.options.means.now() });
  }

  async stop(): Promise<void> {
    this.step({ kind: 'stop' });
    await this.ended;
    await this.moved;
  }

  /** Goes on after the sink had asked for a pause. */
  resume(): void {
    this.step({ kind: 'resume', now: this.options.means.now() });
  }

  status(): NodeStatus {
    const { node, source } = this.options;
    return { node, ...ingestStatus(this.state, source) };
  }

  private step(event: IngestEvent): void {
    const { state, actions } = next(this.state, event, this.options.source);
    this.state = state;
    for (const action of actions) this.perform(action);
  }

  private perform(action: IngestAction): void {
    const { node, sink, means, onReceiving } = this.options;
    switch (action.act) {
      case 'open':
        this.ended = this.open();
        return;
      case 'give':
        if (!sink.take(action.bytes)) this.step({ kind: 'held' });
        return;
      case 'gone':
        sink.gone();
        return;
      case 'receiving':
        onReceiving(action.isReceiving);
        return;
      case 'pause':
      case 'resume':
        this.child?.stdout?.[action.act]();
        return;
      case 'cut':
      case 'end':
        if (action.act === 'cut') this.child?.stdout?.destroy();
        if (this.child !== undefined) void means.processes.end(this.child);
        return;
      case 'move':
        this.moved = this.move();
        return;
      case 'rest':
        this.resting = setTimeout(() => this.step({ kind: 'rested', now: means.now() }), action.seconds * 1000);
        return;
      case 'wake':
        clearTimeout(this.resting);
        return;
      case 'show':
        if (this.told !== action.status.detail) means.tell(node, action.status.detail, action.level);
        this.told = action.status.detail;
        return;
      case 'tell':
        means.tell(node, action.line, action.level);
        return;
    }
  }

  /** Runs one ingest process to its end. */
  private async open(): Promise<void> {
    const { means } = this.options;
    const args = this.commandLine();
    if (args === undefined) {
      await Promise.resolve();
      const ending = { code: 'not started', complaint: 'there is no such object' };
      this.step({ kind: 'ended', ending, isPortTaken: false, now: means.now() });
      return;
    }
    const child = means.processes.spawn(means.ffmpeg.path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    const watch = new ProgramWatch();
    const log = this.listen(child, watch);
    const watchdog = setInterval(() => {
      this.step({ kind: 'tick', now: means.now() });
      if (watch.hasStopped() || isPaced(this.options.source)) void this.follow(child, log);
    }, LOOK_MS);
    const ending = await endingOf(child, log);
    clearInterval(watchdog);
    // A paced process skips the rest at once, and may have ended before the next look.
    if (isPaced(this.options.source)) await this.follow(child, log);
    this.child = undefined;
    this.step({ kind: 'ended', ending, isPortTaken: log.portTaken, now: means.now() });
  }

  /** Passes on what a process writes: media on standard output, its log on standard error. */
  private listen(child: ChildProcess, watch: ProgramWatch): IngestLog {
    const { source, means } = this.options;
    const log = new IngestLog();
    child.stdout?.on('data', (bytes: Buffer) => {
      watch.take(bytes);
      this.step({ kind: 'bytes', bytes, now: means.now() });
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const opened = log.read(text);
      const why = opened && notTaken(source, opened);
      if (why !== undefined) this.step({ kind: 'refused', why });
      if (source.kind === 'pull' && log.hasNewParameters) this.step({ kind: 'new-parameters' });
    });
    return log;
  }

  /** Ends a process whose program has got other packet ids, and lets the next one begin there. */
  private async follow(child: ChildProcess, { newVideoAt: position }: IngestLog): Promise<void> {
    if (position === undefined) return;
    const file = this.file();
    const resumeAt = file === undefined ? 0 : await programStart(file, position);
    if (this.child !== child) return;
    this.resumeAt = resumeAt;
    this.step({ kind: 'new-program' });
  }

  /** Returns undefined when the object is not in its bucket, which may change at any time. */
  private commandLine(): readonly string[] | undefined {
    const { source } = this.options;
    const from = this.resumeAt;
    this.resumeAt = 0;
    const file = this.file();
    if (source.kind === 'file' && file === undefined) return undefined;
    return ingestArguments(source, { path: file, from }, this.passed);
  }

  /** Returns the path or the URL of a file; undefined for other sources, and for an object that is not in its bucket. */
  private file(): string | undefined {
    const { source, means } = this.options;
    if (source.kind !== 'file') return undefined;
    return source.object ? means.objects.file(source.object.bucket, source.object.key) : source.url;
  }

  /** Moves a push input to another port. */
  private async move(): Promise<void> {
    const { node, source, means } = this.options;
    if (source.kind !== 'push') return;
    const { endpoint } = source;
    const taken = endpoint.port;
    await endpoint.move();
    means.tell(node, `port ${taken} is taken by another program; moved to ${endpoint.url}`, 'warning');
    this.step({ kind: 'moved' });
  }
}

/** Waits for the end of a process. */
function endingOf(child: ChildProcess, log: IngestLog): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', complaint: log.complaint }));
    child.once('error', (error) => {
      if (child.pid === undefined) resolve({ code: 'not started', complaint: error.message });
    });
  });
}
