import type { DashManifest } from '../model/endpoint';
import { initName, segmentName } from '../model/file-names';
import { bitrates, fullestFragment, listedTracks, type View, windowStart } from '../model/listed-media';
import type { TrackSegment } from '../model/media';
import type { Segmenter } from '../model/segmenter';
import type { Mpd, Period, Representation } from './mpd';

/**
 * The MPD of a manifest; undefined before the first segment. It lists the segments that are whole in every track. A
 * `$Number$` counts on within a period, so a number that a track has nothing for is left out and begins a new period.
 */
export function mpdView(view: View, manifest: DashManifest, nowMilliseconds: number): Mpd | undefined {
  const { segmenter, epochSeconds } = view;
  const tracks = listedTracks(segmenter);
  if (tracks.length === 0) return undefined;
  const from = windowStart(segmenter, manifest.windowSeconds);
  const last = Math.min(...tracks.map((track) => lastPlaced(segmenter, track)));
  const byTrack = tracks.map(
    (track) => new Map(segmenter.segments(track).map((segment) => [segment.number, segment] as const)),
  );
  const runs = segmenter.runs();
  const periods = new Map<number, { readonly startSeconds: number; readonly numbers: number[] }>();
  for (const { number } of segmenter.cuts) {
    const run = runs.get(number);
    const whole = byTrack.every((segments) => (segments.get(number)?.fragments.length ?? 0) > 0);
    if (number < from || number > last || !whole || !run) continue;
    const period = periods.get(run.number) ?? { startSeconds: run.startSeconds, numbers: [] };
    period.numbers.push(number);
    periods.set(run.number, period);
  }
  if (periods.size === 0) return undefined;
  const next = segmenter.cutOf(last + 1)?.startSeconds ?? 0;
  const listed = [...periods].map(
    ([runNumber, { startSeconds, numbers }]): Period => ({
      id: `p${runNumber}`,
      firstNumber: numbers[0] ?? runNumber,
      startSeconds,
      representations: tracks.flatMap((track, index) => {
        const segments = numbers.flatMap((number) => byTrack[index]?.get(number) ?? []);
        return representation(view, track, segments, byTrack[index]) ?? [];
      }),
    }),
  );
  const lengths = listed.flatMap(({ representations }) =>
    representations.flatMap(({ segments, format }) => segments.map((one) => one.durationTicks / format.timescale)),
  );
  return {
    manifest,
    availabilityStartMilliseconds: epochSeconds * 1000,
    publishMilliseconds: (epochSeconds + next) * 1000,
    nowMilliseconds,
    maxSegmentSeconds: Math.max(segmenter.targetSeconds, ...lengths),
    periods: listed,
  };
}

function representation(
  { endpoint, segmenter }: View,
  track: string,
  segments: readonly TrackSegment[],
  all: ReadonlyMap<number, TrackSegment> | undefined,
): Representation | undefined {
  const first = segments[0]?.fragments[0];
  if (!first) return undefined;
  const { format } = first;
  const { samples, durationTicks } = fullestFragment(segments) ?? first;
  return {
    track,
    format,
    bitrate: Math.max(bitrates(segments).peak, format.declaredBitrate),
    frames: { count: samples, ticks: durationTicks },
    initUri: initName(endpoint, track, format.id),
    mediaTemplate: segmentName(endpoint, track, '$Number$'),
    segments: segments.map((segment) => {
      const startTicks = segment.fragments[0]?.startTicks ?? 0;
      const own = segment.fragments.reduce((sum, { durationTicks }) => sum + durationTicks, 0);
      const next = segmenter.cutOf(segment.number + 1);
      const follower = all?.get(segment.number + 1)?.fragments[0];
      // Before a hole, a segment lasts until the next: players look for the next one where this one ends.
      const stretch = next && next.gapEntries > 0 && follower ? follower.startTicks - startTicks : own;
      return { startTicks, durationTicks: stretch };
    }),
  };
}

/** The newest segment whose end in the manifest is known: after a hole, that takes the segment after it. */
function lastPlaced(segmenter: Segmenter, track: string): number {
  const last = segmenter.lastComplete(track) ?? -1;
  const begun = segmenter.segments(track).at(-1)?.number ?? -1;
  return begun === last && (segmenter.cutOf(last + 1)?.gapEntries ?? 0) > 0 ? last - 1 : last;
}
