import type { Fragment } from './media';

interface StoredTrack {
  readonly fragments: Fragment[];
  nextOrdinal: number;
}

/** The fragments of a channel's tracks, oldest first. */
export class TrackStore {
  private readonly tracks = new Map<string, StoredTrack>();
  /** Number of fragments. */
  parts = 0;
  /** Their bytes, in memory and on the disk. */
  bytes = 0;
  /** The end of the newest fragment, in seconds of the timeline. */
  edgeSeconds = 0;

  /** Returns the next ordinal of a track, and counts it as taken. */
  takeOrdinal(track: string): number {
    return this.track(track).nextOrdinal++;
  }

  /** Appends a fragment, which must be later than those of its track. */
  add(track: string, fragment: Fragment): void {
    this.track(track).fragments.push(fragment);
    this.parts++;
    this.bytes += fragment.data.length;
    this.edgeSeconds = Math.max(this.edgeSeconds, fragment.endSeconds);
  }

  /** End of the newest fragment of a track, in seconds; undefined while it has none. */
  endOf(track: string): number | undefined {
    return this.tracks.get(track)?.fragments.at(-1)?.endSeconds;
  }

  /** Finds a fragment by its ordinal: `next` when it is due next, undefined when it is gone or further ahead. */
  fragment(track: string, ordinal: number): Fragment | 'next' | undefined {
    const stored = this.tracks.get(track);
    if (ordinal === stored?.nextOrdinal) return 'next';
    return stored?.fragments[ordinal - (stored.fragments[0]?.ordinal ?? 0)];
  }

  /** Finds an init segment by the id of its format. */
  init(track: string, formatId: string): Buffer | undefined {
    return this.tracks.get(track)?.fragments.findLast(({ format }) => format.id === formatId)?.format.init;
  }

  /** Start of the oldest fragment, in seconds of the timeline; the edge when there is none. */
  get oldestSeconds(): number {
    const firsts = [...this.tracks.values()].flatMap(({ fragments }) => fragments[0]?.startSeconds ?? []);
    return Math.min(this.edgeSeconds, ...firsts);
  }

  /** Lists all fragments in order of time. */
  all(): readonly { readonly track: string; readonly fragment: Fragment }[] {
    return [...this.tracks]
      .flatMap(([track, { fragments }]) => fragments.map((fragment) => ({ track, fragment })))
      .sort((one, other) => one.fragment.startSeconds - other.fragment.startSeconds);
  }

  /** Drops the fragments that end before a time. */
  evict(beforeSeconds: number): void {
    for (const { fragments } of this.tracks.values()) {
      const kept = fragments.findIndex(({ endSeconds }) => endSeconds >= beforeSeconds);
      const gone = fragments.splice(0, kept < 0 ? fragments.length : kept);
      this.parts -= gone.length;
      this.bytes -= gone.reduce((sum, { data }) => sum + data.length, 0);
    }
  }

  private track(name: string): StoredTrack {
    const known = this.tracks.get(name);
    if (known) return known;
    const fresh: StoredTrack = { fragments: [], nextOrdinal: 0 };
    this.tracks.set(name, fresh);
    return fresh;
  }
}
