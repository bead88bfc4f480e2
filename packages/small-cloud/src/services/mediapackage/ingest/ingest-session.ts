import type { Fragment, SessionStart, TrackFormat } from '../model/media';
import { moveFragment } from './cmaf-fragment';
import { endOf, middleOf, type ReceivedFragment, startOf } from './track-intake';

/** Which of a channel's two ingest URLs an encoder sends to: 1 is pipeline 0's, 2 is pipeline 1's. */
export type IngestInput = 1 | 2;

/** How long a session waits for the first fragment of a track that was announced, in seconds, before it starts without. */
const GATHER_SECONDS = 10;
/** What two times may differ by and still be the same: less than a frame at 50 frames/s. */
const TOLERANCE_SECONDS = 0.02;
/** How much a session that stands by keeps, in seconds: more than it takes to notice that the other one sends nothing. */
const KEPT_SECONDS = 10;

/** What a channel has when a session goes on air after another. */
export interface Before {
  /** Wall clock of time 0 of the channel's timeline, in seconds since 1970; undefined before the first media. */
  readonly epochSeconds: number | undefined;
  /** How much later than its encoder's clock the media of the first session came; undefined before one told its clock. */
  readonly delaySeconds: number | undefined;
  /** The end of what is there already, in seconds. */
  readonly edgeSeconds: number;
  /** The formats of the tracks of the session before. */
  readonly formats: ReadonlyMap<string, TrackFormat>;
}

interface SessionTrack {
  format?: TrackFormat;
  endSeconds: number;
}

/**
 * One run of an encoder: all tracks that carry the same session id. It gathers the first fragment of every track, then
 * goes on air: its media time gets its place on the channel's timeline, once for all tracks, from the wall clock at
 * which its first fragment arrived. So the timeline stays on the clock however many sessions there are.
 *
 * An encoder of two that keep in step tells the wall clock of its time 0. Then the sessions of both have the same
 * keyframes at the same times, whenever their fragments arrive, and one can go on where the other ends.
 */
export class EncoderSession {
  private readonly tracks = new Map<string, SessionTrack>();
  private queue: { readonly track: string; readonly received: ReceivedFragment }[] = [];
  /** Wall clock of time 0 of the encoder, in seconds. */
  private originSeconds: number | undefined;
  private firstArrivalSeconds = 0;
  /** From the encoder's timeline to the channel's, in seconds. */
  private offsetSeconds = 0;
  /** Nothing of this session may start before this time of the channel. */
  private floorSeconds = 0;
  private onAirTracks: string[] = [];
  /** Whether another input was on air when fragments came. */
  private stoodBy = false;
  start: SessionStart | undefined;
  lastArrivalSeconds = 0;

  constructor(
    readonly id: string,
    readonly input: IngestInput,
    /** Wall clock of time 0 of the encoder, in seconds since 1970, when it tells it. */
    private readonly clockSeconds?: number,
  ) {}

