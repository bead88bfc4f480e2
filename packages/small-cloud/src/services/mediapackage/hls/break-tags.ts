import type { AdBreak } from '../model/breaks';
import type { HlsMarkers } from '../model/endpoint';

/** A stretch of a playlist, in seconds of the timeline; the last one ends at Infinity. */
export interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Breaks of a channel, and how a playlist marks them. */
export interface MarkedBreaks {
  readonly breaks: readonly AdBreak[];
  readonly markers: HlsMarkers;
  /** Wall clock of time 0 of the timeline, in seconds. */
  readonly epochSeconds: number;
}

/**
 * Returns the tags before the segment that a break begins or ends in.
 *
 * @see RFC 8216bis, 4.4.5.1
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/ext-x-daterange-ad-marker.html
 */
export function breakTags({ breaks, markers, epochSeconds }: MarkedBreaks, stretch: Stretch): readonly string[] {
  const within = (seconds: number | undefined): seconds is number =>
    seconds !== undefined && seconds >= stretch.startSeconds && seconds < stretch.endSeconds;
  const known = stretch.endSeconds === Number.POSITIVE_INFINITY;
  return breaks.flatMap((one) => {
    const tags: string[] = [];
    if (within(one.startSeconds)) tags.push(markers === 'DATERANGE' ? opening(one, epochSeconds) : cueOut(one));
    // The newest stretch has no end yet, so an end that is planned in it is still to come.
    if (within(one.endSeconds) && !(known && one.back === undefined)) {
      tags.push(markers === 'DATERANGE' ? closing(one, one.endSeconds, epochSeconds) : '#EXT-X-CUE-IN');
    }
    return tags;
  });
}

function opening({ eventId, startSeconds, plannedSeconds, out }: AdBreak, epochSeconds: number): string {
  const planned = plannedSeconds === undefined ? '' : `,PLANNED-DURATION=${decimal(plannedSeconds)}`;
  return `#EXT-X-DATERANGE:ID="${eventId}",START-DATE="${iso(epochSeconds + startSeconds)}"${planned},SCTE35-OUT=${hex(out)}`;
}

function closing({ eventId, startSeconds, back }: AdBreak, endSeconds: number, epochSeconds: number): string {
  const [start, end] = [epochSeconds + startSeconds, epochSeconds + endSeconds].map(iso);
  const message = back === undefined ? '' : `,SCTE35-IN=${hex(back)}`;
  return `#EXT-X-DATERANGE:ID="${eventId}",START-DATE="${start}",END-DATE="${end}",DURATION=${decimal(endSeconds - startSeconds)}${message}`;
}

function cueOut({ plannedSeconds }: AdBreak): string {
  return plannedSeconds === undefined ? '#EXT-X-CUE-OUT' : `#EXT-X-CUE-OUT:${decimal(plannedSeconds)}`;
}

function iso(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

function hex(bytes: Buffer): string {
  return `0x${bytes.toString('hex').toUpperCase()}`;
}

function decimal(seconds: number): string {
  return seconds.toFixed(3);
}
