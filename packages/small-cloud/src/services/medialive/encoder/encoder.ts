import type { NodeStatus } from '../../../contract';
import { reached } from '../../../host/timeline';
import type { IngestSink } from '../contract/contribution';
import type { AudioSource } from './audio-source';
import { CommandLines } from './command-lines';
import type { EncoderListener, EncoderOptions } from './encoder-options';
import { encoderRun } from './encoder-run';
import { EncoderSession } from './encoder-session';
import { EncoderSpeed } from './encoder-speed';
import { ENCODER_AT_FIRST, type EncoderAction, type EncoderEvent, type EncoderState, next } from './encoder-state';
import { encoderArguments } from './ffmpeg-arguments';
import { framesASecond } from './live-frames';
import { OutputListing } from './output-listing';
import { type PaceSample, pace, withinWindow } from './pace';
import { planNotes } from './plan-notes';

/**
 * Encodes an input: one encoder process (a session) for each stretch of input, replaced when it dies. On a machine that
 * is too slow, the process leaves out frames that come late, and is replaced by one with a lower effort when that lasts.
 * `encoder-state.ts` decides; this class has the processes and the timers.
 */
export class Encoder implements IngestSink {
  private state: EncoderState = ENCODER_AT_FIRST;
  private session: EncoderSession | undefined;
  /** Resolves once the session that was parted with is gone. */
  private parting: Promise<void> | undefined;
  private resting: NodeJS.Timeout | undefined;
  private samples: readonly PaceSample[] = [];
  private hasFrames = false;
  private readonly speed: EncoderSpeed;
  /** Frames of a second of the first video track; 0 for audio alone. */
  private readonly frameRate: number;
  private readonly listing: OutputListing;
  private readonly commands: CommandLines;
  private readonly watch: NodeJS.Timeout;

  constructor(
    private readonly options: EncoderOptions,
    private readonly listener: EncoderListener,
  ) {
    const { plan, target, preset, means } = options;
    this.speed = new EncoderSpeed(plan, preset, means.ffmpeg.hevc, target.otherUrl === undefined ? 1 : 2);
    this.frameRate = framesASecond(plan);
    if (this.speed.inPlace !== '') {
      this.warn('this ffmpeg has no libx265: H.264 is encoded in place of HEVC');
    }
    for (const note of planNotes(plan)) this.warn(note);
    this.listing = new OutputListing(plan.hls, target, (line) => this.warn(line));
    this.commands = new CommandLines(means.ffmpeg.path, (line) => means.tell(options.node, line));
    this.watch = setInterval(() => this.replaceIfUnfit(), 1000);
    this.watch.unref();
  }

  take(bytes: Buffer): boolean {
    return this.step({ kind: 'bytes', bytes, now: this.options.means.now() });
  }

  gone(): void {
    this.step({ kind: 'gone' });
  }

  async stop(): Promise<void> {
    clearInterval(this.watch);
    this.step({ kind: 'stop' });
    await this.parting;
  }

  status(): NodeStatus {
    const { node, means } = this.options;
    const { state } = this;
    switch (state.is) {
      case 'stopped':
        return { node, state: 'stopped', detail: 'idle' };
      case 'resting': {
        const seconds = Math.max(0, state.until - means.now()).toFixed(1);
        return { node, state: 'failed', detail: `${state.trouble}; starting again in ${seconds} s` };
      }
      case 'waiting':
      case 'parting':
        return { node, state: 'waiting', detail: 'waiting for input' };
      case 'encoding':
        return { node, ...this.progress(means.now() - state.startedAt) };
    }
  }

  private progress(upSeconds: number): Pick<NodeStatus, 'state' | 'detail'> {
    const { effort, inPlace, trouble } = this.speed;
    if (this.samples.length < 2) return { state: 'starting', detail: `starting, ${effort.preset}` };
    const { speed, framesPerSecond } = pace(this.samples, this.frameRate);
    const renditions = this.options.plan.tracks.filter(({ kind }) => kind === 'video').length;
    const figures = `${speed.toFixed(2)}x, ${Math.round(framesPerSecond)} fps, ${renditions} renditions`;
    const detail = `${figures}, ${effort.preset}${inPlace}, up ${Math.round(upSeconds)} s`;
    return trouble === '' ? { state: 'running', detail } : { state: 'degraded', detail: `${detail}: ${trouble}` };
  }

  /** Returns whether the encoder takes more bytes at once. */
  private step(event: EncoderEvent): boolean {
    const { state, actions } = next(this.state, event);
    this.state = state;
    return actions.map((action) => this.perform(action)).every((isReady) => isReady);
  }

  /** Returns false where the input has to wait. */
  private perform(action: EncoderAction): boolean {
    switch (action.act) {
      case 'begin':
        this.session = this.begin(action.audio);
        return this.session.write(action.head);
      case 'write':
        return this.session?.write(action.bytes) ?? true;
      case 'hold':
        return false;
      case 'finish':
        this.part((session) => session.finish(action.graceSeconds));
        return true;
      case 'end':
        this.part((session) => session.end());
        return true;
      case 'rest':
        this.resting = setTimeout(() => this.step({ kind: 'rested' }), action.seconds * 1000);
        return true;
      case 'wake':
        clearTimeout(this.resting);
        return true;
      case 'warn':
        this.warn(action.line);
        return true;
      case 'ready':
      case 'lost':
      case 'back':
        this.listener[action.act]();
        return true;
    }
  }

  private begin(audio: AudioSource): EncoderSession {
    const { plan, target, means } = this.options;
    const { frameOption } = means.ffmpeg;
    const run = encoderRun(plan, target, { ...this.speed.effort, audio, frameOption });
    const args = encoderArguments(plan, run);
    this.commands.tell(run, args);
    this.samples = [];
    const session = new EncoderSession(means, args, {
      drained: () => this.listener.ready(),
      progress: (sample) => {
        if (this.session === session) this.judge(sample);
      },
    });
    void session.ended.then((ending) => {
      if (this.session !== session) return;
      this.session = undefined;
      this.step({ kind: 'died', ending, now: means.now() });
    });
    return session;
  }

  private part(how: (session: EncoderSession) => Promise<void>): void {
    const { session } = this;
    if (session === undefined) return;
    this.session = undefined;
    this.parting = how(session).then(() => void this.step({ kind: 'parted' }));
  }

  /** Draws conclusions from a report of the process: it encodes, and keeps up, or does not. */
  private judge(sample: PaceSample): void {
    const { node, plan, means } = this.options;
    this.samples = withinWindow(this.samples, sample);
    if (!this.hasFrames) means.tell('timeline', reached(`${node} has its first frames`));
    this.hasFrames = true;
    if (sample.mediaSeconds > 0) this.step({ kind: 'media' });
    if (sample.mediaSeconds > plan.segmentSeconds) this.listing.put();
    const decision = this.speed.judge(pace(this.samples, this.frameRate), sample.atSeconds);
    if (decision === undefined) return;
    means.tell(node, decision.words, decision.level);
    if (decision.replace) this.step({ kind: 'unfit' });
  }

  private replaceIfUnfit(): void {
    const why = this.session?.unfit();
    if (why === undefined) return;
    this.warn(why);
    this.step({ kind: 'unfit' });
  }

  private warn(line: string): void {
    this.options.means.tell(this.options.node, line, 'warning');
  }
}
