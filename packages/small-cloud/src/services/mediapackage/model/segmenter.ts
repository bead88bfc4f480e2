import { type Cut, type Fragment, fragmentSeconds, type TrackSegment } from './media';

interface TrackState {
  /** Segments with their fragments; the last one may still grow. */
  readonly segments: { readonly number: number; readonly fragments: Fragment[] }[];
  /** Fragments that may belong before or after the next cut. */
  waiting: Fragment[];
}

/** A hole shorter than this is a seam, which players skip. */
const SEAM_SECONDS = 0.1;
/** A hole longer than this is a discontinuity. It gets no gap entries. */
const LONGEST_GAP_SECONDS = 60;
/** Rounding error of times, because frame rates such as 30000/1001 do not add up exactly. */
const TOLERANCE_SECONDS = 0.02;
/**
 * A keyframe this little before the target duration still cuts. A busy encoder may write one keyframe a frame late and
 * the next one on time. Without the allowance, the segment between them would be a whole GOP longer.
 */
const EARLY_SECONDS = 0.1;

/**
 * Groups the fragments of a channel's tracks into segments of a requested duration: a view over one set of
 * fragments.
 *
 * - The leader (a video track) begins a segment at the first keyframe about `targetSeconds` or more after the last cut.
 *   A segment is therefore a whole number of GOPs, rounded up.
 * - The other tracks begin it at the fragment that starts nearest to that time.
 * - A new session always begins a segment.
 * - Numbers go up by one and begin at the epoch divided by the duration. A channel that is created again therefore
 *   never reuses the name of a segment in an edge's cache.
 */
export class Segmenter {
  readonly cuts: Cut[] = [];
  private readonly tracks = new Map<string, TrackState>();
  /** End of the leader's newest media, in seconds. */
  edgeSeconds = 0;
  /** Numbers of segments that are missing from a track. */
  private readonly gaps = new Set<number>();
  /** First cut of the run that contains the oldest cut. */
  private oldestRun: Cut | undefined;
  /** The longest segment so far, in seconds. */
  longestSeconds = 0;
  /** Changes whenever a segment begins, becomes complete in a track, or is dropped, and with every message. */
  revision = 0;
  /** Number of fragments so far. */
  parts = 0;

  /**
   * @param targetSeconds - requested duration of a segment.
   * @param epochSeconds - wall clock of time 0 of the timeline.
   */
  constructor(
    readonly targetSeconds: number,
    private readonly epochSeconds: number,
  ) {}

  /** Takes the next fragment of a track. */
  append(track: string, fragment: Fragment): void {
    const { session } = fragment;
    this.parts++;
    if (track !== session.leader) {
      this.track(track).waiting.push(fragment);
      this.settle(track);
      return;
    }
    const last = this.cuts.at(-1);
    const due =
      last?.session === session
        ? fragment.startSeconds >= last.startSeconds + this.targetSeconds - EARLY_SECONDS
        : fragment.startSeconds >= session.startSeconds - TOLERANCE_SECONDS;
    if (fragment.independent && due) this.cut(fragment);
    else if (last?.session !== session) return;
    this.edgeSeconds = fragment.endSeconds;
    this.place(track, fragment, this.cuts.at(-1));
    for (const follower of this.tracks.keys()) if (follower !== track) this.settle(follower);
  }

  /** Lists the segments of a track, oldest first; the last may be incomplete. */
  segments(track: string): readonly TrackSegment[] {
    return this.tracks.get(track)?.segments ?? [];
  }

  /** Returns the number of a track's newest complete segment, which grows no more; undefined before there is one. */
  lastComplete(track: string): number | undefined {
    const last = this.tracks.get(track)?.segments.at(-1);
    if (!last) return undefined;
    const [own, next] = [this.cutOf(last.number), this.cutOf(last.number + 1)];
    const end = last.fragments.at(-1)?.endSeconds ?? Number.NEGATIVE_INFINITY;
    const closed = own && next && (own.session !== next.session || end >= next.startSeconds - TOLERANCE_SECONDS);
    const complete = closed ? last.number : last.number - 1;
    return complete >= (this.tracks.get(track)?.segments[0]?.number ?? Number.POSITIVE_INFINITY) ? complete : undefined;
  }

  /** Finds the cut that begins a segment; undefined when it was dropped or has not been made. */
  cutOf(number: number): Cut | undefined {
    const first = this.cuts[0];
    return first && this.cuts[number - first.number];
  }

