import { adBreaks } from '../model/breaks';
import type { DashManifest } from '../model/endpoint';
import { initName, segmentName } from '../model/file-names';
import { bitrates, fullestFragment, listedTracks, segmentsBetween } from '../model/listed-media';
import { listing } from '../model/listing';
import type { TrackSegment } from '../model/media';
import type { Segmenter } from '../model/segmenter';
import type { Listing, View } from '../model/view';
import { eventStream } from './event-stream';
import type { Mpd, Period, Representation } from './mpd';

/** A track and its segments by number. */
interface NumberedTrack {
  readonly track: string;
  readonly segments: ReadonlyMap<number, TrackSegment>;
}

/** The segments of one run that a period lists. */
interface Run {
  readonly number: number;
  readonly startSeconds: number;
  readonly segments: number[];
}

/**
 * Builds the MPD of a manifest; undefined before the first segment. It lists the segments that are complete in every
 * track. `$Number$` counts without a break within a period, so a segment that is missing from a track is left out and
 * ends the period.
 */
export function mpdView(view: View, manifest: DashManifest, nowMilliseconds: number): Mpd | undefined {
  const { segmenter, epochSeconds, shift } = view;
  const range = listing(view, manifest.windowSeconds);
  if (!range) return undefined;
  const { first } = range;
  // The segment after the last one says how long the last one lasts.
  const known = { first, last: range.last + 1 };
  const tracks = listedTracks(segmenter, range.last).map(
    (track): NumberedTrack => ({
      track,
      segments: new Map(segmentsBetween(segmenter, track, known).map((segment) => [segment.number, segment] as const)),
    }),
  );
  if (tracks.length === 0) return undefined;
  const last = Math.min(range.last, ...tracks.map(({ track }) => lastPlaced(segmenter, track)));
  const runs = listedRuns(segmenter, tracks, { first, last });
  if (runs.length === 0) return undefined;
  // MediaPackage announces ID3 as long as the encoder has a track of it; the local run does from the first message on.
  const metadata = view.messages?.some(({ message }) => message.kind === 'id3') ?? false;
  const listed = withBreaks(
    view,
    manifest,
    runs.map((run) => ({ ...period(view, tracks, run), metadata })),
  );
  const periods = range.kind === 'vod' ? fromZero(listed) : listed;
  const next = segmenter.cutOf(last + 1)?.startSeconds ?? 0;
  return {
    manifest,
    presentationSeconds: range.kind === 'vod' ? presentationSeconds(periods) : undefined,
    // The edge of the manifest is later by the delay, and players look for it by the clock.
    availabilityStartMilliseconds: (epochSeconds + (shift?.delaySeconds ?? 0)) * 1000,
    windowSeconds: range.kind === 'window' ? (shift?.windowSeconds ?? manifest.windowSeconds) : undefined,
    publishMilliseconds: (epochSeconds + next) * 1000,
    nowMilliseconds,
    maxSegmentSeconds: periods.reduce(longest, segmenter.targetSeconds),
    periods,
  };
}

/** Adds the breaks to the periods that they begin in. The newest period has no end yet. */
function withBreaks(
  { messages = [] }: View,
  { adMarkers }: DashManifest,
  periods: readonly Period[],
): readonly Period[] {
  if (adMarkers === undefined || messages.length === 0) return periods;
  const breaks = adBreaks(messages);
  return periods.map((period, index) => {
    const end = periods[index + 1]?.startSeconds ?? Number.POSITIVE_INFINITY;
    const within = breaks.filter(({ startSeconds }) => startSeconds >= period.startSeconds && startSeconds < end);
    return { ...period, events: eventStream(within, adMarkers, period.startSeconds) };
  });
}

/** Lets the presentation begin at 0, because the bar of a player does. */
function fromZero(periods: readonly Period[]): readonly Period[] {
  const [first] = periods;
  const track = first?.representations[0];
  const startTicks = track?.segments[0]?.startTicks;
  if (!first || !track || startTicks === undefined) return periods;
  const beginning = startTicks / track.format.timescale;
  return periods.map((period) => {
    const startSeconds = period === first ? beginning : period.startSeconds;
    return { ...period, startSeconds, presentedSeconds: startSeconds - beginning };
  });
}

