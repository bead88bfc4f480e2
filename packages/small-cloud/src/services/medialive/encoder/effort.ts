import type { EncoderPlan, Track } from '../contract/plan';
import type { Pace } from './pace';
import { PRESETS, type Preset } from './presets';

/** Effort of an encoder. */
export interface Effort {
  readonly preset: Preset;
  /** Codec in place of HEVC. */
  readonly hevcAs: 'hevc' | 'h264';
}

/** Position of an encoder among its efforts. Times are in seconds, of any clock. */
export interface Work {
  /** Position among the efforts; 0 is the one that was asked for. */
  readonly effort: number;
  /** Time at which the encoder last fell behind or changed its effort; undefined before its first report. */
  readonly since: number | undefined;
  /** Time that the encoder must keep up before it tries harder again. */
  readonly patienceSeconds: number;
  /** True when the encoder tries an effort again that was once too much. */
  readonly trial: boolean;
  /** True when it leaves out frames, because there is no lower effort. */
  readonly short: boolean;
}

/** Pace of the encoder at a time. */
export interface PaceEvent {
  readonly verdict: Pace['verdict'];
  readonly atSeconds: number;
}

/** After this long without falling behind, an encoder tries harder; a trial that lasted as long has succeeded. */
const PATIENCE_SECONDS = 60;
/** A trial that fails doubles the patience, up to this. */
const MOST_PATIENCE_SECONDS = 1920;

export const AT_FIRST: Work = {
  effort: 0,
  since: undefined,
  patienceSeconds: PATIENCE_SECONDS,
  trial: false,
  short: false,
};

/**
 * Lists the efforts of a channel, the greatest first: from the preset that was asked for to the fastest, then H.264 in
 * place of HEVC.
 */
export function efforts(
  tracks: EncoderPlan['tracks'],
  preset: Preset,
  hevcAs: Effort['hevcAs'],
): readonly [Effort, ...Effort[]] {
  const [, ...faster] = PRESETS.slice(PRESETS.indexOf(preset)).map((each): Effort => ({ preset: each, hevcAs }));
  const instead: readonly Effort[] =
    hevcAs === 'hevc' && tracks.some(isHevc) ? [{ preset: 'ultrafast', hevcAs: 'h264' }] : [];
  return [{ preset, hevcAs }, ...faster, ...instead];
}

/**
 * Goes down an effort when the encoder falls behind, and up when it has kept up for its patience. Each trial that fails
 * doubles the patience, so that a machine that is always too slow is tried less and less often.
 *
 * @param last - position of the last effort.
 */
export function next(work: Work, { verdict, atSeconds }: PaceEvent, last: number): Work {
  const { effort, since = atSeconds, patienceSeconds, trial } = work;
  if (verdict === 'unknown') return work.since === undefined ? { ...work, since } : work;
  if (verdict === 'behind') {
    const patience = trial ? Math.min(MOST_PATIENCE_SECONDS, 2 * patienceSeconds) : patienceSeconds;
    const down = Math.min(last, effort + 1);
    return { effort: down, since: atSeconds, patienceSeconds: patience, trial: false, short: effort === last };
  }
  if (atSeconds - since < patienceSeconds) return { ...work, since };
  if (trial) return { ...work, since: atSeconds, patienceSeconds: PATIENCE_SECONDS, trial: false };
  if (effort === 0) return { ...work, since, short: false };
  return { effort: effort - 1, since: atSeconds, patienceSeconds, trial: true, short: false };
}

export function isHevc(track: Track): boolean {
  return track.kind === 'video' && track.codec === 'hevc';
}
