/**
 * Bounds for an MPD, checked before dash.js reads it. dash.js makes an object for every segment of a timeline, so a few
 * bytes (`<S d="1" r="2147483647">`) would freeze the page. A day of two-second segments in five renditions fits.
 */
const MOST = { characters: 8_000_000, periods: 500, segments: 250_000 } as const;

/** Shortest segment that is accepted in a timeline without an end, in seconds. */
const SHORTEST_SECONDS = 0.1;

const TAG = /<(?:[\w.-]+:)?(Period|SegmentTemplate|SegmentList|S)\b([^>]*)>/g;

/** Explains why an MPD is not played; undefined for one that is. */
export function mpdProblem(text: string): string | undefined {
  if (text.length > MOST.characters) return tooMany(text.length, 'characters', MOST.characters);
  let [periods, segments, timescale] = [0, 0, 1];
  for (const [, tag, attributes = ''] of text.matchAll(TAG)) {
    if (tag === 'Period') periods++;
    else if (tag === 'S') {
      const repeats = number(attributes, 'r', 0);
      const endless = repeats < 0 && number(attributes, 'd', 0) / timescale < SHORTEST_SECONDS;
      segments += endless ? Number.POSITIVE_INFINITY : 1 + Math.max(0, repeats);
    } else timescale = number(attributes, 'timescale', 1);
  }
  if (periods > MOST.periods) return tooMany(periods, 'periods', MOST.periods);
  if (segments > MOST.segments) return tooMany(segments, 'segments', MOST.segments);
  return undefined;
}

function tooMany(given: number, things: string, most: number): string {
  const count = Number.isFinite(given) ? given.toLocaleString('en-US') : 'endlessly many';
  return `Its MPD has ${count} ${things}; the player accepts at most ${most.toLocaleString('en-US')}.`;
}

/** Reads a numeric attribute. One that is not a plain number counts as endless, because dash.js may read it otherwise. */
function number(attributes: string, name: string, missing: number): number {
  const value = new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];
  if (value === undefined) return missing;
  return /^-?\d+$/.test(value.trim()) ? Number(value) : Number.POSITIVE_INFINITY;
}