/** Returns the length of periods that begin at 0, in seconds. */
function presentationSeconds(periods: readonly Period[]): number {
  let seconds = 0;
  for (const { representations, startSeconds, presentedSeconds = 0 } of periods) {
    for (const { segments, format } of representations) {
      const last = segments.at(-1);
      const end = last ? (last.startTicks + last.durationTicks) / format.timescale - startSeconds : 0;
      seconds = Math.max(seconds, presentedSeconds + end);
    }
  }
  return seconds;
}

/** Groups the segments from `first` to `last` that no track is missing by their runs. */
function listedRuns(
  segmenter: Segmenter,
  tracks: readonly NumberedTrack[],
  { first, last }: Pick<Listing, 'first' | 'last'>,
): readonly Run[] {
  const firstCuts = segmenter.runs(first);
  const runs = new Map<number, Run>();
  for (let number = first; number <= last; number++) {
    const begun = firstCuts.get(number);
    const whole = tracks.every(({ segments }) => (segments.get(number)?.fragments.length ?? 0) > 0);
    if (!whole || !begun) continue;
    const run = runs.get(begun.number) ?? { number: begun.number, startSeconds: begun.startSeconds, segments: [] };
    run.segments.push(number);
    runs.set(begun.number, run);
  }
  return [...runs.values()];
}

function period(view: View, tracks: readonly NumberedTrack[], run: Run): Period {
  return {
    id: `p${run.number}`,
    firstNumber: run.segments[0] ?? run.number,
    startSeconds: run.startSeconds,
    representations: tracks.flatMap((track) => representation(view, track, run.segments) ?? []),
  };
}

function representation(
  { endpoint, segmenter }: View,
  { track, segments }: NumberedTrack,
  numbers: readonly number[],
): Representation | undefined {
  const listed = numbers.flatMap((number) => segments.get(number) ?? []);
  const first = listed[0]?.fragments[0];
  if (!first) return undefined;
  const { format } = first;
  const { samples, durationTicks } = fullestFragment(listed) ?? first;
  return {
    track,
    format,
    bitrate: Math.max(bitrates(listed).peak, format.declaredBitrate),
    frames: { count: samples, ticks: durationTicks },
    initUri: initName(endpoint, track, format.id),
    mediaTemplate: segmentName(endpoint, track, '$Number$'),
    segments: listed.map((segment) => timelineEntry(segmenter, segment, segments.get(segment.number + 1))),
  };
}

/**
 * Returns the time of a segment. Before a hole it lasts until the next one, because players look for that at its end.
 */
function timelineEntry(
  segmenter: Segmenter,
  { number, fragments }: TrackSegment,
  next: TrackSegment | undefined,
): Representation['segments'][number] {
  const startTicks = fragments[0]?.startTicks ?? 0;
  const gapEntries = segmenter.cutOf(number + 1)?.gapEntries ?? 0;
  const nextFragment = next?.fragments[0];
  if (gapEntries > 0 && nextFragment) return { startTicks, durationTicks: nextFragment.startTicks - startTicks };
  return { startTicks, durationTicks: fragments.reduce((sum, { durationTicks }) => sum + durationTicks, 0) };
}

/** Returns the longest of a length and of the segments of a period, in seconds. */
function longest(seconds: number, { representations }: Period): number {
  let most = seconds;
  for (const { segments, format } of representations) {
    for (const { durationTicks } of segments) most = Math.max(most, durationTicks / format.timescale);
  }
  return most;
}

/** Returns the newest segment with a known end in the manifest. After a hole, the end depends on the next segment. */
function lastPlaced(segmenter: Segmenter, track: string): number {
  const last = segmenter.lastComplete(track) ?? -1;
  const begun = segmenter.segments(track).at(-1)?.number ?? -1;
  return begun === last && (segmenter.cutOf(last + 1)?.gapEntries ?? 0) > 0 ? last - 1 : last;
}