  /** A track of which the encoder has opened the request; false when this session had it already. */
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
    // Before it is on air: an encoder that was late with its first media, and catches up, is not ahead of the clock.
    if (this.start === undefined) this.originSeconds = Math.min(this.originSeconds ?? originSeconds, originSeconds);
    this.lastArrivalSeconds = nowSeconds;
    state.format ??= received.format;
    this.queue.push({ track, received });
  }

  /** Whether every announced track has sent something, or had its time. */
  get gathered(): boolean {
    const late = this.lastArrivalSeconds - this.firstArrivalSeconds > GATHER_SECONDS;
    return this.queue.length > 0 && (late || [...this.tracks.values()].every(({ format }) => format !== undefined));
  }

  /** The tracks that are missing although they were announced. */
  get silentTracks(): readonly string[] {
    return [...this.tracks].filter(([, { format }]) => !format).map(([name]) => name);
  }

  /** The formats of the tracks that have sent something. */
  get formats(): ReadonlyMap<string, TrackFormat> {
    return new Map([...this.tracks].flatMap(([name, { format }]) => (format ? [[name, format] as const] : [])));
  }

  /** Another input is on air: only the newest is kept, to go on with when that one ends. */
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
   * Goes on air at the first keyframe of the leader from which on all tracks have media. A session that is fresh is
   * moved behind what is there already; one that stood by, or tells its clock, joins where the other ended.
   *
   * @returns what of {@link Before} holds from now on; undefined while there is no such keyframe.
   */
  goOnAir(before: Before): Pick<Before, 'epochSeconds' | 'delaySeconds'> | undefined {
    const { leader, clockSeconds } = this;
    if (leader === undefined || this.originSeconds === undefined) return undefined;
    const delaySeconds =
      before.delaySeconds ?? (clockSeconds === undefined ? undefined : this.originSeconds - clockSeconds);
    const originSeconds =
      clockSeconds === undefined || delaySeconds === undefined ? this.originSeconds : clockSeconds + delaySeconds;
    const firsts = [...this.tracks.keys()].flatMap(
      (track) => this.queue.find((one) => one.track === track)?.received ?? [],
    );
    const earliest = Math.min(...firsts.map(startOf));
    const epochSeconds = before.epochSeconds ?? Math.round((originSeconds + earliest) * 1000) / 1000;
    const onTheClock = originSeconds - epochSeconds;
    const inStep = this.stoodBy || clockSeconds !== undefined;
    const overlap = inStep ? 0 : Math.max(0, before.edgeSeconds - (earliest + onTheClock));
    this.offsetSeconds = onTheClock + overlap;
    this.floorSeconds = before.edgeSeconds;
    const from = Math.max(this.floorSeconds, ...firsts.map((first) => middleOf(first) + this.offsetSeconds));
    const first = this.queue.find(
      ({ track, received }) =>
        track === leader &&
        received.timing.independent &&
        // The first GOP of an encoder in step is cut short, to meet those of the clock.
        (clockSeconds === undefined || startOf(received) > 0) &&
        endOf(received) + this.offsetSeconds > from &&
        startOf(received) + this.offsetSeconds >= this.floorSeconds - TOLERANCE_SECONDS,
    );
    if (!first) return undefined;
    this.onAirTracks = [...this.formats.keys()];
    this.start = {
      tracks: this.onAirTracks,
      leader,
      startSeconds: this.moved(first.received).startSeconds,
      discontinuity: [...this.formats].some(([name, { id }]) => (before.formats.get(name)?.id ?? id) !== id),
    };
    return { epochSeconds, delaySeconds };
  }

  /**
   * What was received since the last call, on the channel's timeline. Fragments from before the session's start, or
   * that go back in time, are left out.
   * @param nextOrdinal - gives out the ordinals of a track.
   */
  drain(nextOrdinal: (track: string) => number): readonly { readonly track: string; readonly fragment: Fragment }[] {
    const { start, queue } = this;
    if (!start) return [];
    this.queue = [];
    return queue.flatMap(({ track, received }) => {
      const state = this.tracks.get(track);
      const { format, timing, moof, mdat } = received;
      const { startTicks, startSeconds, endSeconds } = this.moved(received);
      const from = track === start.leader ? start.startSeconds : start.startSeconds - (endSeconds - startSeconds) / 2;
      const earliest = Math.max(from, this.floorSeconds, state?.endSeconds ?? 0) - TOLERANCE_SECONDS;
      if (!state || startSeconds < earliest) return [];
      // A track that the encoder opens late joins late.
      if (!this.onAirTracks.includes(track)) this.onAirTracks.push(track);
      state.endSeconds = endSeconds;
      moveFragment(moof, startTicks);
      const { durationTicks, samples, independent } = timing;
      const data = Buffer.concat([moof, mdat]);
      const times = { startTicks, durationTicks, startSeconds, endSeconds };
      return {
        track,
        fragment: { ordinal: nextOrdinal(track), session: start, format, ...times, samples, independent, data },
      };
    });
  }

  private moved({ timing, format }: ReceivedFragment) {
    // Rounded up, so that no track's first fragment can start before the end of the session before; less a hundredth of
    // a tick, which is more than what a double loses on seconds since 1970.
    const startTicks = timing.decodeTicks + Math.ceil(this.offsetSeconds * format.timescale - 0.01);
    return {
      startTicks,
      startSeconds: startTicks / format.timescale,
      endSeconds: (startTicks + timing.durationTicks) / format.timescale,
    };
  }
}
