import { UnsupportedError } from '../../../contract';
import type { TrackFormat } from '../model/media';
import { boxAt, boxesIn } from './boxes';

/** Times of a fragment from its `moof` box, in ticks of the track. */
export interface FragmentTiming {
  /** Start on the encoder's own timeline. */
  readonly decodeTicks: number;
  readonly durationTicks: number;
  readonly samples: number;
  /** True when its first sample is a keyframe (a sync sample). */
  readonly independent: boolean;
}

/** Bits of the `tfhd` and `trun` flags; each announces an optional field. */
const TFHD = { baseDataOffset: 0x1, sampleDescription: 0x2, duration: 0x8, size: 0x10, flags: 0x20 } as const;
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 } as const;
const NOT_SYNC = 0x10000;

/**
 * Reads the `moof` box of a fragment.
 *
 * @throws UnsupportedError for several tracks in one fragment, and for a 32-bit `tfdt`, which overflows on a channel
 * that runs for days.
 * @see ISO/IEC 14496-12, 8.8 (movie fragments)
 */
export function fragmentTiming(moof: Buffer, format: TrackFormat): FragmentTiming {
  const trafs = boxesIn(moof, 8).filter((box) => box.type === 'traf');
  const traf = trafs[0]?.data;
  if (!traf || trafs.length > 1) {
    throw new UnsupportedError(`a fragment has ${trafs.length} tracks; send one track per fragment`);
  }
  const defaults = trackDefaults(boxAt(traf, ['tfhd']), format);
  const runs = boxesIn(traf, 8)
    .filter((box) => box.type === 'trun')
    .map((box) => sampleRun(box.data, defaults));
  return {
    decodeTicks: Number(tfdt(moof).readBigUInt64BE(12)),
    durationTicks: runs.reduce((sum, run) => sum + run.ticks, 0),
    samples: runs.reduce((sum, run) => sum + run.samples, 0),
    independent: ((runs[0]?.firstFlags ?? NOT_SYNC) & NOT_SYNC) === 0,
  };
}

/** Moves a fragment along the timeline: rewrites `tfdt` in the bytes of its `moof` box. */
export function moveFragment(moof: Buffer, decodeTicks: number): void {
  tfdt(moof).writeBigUInt64BE(BigInt(decodeTicks), 12);
}

function tfdt(moof: Buffer): Buffer {
  const box = boxAt(moof, ['traf', 'tfdt']);
  if (box[8] !== 1) throw new UnsupportedError('the fragment has a 32-bit tfdt; the encoder must write version 1');
  return box;
}

interface SampleDefaults {
  readonly ticks: number;
  readonly flags: number;
}

function trackDefaults(tfhd: Buffer, { defaults }: TrackFormat): SampleDefaults {
  const flags = tfhd.readUInt32BE(8);
  let at = 16 + (flags & TFHD.baseDataOffset ? 8 : 0) + (flags & TFHD.sampleDescription ? 4 : 0);
  const field = (bit: number) => {
    if (!(flags & bit)) return undefined;
    at += 4;
    return tfhd.readUInt32BE(at - 4);
  };
  const ticks = field(TFHD.duration) ?? defaults.sampleTicks;
  field(TFHD.size);
  return { ticks, flags: field(TFHD.flags) ?? defaults.sampleFlags };
}

function sampleRun(trun: Buffer, defaults: SampleDefaults) {
  const flags = trun.readUInt32BE(8);
  const samples = trun.readUInt32BE(12);
  let at = 16 + (flags & TRUN.dataOffset ? 4 : 0);
  const next = (bit: number) => {
    if (!(flags & bit)) return undefined;
    at += 4;
    return trun.readUInt32BE(at - 4);
  };
  let firstFlags = next(TRUN.firstFlags);
  const fields = [TRUN.duration, TRUN.size, TRUN.flags, TRUN.offset].filter((bit) => flags & bit).length;
  if (at + samples * fields * 4 > trun.length) {
    throw new UnsupportedError(
      `a trun box declares ${samples} samples, which do not fit into its ${trun.length} bytes`,
    );
  }
  // All samples are alike, so the box lists none of them. Their number may be huge: multiply instead of looping.
  if (fields === 0 && samples > 0) {
    return { samples, ticks: samples * defaults.ticks, firstFlags: firstFlags ?? defaults.flags };
  }
  let ticks = 0;
  for (let sample = 0; sample < samples; sample++) {
    ticks += next(TRUN.duration) ?? defaults.ticks;
    next(TRUN.size);
    const own = next(TRUN.flags);
    if (sample === 0) firstFlags ??= own ?? defaults.flags;
    next(TRUN.offset);
  }
  return { samples, ticks, firstFlags: firstFlags ?? NOT_SYNC };
}
