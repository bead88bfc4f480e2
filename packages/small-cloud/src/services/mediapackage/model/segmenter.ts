import { type Cut, type Fragment, fragmentSeconds, type SessionStart, type TrackSegment } from './media';

interface TrackState {
  /** Placed in segments; the last one may still grow. */
  readonly segments: { readonly number: number; readonly fragments: Fragment[] }[];
  /** Received, but not yet known to be before or after the next cut. */
  waiting: Fragment[];
}

/** A hole shorter than this is a seam: players step over it by themselves. */
const SEAM_SECONDS = 0.1;
/** A hole longer than this is a discontinuity, and not told entry by entry. */
const LONGEST_GAP_SECONDS = 60;
/** Frame rates such as 30000/1001 do not add up exactly. */
const TOLERANCE_SECONDS = 0.02;
/**
 * A keyframe this little before the target duration still cuts. A busy encoder may be a frame late with a keyframe; the
 * next one is in time, and without this the segment between them would be longer by a whole GOP.
 */
const EARLY_SECONDS = 0.1;

/**
 * Groups the fragments of a channel's tracks into segments of a wished duration: a view over one set of fragments.
 *
 * The rule: the leader (a video track) begins a segment at the first keyframe that is at least `targetSeconds` after
 * the last cut, or hardly less, so a segment is a whole number of GOPs, rounded up; the other tracks begin it at their fragment that
 * starts nearest to that time; a new session always begins one. Numbers go up by one for the life of the channel and
 * begin at the epoch divided by the duration, so that an endpoint made anew never reuses the name of a segment that an
 * edge still has.
 */
export class Segmenter {
  readonly cuts: Cut[] = [];
  private readonly tracks = new Map<string, TrackState>();
  private leaderEndSeconds = 0;
  /** Numbers that some track has nothing for. */
  private readonly gaps = new Set<number>();
  /** Where the run began that the oldest cut belongs to. */
  private oldestRun: Cut | undefined;
  /** The longest segment so far, in seconds. */
  longestSeconds = 0;

  /**
   * @param targetSeconds - wished duration of a segment.
   * @param epochSeconds - wall clock of time 0 of the timeline.
   */
  constructor(
    readonly targetSeconds: number,
    private readonly epochSeconds: number,
  ) {}

  /** Takes the next fragment of a track. */
  append(track: string, fragment: Fragment): void {
    const { session } = fragment;
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
    this.leaderEndSeconds = fragment.endSeconds;
    this.place(track, fragment, this.cuts.at(-1));
    for (const follower of this.tracks.keys()) if (follower !== track) this.settle(follower);
  }

  /** Segments of a track, oldest first; the last may be incomplete. */
  segments(track: string): readonly TrackSegment[] {
    return this.tracks.get(track)?.segments ?? [];
  }

  /** The number of the newest segment of a track that will not grow any more; undefined before there is one. */
  lastComplete(track: string): number | undefined {
    const last = this.tracks.get(track)?.segments.at(-1);
    if (!last) return undefined;
    const [own, next] = [this.cutOf(last.number), this.cutOf(last.number + 1)];
    const end = last.fragments.at(-1)?.endSeconds ?? Number.NEGATIVE_INFINITY;
    const closed = own && next && (own.session !== next.session || end >= next.startSeconds - TOLERANCE_SECONDS);
    const complete = closed ? last.number : last.number - 1;
    return complete >= (this.tracks.get(track)?.segments[0]?.number ?? Number.POSITIVE_INFINITY) ? complete : undefined;
  }

  /** The cut that begins a segment; undefined when it is forgotten or yet to come. */
  cutOf(number: number): Cut | undefined {
    const first = this.cuts[0];
    return first && this.cuts[number - first.number];
  }

  /**
   * For every number, the cut at which its run began: numbers that follow one another without a discontinuity and
   * without a gap in any track.
   */
  runs(): ReadonlyMap<number, Cut> {
    let run = this.oldestRun;
    return new Map(
      this.cuts.map((cut) => {
        run = run && !this.beginsRun(cut) ? run : cut;
        return [cut.number, run] as const;
      }),
    );
  }

  /** Forgets the segments that end before a time. */
  evict(beforeSeconds: number): void {
    for (let next = this.cuts[1]; next && next.startSeconds < beforeSeconds; next = this.cuts[1]) {
      this.cuts.shift();
      if (this.beginsRun(next)) this.oldestRun = next;
      this.gaps.delete(next.number - 2);
    }
    const first = this.cuts[0]?.number ?? 0;
    for (const [name, state] of this.tracks) {
      while (state.segments[0] && state.segments[0].number < first) state.segments.shift();
      state.waiting = state.waiting.filter((fragment) => fragment.endSeconds >= beforeSeconds);
      if (state.segments.length === 0 && state.waiting.length === 0) this.tracks.delete(name);
    }
  }

  private beginsRun({ number, discontinuity }: Cut): boolean {
    return discontinuity || this.gaps.has(number - 1);
  }

  private cut({ startSeconds, session }: Fragment): void {
    const last = this.cuts.at(-1);
    const hole = last ? startSeconds - this.leaderEndSeconds : 0;
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
  }

  /** Places the waiting fragments of a track as far as no cut to come can change where they belong. */
  private settle(name: string): void {
    const { waiting } = this.track(name);
    for (let fragment = waiting[0]; fragment; fragment = waiting[0]) {
      const { session, startSeconds } = fragment;
      const reach = startSeconds + Math.max(fragmentSeconds(fragment) / 2, TOLERANCE_SECONDS);
      const newest = this.cuts.at(-1);
      const cut = this.cuts.findLast((one) => one.session === session && one.startSeconds <= reach);
      if (newest?.session === session) {
        const nextCut = Math.max(this.leaderEndSeconds, newest.startSeconds + this.targetSeconds - EARLY_SECONDS);
        if (cut === newest && reach >= nextCut) return;
      } else if (!this.cuts.some((one) => one.session === session) && !this.isOver(session)) return;
      waiting.shift();
      this.place(name, fragment, cut);
    }
  }

  /** Whether a session without a cut can have none any more: the newest cut is of a later one. */
  private isOver(session: SessionStart): boolean {
    const newest = this.cuts.at(-1);
    return newest !== undefined && newest.startSeconds > session.startSeconds;
  }

  private place(name: string, fragment: Fragment, cut: Cut | undefined): void {
    const { segments } = this.track(name);
    const last = segments.at(-1);
    if (!cut || (last && cut.number < last.number)) return;
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
