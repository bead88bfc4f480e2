import type { EncoderPlan, Track } from './encoder-plan';
import type { EncoderRun, Preset } from './ffmpeg-arguments';
import { faster } from './pace';

/** How fast an encoder goes about its work: the preset, and what HEVC is encoded as. */
export class EncoderSpeed {
  private current: Preset;
  private codec: EncoderRun['hevcAs'];
  private readonly hasHevc: boolean;

  /** @param hevc - whether this ffmpeg has an encoder for HEVC. */
  constructor({ tracks }: Pick<EncoderPlan, 'tracks'>, preset: Preset, hevc: boolean) {
    this.current = preset;
    this.codec = hevc ? 'hevc' : 'h264';
    this.hasHevc = tracks.some(isHevc);
  }

  get preset(): Preset {
    return this.current;
  }

  get hevcAs(): EncoderRun['hevcAs'] {
    return this.codec;
  }

  /** What the screen says of HEVC that is not encoded as such. */
  get inPlace(): string {
    return this.codec === 'h264' && this.hasHevc ? ', H.264 in place of HEVC' : '';
  }

  /** Takes the next faster way to encode, and says it in words; undefined when there is none. */
  hurry(): string | undefined {
    const next = faster(this.current);
    if (next !== undefined) {
      this.current = next;
      return `${next}: faster, at some cost to the picture`;
    }
    if (this.inPlace !== '' || !this.hasHevc) return undefined;
    this.codec = 'h264';
    return 'H.264 in place of HEVC, which this machine is too slow for';
  }
}

/** What to do on a machine on which no way to encode is fast enough. */
export function tooSlow(pipelines: 1 | 2): string {
  return pipelines === 1
    ? "this machine is too slow for the ladder: choose a smaller one ('sd-540p'), or close other programs"
    : "this machine is too slow for the ladder twice: choose one pipeline, or a smaller ladder ('sd-540p'), or close other programs";
}

function isHevc(track: Track): boolean {
  return track.kind === 'video' && track.codec === 'hevc';
}
