import { type Element, element, elementsOf, localName } from '../xml-tree';

/** A stretch of a presentation, in seconds since its availabilityStartTime. The end is not part of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A period of an MPD on the timeline of its presentation, in seconds. */
export interface TimedPeriod extends Stretch {
  readonly period: Element;
}

/** A segment of a timeline, in ticks. */
interface Segment {
  readonly start: number;
  readonly length: number;
}

/** Numbers of a SegmentTemplate that are inherited from the one around it. */
interface Ticking {
  readonly timescale: number;
  readonly offset: number;
  readonly startNumber: number;
}

/** Tolerance of times, in seconds: a segment of audio begins up to two frames before its video, or after it. */
export const TOLERANCE = 0.1;

/** Tolerance of numbers, in seconds. */
const EXACT = 0.001;

const NO_TICKS: Ticking = { timescale: 1, offset: 0, startNumber: 1 };

/** Reads a duration of XML, such as `PT1H2.5S`, as seconds; NaN for another text. */
export function readDuration(text: string): number {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
    text,
  ) ?? [text];
  if (days === undefined && hours === undefined && minutes === undefined && seconds === undefined) return Number.NaN;
  return Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** Formats seconds as a duration of XML. */
export function writeDuration(seconds: number): string {
  return `PT${Math.round(seconds * 1e6) / 1e6}S`;
}

/** Returns the periods of an MPD, each of which ends where the next one begins. The last one has no end. */
export function timedPeriods(mpd: Element): readonly TimedPeriod[] {
  const periods = elementsOf(mpd, 'Period');
  const starts = periods.map(({ attributes }) => readDuration(attributes['start'] ?? 'PT0S'));
  return periods.map((period, index) => ({
    period,
    from: starts[index] ?? 0,
    to: starts[index + 1] ?? Number.POSITIVE_INFINITY,
  }));
}

/** Returns the segments of the video of a period, in seconds of the presentation; those of its first track without video. */
export function videoSegments({ period, from }: TimedPeriod): readonly Stretch[] {
  const sets = elementsOf(period, 'AdaptationSet');
  const isVideo = ({ attributes: { mimeType, contentType } }: Element): boolean =>
    mimeType?.startsWith('video/') === true || contentType === 'video';
  const set = sets.find((one) => isVideo(one) || elementsOf(one, 'Representation').some(isVideo)) ?? sets[0];
  return set === undefined ? [] : segmentsWithin(set, from, NO_TICKS);
}

function segmentsWithin(parent: Element, periodStart: number, around: Ticking): readonly Stretch[] {
  const own = elementsOf(parent, 'SegmentTemplate')[0];
  const ticking = own === undefined ? around : tickingOf(own, around);
  const [timeline] = own === undefined ? [] : elementsOf(own, 'SegmentTimeline');
  if (timeline !== undefined) {
    const at = (ticks: number): number => periodStart + (ticks - ticking.offset) / ticking.timescale;
    return segmentsOf(timeline).map(({ start, length }) => ({ from: at(start), to: at(start + length) }));
  }
  const [first] = elementsOf(parent, 'Representation');
  return first === undefined ? [] : segmentsWithin(first, periodStart, ticking);
}

/**
 * Cuts a stretch out of a period. It keeps the segments that have a part in the stretch. Their times stay as they are, and
 * so do those of events.
 *
 * @returns undefined where no segment is left.
 */
export function cutPeriod({ period, from }: TimedPeriod, stretch: Stretch): Element | undefined {
  const moved = Math.max(0, stretch.from - from);
  let kept = 0;
  const cut = (part: Element, around: Ticking): Element => {
    const name = localName(part);
    if (name === 'EventStream') return cutEvents(part, from, stretch);
    if (name !== 'SegmentTemplate') {
      const own = elementsOf(part, 'SegmentTemplate')[0];
      const ticking = own === undefined ? around : tickingOf(own, around);
      return {
        ...part,
        children: part.children.map((child) =>
          typeof child === 'string' ? child : cut(child, child === own ? around : ticking),
        ),
      };
    }
    const ticking = tickingOf(part, around);
    const [timeline] = elementsOf(part, 'SegmentTimeline');
    const attributes: Record<string, string> = { ...part.attributes };
    attributes['presentationTimeOffset'] = String(Math.round(ticking.offset + moved * ticking.timescale));
    if (timeline === undefined) return { ...part, attributes };
    const all = segmentsOf(timeline);
    const at = (ticks: number): number => from + (ticks - ticking.offset) / ticking.timescale;
    const within = all.filter(
      ({ start, length }) => at(start + length) > stretch.from + EXACT && at(start) < stretch.to - EXACT,
    );
    kept += within.length;
    const skipped = within[0] === undefined ? 0 : all.indexOf(within[0]);
    attributes['startNumber'] = String(ticking.startNumber + skipped);
    const children = part.children.map((child) => (child === timeline ? timelineOf(within) : child));
    return { ...part, attributes, children };
  };
  const result = cut(period, NO_TICKS);
  return kept === 0 ? undefined : result;
}

/** Writes a timeline. Consecutive segments of the same length share an element. */
export function timelineOf(segments: readonly Segment[]): Element {
  const runs: { start: number; length: number; count: number }[] = [];
  for (const { start, length } of segments) {
    const run = runs.at(-1);
    if (run?.length === length && run.start + run.count * length === start) run.count++;
    else runs.push({ start, length, count: 1 });
  }
  const written = runs.map(({ start: t, length: d, count }) =>
    element('S', { t, d, r: count > 1 ? count - 1 : undefined }),
  );
  return element('SegmentTimeline', {}, written);
}

/** Reads a timeline. A negative `@r` is refused: it would need the end of the period. */
function segmentsOf(timeline: Element): readonly Segment[] {
  const found: Segment[] = [];
  let start = 0;
  for (const { attributes } of elementsOf(timeline, 'S')) {
    const { t, d, r = '0' } = attributes;
    start = t === undefined ? start : Number(t);
    if (Number(r) < 0) throw new Error('a SegmentTimeline with a negative r is not modelled');
    for (let count = 0; count <= Number(r); count++) {
      found.push({ start, length: Number(d) });
      start += Number(d);
    }
  }
  return found;
}

function tickingOf({ attributes }: Element, around: Ticking): Ticking {
  const read = (name: string, otherwise: number): number => Number(attributes[name] ?? otherwise);
  return {
    timescale: read('timescale', around.timescale),
    offset: read('presentationTimeOffset', around.offset),
    startNumber: read('startNumber', around.startNumber),
  };
}

function cutEvents(stream: Element, from: number, stretch: Stretch): Element {
  const timescale = Number(stream.attributes['timescale'] ?? 1);
  const offset = Number(stream.attributes['presentationTimeOffset'] ?? 0);
  const at = ({ attributes }: Element): number =>
    from + (Number(attributes['presentationTime'] ?? 0) - offset) / timescale;
  const moved = Math.round(offset + Math.max(0, stretch.from - from) * timescale);
  const children = elementsOf(stream).filter((event) => at(event) >= stretch.from && at(event) < stretch.to);
  return { ...stream, attributes: { ...stream.attributes, presentationTimeOffset: String(moved) }, children };
}