  /**
   * Maps the numbers from one on to the first cuts of their runs. A run is a series of segments without a discontinuity and without a
   * gap in any track.
   */
  runs(from = 0): ReadonlyMap<number, Cut> {
    const runs = new Map<number, Cut>();
    let run = this.oldestRun;
    for (const cut of this.cuts) {
      run = run && !this.beginsRun(cut) ? run : cut;
      if (cut.number >= from) runs.set(cut.number, run);
    }
    return runs;
  }

  /** Drops the segments that end before a time. */
  evict(beforeSeconds: number): void {
    for (let next = this.cuts[1]; next && next.startSeconds < beforeSeconds; next = this.cuts[1]) {
      this.cuts.shift();
      this.revision++;
      if (this.beginsRun(next)) this.oldestRun = next;
      this.gaps.delete(next.number - 2);
    }
    const first = this.cuts[0]?.number ?? 0;
    for (const [name, state] of this.tracks) {
      const kept = state.segments.findIndex(({ number }) => number >= first);
      state.segments.splice(0, kept < 0 ? state.segments.length : kept);
      state.waiting = state.waiting.filter((fragment) => fragment.endSeconds >= beforeSeconds);
      if (state.segments.length === 0 && state.waiting.length === 0) this.tracks.delete(name);
    }
  }

  private beginsRun({ number, discontinuity }: Cut): boolean {
    return discontinuity || this.gaps.has(number - 1);
  }

  private cut({ startSeconds, session }: Fragment): void {
    const last = this.cuts.at(-1);
    const hole = last ? startSeconds - this.edgeSeconds : 0;
    const changed = last !== undefined && last.session !== session && session.discontinuity;
    const discontinuity = changed || hole > LONGEST_GAP_SECONDS;
    const gapEntries = discontinuity || hole < SEAM_SECONDS ? 0 : Math.ceil(hole / this.targetSeconds);
    const first = Math.floor((this.epochSeconds + startSeconds) / this.targetSeconds);
    this.cuts.push({
      number: last ? last.number + 1 : first,
      gapEntries,
      sequence: last ? last.sequence + gapEntries + 1 : first,
      startSeconds,
      session,
      discontinuity,
      discontinuities: (last?.discontinuities ?? 0) + (discontinuity ? 1 : 0),
    });
    this.oldestRun ??= this.cuts[0];
    this.revision++;
  }

  /** Places the waiting fragments of a track, up to the first one that a future cut could still affect. */
  private settle(name: string): void {
    const { waiting } = this.track(name);
    for (let fragment = waiting[0]; fragment; fragment = waiting[0]) {
      const { session, startSeconds } = fragment;
      const reach = startSeconds + Math.max(fragmentSeconds(fragment) / 2, TOLERANCE_SECONDS);
      const newest = this.cuts.at(-1);
      const cut = this.cuts.findLast((one) => one.session === session && one.startSeconds <= reach);
      if (newest?.session === session) {
        const nextCut = Math.max(this.edgeSeconds, newest.startSeconds + this.targetSeconds - EARLY_SECONDS);
        if (cut === newest && reach >= nextCut) return;
        // A session without a cut gets none when a later session has one.
      } else if (!this.cuts.some((one) => one.session === session)) {
        if (newest === undefined || newest.startSeconds <= session.startSeconds) return;
      }
      waiting.shift();
      this.place(name, fragment, cut);
    }
  }

  private place(name: string, fragment: Fragment, cut: Cut | undefined): void {
    const { segments } = this.track(name);
    const last = segments.at(-1);
    if (!cut || (last && cut.number < last.number)) return;
    // A fragment of a segment that others have left may be its last one.
    if (last?.number !== cut.number || cut !== this.cuts.at(-1)) this.revision++;
    if (last?.number === cut.number) last.fragments.push(fragment);
    else {
      for (let number = last ? last.number + 1 : cut.number; number <= cut.number; number++) {
        segments.push({ number, fragments: number === cut.number ? [fragment] : [] });
        if (number < cut.number) this.gaps.add(number);
      }
    }
    const seconds = segments.at(-1)?.fragments.reduce((sum, one) => sum + fragmentSeconds(one), 0) ?? 0;
    this.longestSeconds = Math.max(this.longestSeconds, seconds);
  }

  private track(name: string): TrackState {
    const known = this.tracks.get(name);
    if (known) return known;
    const fresh: TrackState = { segments: [], waiting: [] };
    this.tracks.set(name, fresh);
    return fresh;
  }
}
