import type { TrackFragment } from '../model/channel-media';
import { MovableBytes } from '../model/kept-bytes';
import type { SessionStart, TrackFormat } from '../model/media';
import { moveFragment } from './cmaf-fragment';
import { type PreviousMedia, type TimelinePlace, timelinePlace } from './timeline-place';
import { endOf, middleOf, type ReceivedFragment, startOf } from './track-intake';

/** Number of the ingest URL that an encoder sends to: 1 for pipeline 0, 2 for pipeline 1. */
export type IngestInput = 1 | 2;

/**
 * Seconds to wait for the first fragment of every announced track. After that the session starts without the missing.
 */
const GATHER_SECONDS = 10;
/** Two times that differ by no more than this are the same: less than a frame at 50 frames/s. */
const TOLERANCE_SECONDS = 0.02;
/** Seconds of media that a standby session keeps: more than it takes to notice that the other one is silent. */
const KEPT_SECONDS = 10;

interface SessionTrack {
  format?: TrackFormat;
  endSeconds: number;
}

interface QueuedFragment {
  readonly track: string;
  readonly received: ReceivedFragment;
}

/**
 * One run of an encoder: all tracks with the same session id. It gathers the first fragment of every track and then
 * goes on air. Its media gets its place on the channel's timeline once, for all tracks, from the wall clock at which
 * the first fragment arrived. The timeline therefore stays on the clock, however many sessions follow one another.
 *
 * Two encoders in step send the wall clock of their time 0. Their sessions then have the same keyframes at the same
 * times, however late their fragments arrive, and one can continue where the other ends.
 */
export class IngestSession {
  private readonly tracks = new Map<string, SessionTrack>();
  private queue: QueuedFragment[] = [];
  /** Wall clock of time 0 of the encoder, in seconds. */
  private originSeconds: number | undefined;
  private firstArrivalSeconds = 0;
  /** From the encoder's timeline to the channel's, in seconds. */
  private offsetSeconds = 0;
  /** Earliest time of the channel at which a fragment of this session may start. */
  private floorSeconds = 0;
  private onAirTracks: string[] = [];
  /** True when another input was on air while fragments arrived. */
  private stoodBy = false;
  start: SessionStart | undefined;
  lastArrivalSeconds = 0;

  constructor(
    readonly id: string,
    readonly input: IngestInput,
    /** Wall clock of time 0 of the encoder, in seconds since 1970; undefined when the encoder does not send it. */
    private readonly clockSeconds?: number,
  ) {}

  /** Adds a track whose request the encoder has opened; false when the session already has it. */
  announce(track: string): boolean {
    if (this.tracks.has(track)) return false;
    this.tracks.set(track, { endSeconds: 0 });
    return true;
  }

  /** Takes a fragment, in order of arrival. `nowSeconds` is the wall clock. */
  receive(track: string, received: ReceivedFragment, nowSeconds: number): void {
    const state = this.tracks.get(track);
    if (!state) throw new Error(`track '${track}' was not announced`);
    const originSeconds = nowSeconds - endOf(received);
    if (this.originSeconds === undefined) this.firstArrivalSeconds = nowSeconds;
    // An encoder whose first media was late catches up before it goes on air. It is not ahead of the clock then.
    if (this.start === undefined) this.originSeconds = Math.min(this.originSeconds ?? originSeconds, originSeconds);
    this.lastArrivalSeconds = nowSeconds;
    state.format ??= received.format;
    this.queue.push({ track, received });
  }

  /** True when every announced track has sent a fragment, or has had its time. */
  get gathered(): boolean {
    const late = this.lastArrivalSeconds - this.firstArrivalSeconds > GATHER_SECONDS;
    return this.queue.length > 0 && (late || this.silentTracks.length === 0);
  }

  /** Announced tracks without media. */
  get silentTracks(): readonly string[] {
    return [...this.tracks].filter(([, { format }]) => !format).map(([name]) => name);
  }

  /** Formats of the tracks with media. */
  get formats(): ReadonlyMap<string, TrackFormat> {
    return new Map([...this.tracks].flatMap(([name, { format }]) => (format ? [[name, format] as const] : [])));
  }

  /** Keeps only the newest media, to continue with when the input on air ends. */
  standBy(): void {
    this.stoodBy = true;
    const newest = Math.max(...this.queue.map(({ received }) => endOf(received)));
    this.queue = this.queue.filter(({ received }) => endOf(received) > newest - KEPT_SECONDS);
  }

