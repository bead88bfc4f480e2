/** A stretch of time, in milliseconds since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Everything that the way to a moment depends on. Dates are milliseconds since 1970. */
export interface Situation {
  /** True while a long manifest plays. */
  readonly rewound: boolean;
  /** The window of the manifest that plays. */
  readonly held: Span;
  /** Newest frame that can be reached. */
  readonly live: number;
  readonly segmentSeconds: number;
  /** Start of the window of the long manifest, as far as it is known; undefined without one. */
  readonly rewindFrom: number | undefined;
  /** Start of the show, where a manifest can begin there. */
  readonly showFrom: number | undefined;
  /** Start of the show, if the catalogue tells. */
  readonly since: number | undefined;
}

/** The manifest that reaches far enough back. */
export type Source = 'rewind' | 'startOver';

/** The way to a moment: the live manifest, a jump in the manifest that plays, or another manifest. */
export type Way = { readonly kind: 'live' | 'jump' } | { readonly kind: 'open'; readonly source: Source };

/** Distance from live, in seconds, within which a viewer counts as live: 1.5 segments, 15 s at most. */
export const litSeconds = (segmentSeconds: number): number => Math.min(1.5 * segmentSeconds, 15);

/** Distance from live, in milliseconds, that is no step back. */
const NOTHING = 1000;

/** Decides the way to a moment; undefined when no manifest reaches back to it. */
export function wayTo(date: number, situation: Situation): Way | undefined {
  const { rewound, held, live, segmentSeconds, rewindFrom, showFrom } = situation;
  if (date >= live - (rewound ? litSeconds(segmentSeconds) * 1000 : NOTHING)) return { kind: 'live' };
  // A short window moves on, and would leave the viewer behind near its start.
  const room = rewound ? 0 : 2 * segmentSeconds * 1000;
  if (date >= held.start + room) return { kind: 'jump' };
  if (rewindFrom !== undefined && (date >= rewindFrom || showFrom === undefined)) {
    return { kind: 'open', source: 'rewind' };
  }
  if (showFrom !== undefined) return { kind: 'open', source: 'startOver' };
  return rewound ? { kind: 'jump' } : undefined;
}

/** Start of the bar: that of the manifest that plays, or of the one that would be opened. */
export function barStart({ rewound, held, rewindFrom, showFrom, since }: Situation): number {
  if (rewound) return held.start;
  const reached = rewindFrom === undefined ? showFrom : Math.max(rewindFrom, since ?? rewindFrom);
  return Math.min(reached ?? held.start, held.start);
}
