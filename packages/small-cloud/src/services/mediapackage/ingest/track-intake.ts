import { UnsupportedError } from '../../../contract';
import type { TrackFormat } from '../model/media';
import { BoxSplitter } from './boxes';
import { type FragmentTiming, fragmentTiming } from './cmaf-fragment';
import { trackFormat } from './cmaf-init';

/** A fragment as the encoder sent it, on the encoder's own timeline. */
export interface ReceivedFragment {
  readonly format: TrackFormat;
  readonly timing: FragmentTiming;
  readonly moof: Buffer;
  readonly mdat: Buffer;
}

/** Returns the start of a fragment on its encoder's timeline, in seconds. */
export function startOf({ timing, format }: ReceivedFragment): number {
  return timing.decodeTicks / format.timescale;
}

/** Returns the end of a fragment on its encoder's timeline, in seconds. */
export function endOf({ timing, format }: ReceivedFragment): number {
  return (timing.decodeTicks + timing.durationTicks) / format.timescale;
}

/** Returns the middle of a fragment on its encoder's timeline, in seconds. */
export function middleOf(received: ReceivedFragment): number {
  return (startOf(received) + endOf(received)) / 2;
}

/** Boxes without media, which are dropped. */
const SKIPPED: ReadonlySet<string> = new Set(['styp', 'sidx', 'free', 'skip', 'prft', 'mfra']);

/** Turns the bytes of one request into fragments: the init segment first, then `moof` and `mdat` in turn. */
export class TrackIntake {
  private readonly splitter = new BoxSplitter();
  private ftyp: Buffer | undefined;
  private format: TrackFormat | undefined;
  private moof: Buffer | undefined;

  /**
   * Returns the fragments that `chunk` completes.
   *
   * @throws UnsupportedError for a codec or a box that is not packaged; Error for bytes that are not a CMAF track.
   */
  push(chunk: Buffer): readonly ReceivedFragment[] {
    return this.splitter.push(chunk).flatMap(({ type, data }) => {
      if (type === 'mdat') return [this.fragment(data)];
      if (type === 'ftyp') this.ftyp = data;
      else if (type === 'moov') this.format = trackFormat(Buffer.concat([this.ftyp ?? Buffer.alloc(0), data]));
      else if (type === 'moof') this.moof = data;
      else if (!SKIPPED.has(type)) {
        throw new UnsupportedError(`box '${type}' in a CMAF track is not packaged locally; send media fragments only`);
      }
      return [];
    });
  }

  private fragment(mdat: Buffer): ReceivedFragment {
    const { format, moof } = this;
    if (!format || !moof) throw new Error('not a CMAF track: an mdat box came before moov and moof');
    this.moof = undefined;
    return { format, moof, mdat, timing: fragmentTiming(moof, format) };
  }
}
