import { randomUUID } from 'node:crypto';
import type { NodeStatus } from '../../../contract';
import { steadyNow } from '../../../host/clock';
import { reached } from '../../../host/timeline';
import { backOffSeconds } from '../contract/back-off';
import type { IngestSink } from '../contract/contribution';
import type { Ending, Means } from '../contract/means';
import type { EncoderPlan } from '../contract/plan';
import { audioSource } from './audio-source';
import { EncoderSession } from './encoder-session';
import { EncoderSpeed } from './encoder-speed';
import type { EncoderTarget } from './encoder-target';
import { type EncoderRun, encoderArguments, type Preset, shellCommand } from './ffmpeg-arguments';
import { inStep } from './gop-clock';
import { framesASecond } from './live-frames';
import { OutputListing } from './output-listing';
import { type PaceSample, pace, withinWindow } from './pace';
import { complaintInWords, lacksAudio, planNotes } from './plan-notes';

/** What an encoder reports to its channel. */
export interface EncoderEvents {
  /** The encoder takes bytes again. */
  ready(): void;
  /** The encoder process is being replaced. */
  lost(): void;
  /** The encoder is encoding again. */
  back(): void;
}

const STEADY_SECONDS = 10;
const FINISH_SECONDS = { input: 2, silence: 0.3 } as const;

/**
 * Encodes what an input brings: one encoder process (a session) for each stretch of input, replaced when it dies.
 * It stays live on a machine that is too slow: the process leaves out frames that come late, and is replaced by one with
 * a lower effort when that lasts. While there is no process its bytes are dropped, as a live picture must.
 */
export class Encoder implements IngestSink {
  private session: EncoderSession | undefined;
  private ending: Promise<void> | undefined;
  private head = Buffer.alloc(0);
  private audio: EncoderRun['audio'] | undefined;
  private samples: readonly PaceSample[] = [];
  private failures = 0;
  private resting: NodeJS.Timeout | undefined;
  private restingUntil = 0;
  private recovering = false;
  private hasFrames = false;
  private trouble = '';
  private stopped = false;
  private readonly speed: EncoderSpeed;
  /** Frames of a second of the first picture; 0 for audio alone. */
  private readonly frameRate: number;
  private readonly listing: OutputListing;
  private readonly told = new Set<string>();
  private readonly watch: NodeJS.Timeout;

  /** @param node - the name on the screen: `encoder main`. */
  constructor(
    private readonly node: string,
    private readonly plan: EncoderPlan,
    private readonly target: EncoderTarget,
    preset: Preset,
    private readonly means: Means,
    private readonly events: EncoderEvents,
  ) {
    this.speed = new EncoderSpeed(plan, preset, means.ffmpeg.hevc, target.otherUrl === undefined ? 1 : 2);
    this.frameRate = framesASecond(plan);
    if (this.speed.inPlace !== '') {
      means.tell(node, 'this ffmpeg has no libx265: H.264 is encoded in place of HEVC', 'warning');
    }
    for (const note of planNotes(plan)) means.tell(node, note, 'warning');
    this.listing = new OutputListing(plan.hls, target, (line) => means.tell(node, line, 'warning'));
    this.watch = setInterval(() => this.replaceIfUnfit(), 1000);
    this.watch.unref();
  }

  take(bytes: Buffer): boolean {
    if (this.stopped || this.resting !== undefined) return true;
    if (this.session !== undefined) return this.session.write(bytes);
    this.head = Buffer.concat([this.head, bytes]);
    if (this.ending !== undefined) return false;
    this.audio ??= audioSource(this.head);
    if (this.audio === undefined) return true;
    const head = this.head;
    this.head = Buffer.alloc(0);
    this.session = this.begin(this.audio);
    return this.session.write(head);
  }

