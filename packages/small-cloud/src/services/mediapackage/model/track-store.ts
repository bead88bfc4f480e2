import type { Fragment } from './media';

interface StoredTrack {
  readonly fragments: Fragment[];
  nextOrdinal: number;
}

/** The fragments of a channel's tracks, oldest first. */
export class TrackStore {
  private readonly tracks = new Map<string, StoredTrack>();
  /** The end of the newest fragment, in seconds of the timeline. */
  edgeSeconds = 0;

  /** Gives out the next ordinal of a track. */
  takeOrdinal(track: string): number {
    return this.track(track).nextOrdinal++;
  }

  add(track: string, fragment: Fragment): void {
    this.track(track).fragments.push(fragment);
    this.edgeSeconds = Math.max(this.edgeSeconds, fragment.endSeconds);
  }

  /** A fragment by its ordinal: `next` when it is the one to come, undefined when it is gone or far off. */
  fragment(track: string, ordinal: number): Fragment | 'next' | undefined {
    const stored = this.tracks.get(track);
    if (ordinal === stored?.nextOrdinal) return 'next';
    return stored?.fragments[ordinal - (stored.fragments[0]?.ordinal ?? 0)];
  }

  /** An init segment by the id of its format. */
  init(track: string, formatId: string): Buffer | undefined {
    return this.tracks.get(track)?.fragments.findLast(({ format }) => format.id === formatId)?.format.init;
  }

  /** All fragments in order of time. */
  all(): readonly { readonly track: string; readonly fragment: Fragment }[] {
    return [...this.tracks]
      .flatMap(([track, { fragments }]) => fragments.map((fragment) => ({ track, fragment })))
      .sort((one, other) => one.fragment.startSeconds - other.fragment.startSeconds);
  }

  /** Forgets what ends before a time. */
  evict(beforeSeconds: number): void {
    for (const { fragments } of this.tracks.values()) {
      while (fragments[0] && fragments[0].endSeconds < beforeSeconds) fragments.shift();
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
