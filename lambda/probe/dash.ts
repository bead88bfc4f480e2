import { type NewestMedia, NoMediaError } from './playlist';

/**
 * Reads the newest media of a live DASH manifest with a segment timeline: the first adaptation set of the last period.
 *
 * @throws NoMediaError for a manifest without a segment.
 * @see https://www.iso.org/standard/83314.html (ISO/IEC 23009-1, section 5.3.9)
 */
export function newestOfMpd(text: string, url: string): NewestMedia {
  if (!/<MPD[\s>]/.test(text)) throw new NoMediaError('the answer is no DASH manifest: it has no MPD element');
  const period = text.slice(text.lastIndexOf('<Period'));
  const start = Date.parse(attribute(text, 'availabilityStartTime') ?? '');
  const template = /<SegmentTemplate[\s\S]*?<\/SegmentTemplate>/.exec(period)?.[0];
  if (template === undefined) throw new NoMediaError('the manifest has no segment timeline');
  const timescale = Number(attribute(template, 'timescale') ?? 1);
  const { time, number, end } = lastSegment(template);
  const representation = attribute(/<Representation[^>]*>/.exec(period)?.[0] ?? '', 'id') ?? '';
  const media = (attribute(template, 'media') ?? '')
    .replaceAll('$RepresentationID$', representation)
    .replaceAll('$Time$', String(time))
    .replaceAll(/\$Number(?:%0(\d+)d)?\$/g, (_, digits: string | undefined) =>
      String(number).padStart(Number(digits ?? 1), '0'),
    );
  const offset = Number(attribute(template, 'presentationTimeOffset') ?? 0);
  const seconds = secondsOf(attribute(period, 'start') ?? 'PT0S') + (end - offset) / timescale;
  return {
    mark: `${time}`,
    segmentUrl: new URL(media, new URL(baseUrl(period) ?? '', url)).href,
    endsAt: Number.isNaN(start) ? undefined : start + seconds * 1000,
  };
}

/** Walks through the timeline to its last segment. Times are in units of the timescale. */
function lastSegment(template: string) {
  let number = Number(attribute(template, 'startNumber') ?? 1) - 1;
  let time: number | undefined;
  let end = 0;
  for (const [entry] of template.matchAll(/<S\s[^>]*>/g)) {
    const duration = Number(attribute(entry, 'd') ?? 0);
    const repeats = Number(attribute(entry, 'r') ?? 0);
    const from = Number(attribute(entry, 't') ?? end);
    time = from + repeats * duration;
    end = time + duration;
    number += repeats + 1;
  }
  if (time === undefined) throw new NoMediaError('the segment timeline is empty');
  return { time, number, end };
}

function attribute(element: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1];
}

function baseUrl(period: string): string | undefined {
  return /<BaseURL>([^<]*)<\/BaseURL>/.exec(period)?.[1]?.trim();
}

/** Reads a duration of ISO 8601 without years and months: `PT1H2M3.5S`. */
function secondsOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration) ?? [];
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
