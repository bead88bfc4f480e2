import type { EncoderPlan } from '../contract/plan';
import { AT_FIRST, type Effort, efforts, isHevc, next, type Work } from './effort';
import type { Pace } from './pace';
import type { Preset } from './presets';

/** A decision about an encoder, and its words for the screen. */
export interface Decision {
  /** True when the encoder must be replaced, to go on with another effort. */
  readonly replace: boolean;
  readonly words: string;
  readonly level: 'info' | 'warning';
}

/** Chooses one of the {@link efforts} of an encoder according to its pace. */
export class EncoderSpeed {
  private work: Work = AT_FIRST;
  private readonly efforts: readonly [Effort, ...Effort[]];
  private readonly hasHevc: boolean;

  /**
   * @param hevc - whether this ffmpeg has an encoder for HEVC.
   * @param pipelines - number of encoders of the channel.
   */
  constructor(
    { tracks }: Pick<EncoderPlan, 'tracks'>,
    preset: Preset,
    hevc: boolean,
    private readonly pipelines: 1 | 2,
  ) {
    this.efforts = efforts(tracks, preset, hevc ? 'hevc' : 'h264');
    this.hasHevc = tracks.some(isHevc);
  }

  get effort(): Effort {
    return this.efforts[this.work.effort] ?? this.efforts[0];
  }

  /** Returns the words for HEVC that is encoded as H.264; empty otherwise. */
  get inPlace(): string {
    return this.effort.hevcAs === 'h264' && this.hasHevc ? ', H.264 in place of HEVC' : '';
  }

  /** Returns the words for frames that are left out because no effort is low enough; empty otherwise. */
  get trouble(): string {
    return this.work.short ? tooSlow(this.pipelines) : '';
  }

  /** Takes a pace into account; returns undefined when nothing changes. */
  judge({ verdict, framesPerSecond, ofFrames }: Pace, atSeconds: number): Decision | undefined {
    const { work: before, effort: was } = this;
    this.work = next(before, { verdict, atSeconds }, this.efforts.length - 1);
    const short = `${Math.round(framesPerSecond)} of ${Math.round(ofFrames)} frames in a second are encoded`;
    if (this.work.effort > before.effort) {
      return { replace: true, level: 'warning', words: `${short}; goes on with ${this.lowerThan(was)}` };
    }
    if (this.work.effort < before.effort) {
      const words = `this machine has kept up for ${before.patienceSeconds} s; tries ${this.effort.preset}${this.inPlace} again`;
      return { replace: true, level: 'info', words };
    }
    if (this.work.short === before.short) return undefined;
    return this.work.short
      ? { replace: false, level: 'warning', words: `${short}; ${this.trouble}` }
      : { replace: false, level: 'info', words: 'all frames are encoded again' };
  }

  private lowerThan(was: Effort): string {
    return this.effort.hevcAs === was.hevcAs
      ? `${this.effort.preset}: faster, at some cost to the quality`
      : 'H.264 in place of HEVC, which this machine is too slow for';
  }
}

/** Advises on a machine that is too slow for every effort. */
export function tooSlow(pipelines: 1 | 2): string {
  return pipelines === 1
    ? "this machine is too slow for the ladder: choose a smaller one ('sd-540p'), or close other programs"
    : "this machine is too slow for the ladder twice: choose one pipeline, or a smaller ladder ('sd-540p'), or close other programs";
}
