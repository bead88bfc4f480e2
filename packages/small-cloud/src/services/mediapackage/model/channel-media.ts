import type { MediaMessage } from '../../../contract';
import { Change } from './change';
import { ChannelArchive } from './channel-archive';
import { MovableBytes } from './kept-bytes';
import type { Fragment } from './media';
import type { MediaDisk } from './media-disk';
import { metadataEvents } from './metadata-events';
import { Segmenter } from './segmenter';
import { TrackStore } from './track-store';
import type { PlacedMessage } from './view';

/** How long media stays beyond the longest manifest window, so that slow viewers still find the listed segments. */
const SPARE_SECONDS = 60;

/** A fragment and the name of its track. */
export interface TrackFragment {
  readonly track: string;
  readonly fragment: Fragment;
}

/**
 * The media of one channel: the fragments of its tracks on one timeline, and segmenters over them. It keeps the
 * longest manifest window or start-over window and one minute more. Media of more than a minute ago is on the disk.
 */
export class ChannelMedia {
  /** Wakes the requests that wait for new media. */
  readonly change = new Change();
  readonly store = new TrackStore();
  private readonly segmenters = new Map<number, Segmenter>();
  /** Wall clock of time 0 of the timeline, in seconds since 1970; undefined before the first media. */
  epochSeconds: number | undefined;
  /** The longest manifest window of the channel's endpoints, in seconds. */
  windowSeconds = 60;
  private readonly archive: ChannelArchive | undefined;
  private placed: readonly PlacedMessage[] = [];
  private readonly holds = new Set<{ readonly fromSeconds: number }>();
  /** Number of messages so far. */
  private inserted = 0;
  /** Wall clock at which the newest media arrived, in seconds. */
  private newestArrivalSeconds = 0;

  /**
   * @param clock - milliseconds since 1970, from a clock that never goes back.
   * @param disk - takes the older media; without it, everything stays in memory.
   */
  constructor(
    private readonly clock: () => number,
    disk?: MediaDisk,
  ) {
    this.archive = disk && new ChannelArchive(disk, (seconds) => this.dropUntil(seconds));
  }

  /**
   * Widens the window to the longest of these: manifest windows and start-over windows, in seconds. A shorter window
   * drops nothing, because another endpoint may list it.
   */
  widen(windows: readonly number[]): void {
    this.windowSeconds = Math.max(this.windowSeconds, ...windows);
  }

  /** Returns the channel cut into segments of about `targetSeconds`; undefined before the first media. */
  segmenter(targetSeconds: number): Segmenter | undefined {
    const known = this.segmenters.get(targetSeconds);
    if (known || this.epochSeconds === undefined) return known;
    const fresh = new Segmenter(targetSeconds, this.epochSeconds);
    for (const { track, fragment } of this.store.all()) fresh.append(track, fragment);
    this.segmenters.set(targetSeconds, fresh);
    return fresh;
  }

  /** Adds fragments that arrived at a time of the wall clock, and drops those that are too old. */
  add(fragments: readonly TrackFragment[], arrivalSeconds: number): void {
    for (const { track, fragment: received } of fragments) {
      const fragment = this.withMetadata(track, received);
      this.store.add(track, fragment);
      this.archive?.add(fragment);
      for (const segmenter of this.segmenters.values()) segmenter.append(track, fragment);
    }
    this.newestArrivalSeconds = arrivalSeconds;
    const held = [...this.holds].map(({ fromSeconds }) => fromSeconds);
    this.evict(Math.min(this.store.edgeSeconds - this.windowSeconds - SPARE_SECONDS, ...held));
    this.archive?.settle(this.store.edgeSeconds);
    this.change.notify();
  }

  /**
   * Adds a message to the media that arrives now, because time 0 of the timeline is placed by the arrival of its media.
   * A message before the first media is lost.
   */
  insert(message: MediaMessage): void {
    if (this.epochSeconds === undefined) return;
    // Media may be ahead of the clock, and then so is the message.
    const seconds = Math.max(this.store.edgeSeconds, this.clock() / 1000 - this.epochSeconds);
    this.placed = [...this.placed, { message, seconds, id: ++this.inserted }];
    for (const segmenter of this.segmenters.values()) segmenter.revision++;
    this.change.notify();
  }

  /** The messages of the media that is kept, oldest first. */
  get messages(): readonly PlacedMessage[] {
    return this.placed;
  }

  /** State of the media; undefined before the first. */
  get figures() {
    const { epochSeconds, store } = this;
    if (epochSeconds === undefined) return undefined;
    const nowSeconds = this.clock() / 1000;
    return {
      /** How far the newest media is behind the clock. */
      behindSeconds: nowSeconds - epochSeconds - store.edgeSeconds,
      /** Time since the newest media arrived. */
      silentSeconds: nowSeconds - this.newestArrivalSeconds,
      heldSeconds: store.edgeSeconds - store.oldestSeconds,
      parts: store.parts,
      bytes: store.bytes,
      /** The part of the bytes that is on the disk. */
      diskBytes: this.archive?.bytes ?? 0,
    };
  }

  /**
   * Keeps the media from a time on, even beyond the start-over window, as long as the disk has room.
   *
   * @returns ends the hold.
   */
  hold(fromSeconds: number): () => void {
    const hold = { fromSeconds };
    this.holds.add(hold);
    return () => this.holds.delete(hold);
  }

  /** Waits until the media that is due is on the disk. */
  async settled(): Promise<void> {
    await this.archive?.settled();
  }

  /** Removes all media from the disk. */
  close(): void {
    this.archive?.evict(Number.POSITIVE_INFINITY);
  }

  /** Puts the ID3 that begins in a fragment of video before it. Players read it there. */
  private withMetadata(track: string, fragment: Fragment): Fragment {
    const bytes = fragment.data.inMemory;
    if (fragment.format.kind !== 'video' || bytes === undefined) return fragment;
    const events = metadataEvents(this.placed, fragment, this.store.endOf(track) ?? fragment.startSeconds);
    return events.length === 0 ? fragment : { ...fragment, data: new MovableBytes(Buffer.concat([events, bytes])) };
  }

  /** Drops the media up to a time, and the segment that contains this time. */
  private dropUntil(seconds: number): void {
    const lengths = [...this.segmenters.values()].map((one) => Math.max(one.targetSeconds, one.longestSeconds));
    this.evict(seconds + Math.max(0, ...lengths));
  }

  private evict(beforeSeconds: number): void {
    const segmenters = [...this.segmenters.values()];
    for (const segmenter of segmenters) segmenter.evict(beforeSeconds);
    // A segment may begin before that time and end after it. Its parts stay as long as it does.
    const starts = segmenters.map(({ cuts }) => cuts[0]?.startSeconds ?? beforeSeconds);
    const before = Math.min(beforeSeconds, ...starts);
    this.store.evict(before);
    if (this.placed.some(({ seconds }) => seconds < before)) {
      this.placed = this.placed.filter(({ seconds }) => seconds >= before);
    }
    this.archive?.evict(before);
  }
}
