import { z } from 'zod';
import { field, rule } from './field';

/**
 * One row of the latency table. GOP, segment, part, windows, the player's target and the cache lifetimes all come from
 * here: no other file holds a duration of the stream.
 */
interface LatencyRow {
  readonly gopSeconds: number;
  readonly segmentSeconds: number;
  readonly manifestWindowSeconds: number;
}

/**
 * The presets. `standard` spends 3 × 4 s of buffer on smooth playback and few requests; `low` cuts the GOP to the 1 s
 * that AWS recommends for LL-HLS and the segment to two of them.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/mediapackage-v2-low-latency.html
 */
export const LATENCY_PRESETS = {
  standard: { gopSeconds: 2, segmentSeconds: 4, manifestWindowSeconds: 60 },
  low: { gopSeconds: 1, segmentSeconds: 2, manifestWindowSeconds: 60 },
} as const satisfies Record<string, LatencyRow>;

const gopSeconds = field(z.number().min(0.5).max(10), {
  what: 'Distance between keyframes; every GOP is closed, and all renditions have theirs at the same instants.',
  unit: 'seconds',
  effect: 'Lower starts playback and switches renditions sooner; higher needs fewer bits for the same picture.',
  see: 'https://docs.aws.amazon.com/medialive/latest/ug/mediapackage-v2-low-latency.html',
});
const segmentSeconds = field(z.int().min(1).max(30), {
  what: 'Length of a media segment: a whole number of GOPs.',
  unit: 'seconds',
  effect:
    'Players without LL-HLS stay three segments behind the live edge. Lower means less latency and more requests.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-mediapackagev2-originendpoint-segment.html',
});
const manifestWindowSeconds = field(z.int().min(30).max(900), {
  what: 'How much of the past a manifest lists: as far as a viewer can seek back.',
  unit: 'seconds',
  effect: 'Higher lets viewers go back further and makes every manifest longer.',
  see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html',
});

/** `standard`, `low`, or numbers of one's own, which are checked against each other. */
export const latencySchema = z.union([
  z.enum(['standard', 'low']),
  z.strictObject({ gopSeconds, segmentSeconds, manifestWindowSeconds }).check(
    rule('object', ({ gopSeconds: gop, segmentSeconds: segment, manifestWindowSeconds: window }) => {
      if (typeof segment !== 'number' || !Number.isFinite(segment)) return [];
      return [
        ...(typeof gop === 'number' && gop > 0 && !Number.isInteger(round(segment / gop))
          ? [
              {
                path: ['segmentSeconds'],
                message: `${segment} s is ${round(segment / gop)} GOPs of ${gop} s; a segment must hold a whole number of GOPs`,
              },
            ]
          : []),
        ...(typeof window === 'number' && window < 3 * segment
          ? [
              {
                path: ['manifestWindowSeconds'],
                message: `${window} s is ${round(window / segment)} segments of ${segment} s; a live manifest must list at least 3 (RFC 8216, 6.2.2)`,
              },
            ]
          : []),
      ];
    }),
  ),
]);

/** The latency of a channel, as described. */
export type Latency = z.infer<typeof latencySchema>;

/** All durations of a channel's stream, in seconds, derived from its latency row. */
export interface StreamTiming {
  readonly gopSeconds: number;
  /** What the encoder hands to the packager at a time: one GOP, so that the packager can cut at any of them. */
  readonly ingestSegmentSeconds: number;
  readonly segmentSeconds: number;
  /** Length of an LL-HLS part to expect. MediaPackage cuts parts itself and takes no setting for it; half a GOP here. */
  readonly partSeconds: number;
  readonly manifestWindowSeconds: number;
  /** How far behind the live edge a player should play, by kind of manifest. */
  readonly playerTargetSeconds: { readonly segments: number; readonly parts: number };
  /**
   * How long the edge may serve a manifest: half a segment, as AWS advises, at least the whole second that a cache
   * policy counts in; LL-HLS playlists 1 s.
   *
   * @see https://docs.aws.amazon.com/mediatailor/latest/ug/cdn-emp-caching.html
   */
  readonly manifestCacheSeconds: { readonly segments: number; readonly parts: number };
  /** How far the encoder looks ahead: a look of seconds is no longer than the GOP can afford. */
  readonly lookAhead: 'LOW' | 'HIGH';
  /** Size of the encoder's decoder buffer (VBV), in seconds of the maximum bitrate. */
  readonly bufferSeconds: number;
  /** How long the edge may serve a segment: 14 days; a segment never changes. */
  readonly segmentCacheSeconds: number;
}

/** Derives every duration of the stream from the latency of a channel. */
export function streamTiming(latency: Latency): StreamTiming {
  const { gopSeconds, segmentSeconds, manifestWindowSeconds } =
    typeof latency === 'string' ? LATENCY_PRESETS[latency] : latency;
  const partSeconds = gopSeconds / 2;
  return {
    gopSeconds,
    ingestSegmentSeconds: gopSeconds,
    segmentSeconds,
    partSeconds,
    manifestWindowSeconds,
    playerTargetSeconds: { segments: 3 * segmentSeconds, parts: 3 * partSeconds },
    manifestCacheSeconds: { segments: Math.max(1, Math.floor(segmentSeconds / 2)), parts: 1 },
    lookAhead: gopSeconds < 2 ? 'LOW' : 'HIGH',
    bufferSeconds: gopSeconds,
    segmentCacheSeconds: 1_209_600,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