  gone(): void {
    const grace = FINISH_SECONDS[this.audio ?? 'input'];
    this.audio = undefined;
    this.wakeUp();
    this.recover(false);
    this.replace((session) => session.finish(grace));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.watch);
    this.wakeUp();
    this.replace((session) => session.end());
    await this.ending;
  }

  status(): NodeStatus {
    const { session, node, speed: pacing } = this;
    if (this.stopped) return { node, state: 'stopped', detail: 'idle' };
    if (this.resting !== undefined) {
      const seconds = Math.max(0, this.restingUntil - this.means.now()).toFixed(1);
      return { node, state: 'failed', detail: `${this.trouble}; starting again in ${seconds} s` };
    }
    if (session === undefined) return { node, state: 'waiting', detail: 'waiting for input' };
    const { preset } = pacing.effort;
    if (this.samples.length < 2) return { node, state: 'starting', detail: `starting, ${preset}` };
    const { speed, framesPerSecond } = pace(this.samples, this.frameRate);
    const renditions = this.plan.tracks.filter(({ kind }) => kind === 'video').length;
    const figures = `${speed.toFixed(2)}x, ${Math.round(framesPerSecond)} fps, ${renditions} renditions, ${preset}${pacing.inPlace}`;
    const up = `up ${Math.round(this.means.now() - session.startedAt)} s`;
    return pacing.trouble === ''
      ? { node, state: 'running', detail: `${figures}, ${up}` }
      : { node, state: 'degraded', detail: `${figures}, ${up}: ${pacing.trouble}` };
  }

  private begin(audio: EncoderRun['audio']): EncoderSession {
    const { url, inStep: isInStep } = this.target;
    const { preset, hevcAs } = this.speed.effort;
    const { frameOption } = this.means.ffmpeg;
    const clock = isInStep ? inStep(this.plan, steadyNow() / 1000) : undefined;
    const run = {
      ...{ ingestUrl: url, session: randomUUID(), preset, hevcAs, audio, frameOption },
      ...(clock && { inStep: clock }),
    };
    const args = encoderArguments(this.plan, run);
    this.tellCommand(args, run);
    this.samples = [];
    this.trouble = '';
    const session = new EncoderSession(this.means, args, {
      drained: () => this.events.ready(),
      progress: (sample) => {
        if (this.session === session) this.judge(sample);
      },
    });
    void session.ended.then((ending) => {
      if (this.session === session) this.died(session, ending);
    });
    return session;
  }

  /** Looks at the pace: back after a loss, behind, or in order. */
  private judge(sample: PaceSample): void {
    this.samples = withinWindow(this.samples, sample);
    if (!this.hasFrames) this.means.tell('timeline', reached(`${this.node} has its first frames`));
    this.hasFrames = true;
    if (sample.mediaSeconds > 0) this.recover(false);
    if (sample.mediaSeconds > this.plan.segmentSeconds) this.listing.put();
    const decision = this.speed.judge(pace(this.samples, this.frameRate), sample.atSeconds);
    if (decision === undefined) return;
    this.means.tell(this.node, decision.words, decision.level);
    if (!decision.replace) return;
    this.recover(true);
    this.replace((session) => session.end());
  }

  private died(session: EncoderSession, { code, complaint }: Ending): void {
    this.session = undefined;
    // The picture goes on without, as it would in the service.
    if (lacksAudio(complaint)) this.audio = 'silence';
    this.failures = this.means.now() - session.startedAt > STEADY_SECONDS ? 1 : this.failures + 1;
    const seconds = backOffSeconds(this.failures);
    this.trouble = `the encoder has ended (${complaintInWords(complaint) || code})`;
    this.means.tell(this.node, `${this.trouble}; starting it again in ${seconds} s`, 'warning');
    this.recover(true);
    this.restingUntil = this.means.now() + seconds;
    this.resting = setTimeout(() => {
      this.resting = undefined;
    }, seconds * 1000);
    this.events.ready();
  }

  /** Parts with the session; the next one begins when it is gone, so that the two never write at once. */
  private replace(part: (session: EncoderSession) => Promise<void>): void {
    const { session } = this;
    this.head = Buffer.alloc(0);
    if (session === undefined) return;
    this.session = undefined;
    this.ending = part(session).then(() => {
      this.ending = undefined;
      this.events.ready();
    });
  }

  private replaceIfUnfit(): void {
    const why = this.session?.unfit();
    if (why === undefined) return;
    this.means.tell(this.node, why, 'warning');
    this.recover(true);
    this.replace((session) => session.end());
  }

  private recover(recovering: boolean): void {
    if (this.recovering === recovering) return;
    this.recovering = recovering;
    if (recovering) this.events.lost();
    else this.events.back();
  }

  private wakeUp(): void {
    clearTimeout(this.resting);
    this.resting = undefined;
    this.trouble = '';
  }

  private tellCommand(args: readonly string[], { preset, audio, hevcAs }: EncoderRun): void {
    const kind = `${preset} ${audio} ${hevcAs}`;
    if (this.told.has(kind)) return;
    this.told.add(kind);
    if (audio === 'silence') this.means.tell(this.node, 'the input has no sound; silence is encoded');
    const command = shellCommand(this.means.ffmpeg.path, args);
    this.means.tell(this.node, `encodes with (MPEG-TS on standard input, progress on descriptor 3): ${command}`);
  }
}
