import { UnsupportedError } from '../../../contract';
import type { TrackFormat } from '../model/media';
import { BoxSplitter } from './boxes';
import { type FragmentTiming, fragmentTiming } from './cmaf-fragment';
import { trackFormat } from './cmaf-init';

/** A fragment as the encoder sent it: still on the encoder's own timeline. */
export interface ReceivedFragment {
  readonly format: TrackFormat;
  readonly timing: FragmentTiming;
  readonly moof: Buffer;
  readonly mdat: Buffer;
}

/** Where a fragment starts on its encoder's timeline, in seconds. */
export function startOf({ timing, format }: ReceivedFragment): number {
  return timing.decodeTicks / format.timescale;
}

/** Where it ends. */
export function endOf({ timing, format }: ReceivedFragment): number {
  return (timing.decodeTicks + timing.durationTicks) / format.timescale;
}

/** Its middle. */
export function middleOf(received: ReceivedFragment): number {
  return (startOf(received) + endOf(received)) / 2;
}

/** Boxes that carry no media and are not passed on. */
const SKIPPED: ReadonlySet<string> = new Set(['styp', 'sidx', 'free', 'skip', 'prft', 'mfra']);

/** Turns the bytes of one request into fragments: first the init segment, then `moof` and `mdat` in turn. */
export class TrackIntake {
  private readonly splitter = new BoxSplitter();
  private ftyp: Buffer | undefined;
  private format: TrackFormat | undefined;
  private moof: Buffer | undefined;

  /**
   * The fragments that `chunk` completes.
   * @throws UnsupportedError for a codec or a box that is not packaged; Error for bytes that are no CMAF track.
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
    if (!format || !moof) throw new Error('not a CMAF track: media data before moov and moof');
    this.moof = undefined;
    return { format, moof, mdat, timing: fragmentTiming(moof, format) };
  }
}