  /** The track whose keyframes begin segments: the first video track that the encoder opened. */
  get leader(): string | undefined {
    return [...this.formats].find(([, { kind }]) => kind === 'video')?.[0];
  }

  /**
   * Goes on air at the first keyframe of the leader from which all tracks have media.
   *
   * @returns the place on the wall clock from now on; undefined while there is no such keyframe.
   */
  goOnAir(before: PreviousMedia): TimelinePlace | undefined {
    const { leader, clockSeconds, originSeconds, stoodBy } = this;
    if (leader === undefined || originSeconds === undefined) return undefined;
    const firsts = this.firstFragments();
    const earliestSeconds = Math.min(...firsts.map(startOf));
    const place = timelinePlace(before, { originSeconds, clockSeconds, earliestSeconds, stoodBy });
    this.offsetSeconds = place.offsetSeconds;
    this.floorSeconds = before.edgeSeconds;
    const from = Math.max(this.floorSeconds, ...firsts.map((first) => middleOf(first) + this.offsetSeconds));
    const first = this.queue.find((one) => one.track === leader && this.canBegin(one.received, from));
    if (!first) return undefined;
    this.onAirTracks = [...this.formats.keys()];
    this.start = {
      tracks: this.onAirTracks,
      leader,
      startSeconds: this.moved(first.received).startSeconds,
      discontinuity: [...this.formats].some(([name, { id }]) => (before.formats.get(name)?.id ?? id) !== id),
    };
    return place;
  }

  /**
   * Returns the media received since the last call, on the channel's timeline. Fragments from before the session's
   * start, or that go back in time, are dropped.
   *
   * @param nextOrdinal - returns the next ordinal of a track.
   */
  drain(nextOrdinal: (track: string) => number): readonly TrackFragment[] {
    const { start, queue } = this;
    if (!start) return [];
    this.queue = [];
    return queue.flatMap((queued) => this.placed(queued, start, nextOrdinal) ?? []);
  }

  private placed(
    { track, received }: QueuedFragment,
    start: SessionStart,
    nextOrdinal: (track: string) => number,
  ): TrackFragment | undefined {
    const state = this.tracks.get(track);
    const { format, timing, moof, mdat } = received;
    const { startTicks, startSeconds, endSeconds } = this.moved(received);
    const from = track === start.leader ? start.startSeconds : start.startSeconds - (endSeconds - startSeconds) / 2;
    const earliest = Math.max(from, this.floorSeconds, state?.endSeconds ?? 0) - TOLERANCE_SECONDS;
    if (!state || startSeconds < earliest) return undefined;
    // A track that the encoder opens late is appended.
    if (!this.onAirTracks.includes(track)) this.onAirTracks.push(track);
    state.endSeconds = endSeconds;
    moveFragment(moof, startTicks);
    const { durationTicks, samples, independent } = timing;
    const data = new MovableBytes(Buffer.concat([moof, mdat]));
    const times = { startTicks, durationTicks, startSeconds, endSeconds };
    return {
      track,
      fragment: { ordinal: nextOrdinal(track), session: start, format, ...times, samples, independent, data },
    };
  }

  private firstFragments(): readonly ReceivedFragment[] {
    return [...this.tracks.keys()].flatMap(
      (track) => this.queue.find((queued) => queued.track === track)?.received ?? [],
    );
  }

  /** Returns true for a keyframe of the leader at which the session can begin, from a time of the channel on. */
  private canBegin(received: ReceivedFragment, fromSeconds: number): boolean {
    if (!received.timing.independent) return false;
    // An encoder in step cuts its first GOP short, so that the next ones begin on the clock.
    if (this.clockSeconds !== undefined && startOf(received) <= 0) return false;
    return (
      endOf(received) + this.offsetSeconds > fromSeconds &&
      startOf(received) + this.offsetSeconds >= this.floorSeconds - TOLERANCE_SECONDS
    );
  }

  private moved({ timing, format }: ReceivedFragment) {
    // Rounded up, so that no track's first fragment starts before the end of the previous session. The hundredth of a
    // tick makes up for the precision that a double loses on seconds since 1970.
    const startTicks = timing.decodeTicks + Math.ceil(this.offsetSeconds * format.timescale - 0.01);
    return {
      startTicks,
      startSeconds: startTicks / format.timescale,
      endSeconds: (startTicks + timing.durationTicks) / format.timescale,
    };
  }
}
