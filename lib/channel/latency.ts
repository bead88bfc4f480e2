import { z } from 'zod';
import { explain } from './field';
import { rule } from './rule';

/**
 * One row of the latency table. GOP, segment, part, windows, the player's target and the cache lifetimes all derive from
 * it: no other file holds a duration of the stream.
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

const own = z.strictObject({
  gopSeconds: z.number().min(0.5).max(10),
  segmentSeconds: z.int().min(1).max(30),
  manifestWindowSeconds: z.int().min(30).max(900),
});

explain(own.shape, {
  gopSeconds: {
    what: 'Distance between keyframes. Every GOP is closed, and all renditions have their keyframes at the same instants.',
    unit: 'seconds',
    effect: 'Lower starts playback and switches renditions sooner; higher needs fewer bits for the same quality.',
    see: 'https://docs.aws.amazon.com/medialive/latest/ug/mediapackage-v2-low-latency.html',
  },
  segmentSeconds: {
    what: 'Length of a media segment: a whole number of GOPs.',
    unit: 'seconds',
    effect:
      'Players without LL-HLS stay three segments behind the live edge. Lower means less latency and more requests.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-mediapackagev2-originendpoint-segment.html',
  },
  manifestWindowSeconds: {
    what: 'How much of the past a manifest lists: as far as a viewer can seek back.',
    unit: 'seconds',
    effect: 'Higher lets viewers seek back further and makes every manifest longer.',
    see: 'https://docs.aws.amazon.com/mediapackage/latest/userguide/quotas.html',
  },
});

const fitting = rule<z.infer<typeof own>>(({ gopSeconds, segmentSeconds, manifestWindowSeconds }, problem) => {
  if (segmentSeconds === undefined) return;
  if (gopSeconds !== undefined && gopSeconds > 0) {
    const gops = round(segmentSeconds / gopSeconds);
    if (!Number.isInteger(gops)) {
      problem(
        ['segmentSeconds'],
        `${segmentSeconds} s is ${gops} GOPs of ${gopSeconds} s; a segment must hold a whole number of GOPs`,
      );
    }
  }
  if (manifestWindowSeconds !== undefined && manifestWindowSeconds < 3 * segmentSeconds) {
    const segments = round(manifestWindowSeconds / segmentSeconds);
    problem(
      ['manifestWindowSeconds'],
      `${manifestWindowSeconds} s is ${segments} segments of ${segmentSeconds} s; a live manifest must list at least 3 (RFC 8216, 6.2.2)`,
    );
  }
});

/** `standard`, `low`, or numbers of one's own, which are checked against each other. */
export const latencySchema = z.union([z.enum(['standard', 'low']), own.check(fitting)]);

/** The latency of a channel, as described. */
export type Latency = z.infer<typeof latencySchema>;

/** Tells whether the latency of a channel is complete and valid. */
export function isLatency(latency: unknown): latency is Latency {
  return latencySchema.safeParse(latency).success;
}

/** All durations of a channel's stream, in seconds, derived from its latency row. */
export interface StreamTiming {
  readonly gopSeconds: number;
  /** Length of the pieces that the encoder hands to the packager: one GOP, so that the packager can cut at each. */
  readonly ingestSegmentSeconds: number;
  readonly segmentSeconds: number;
  /** Expected length of an LL-HLS part. MediaPackage cuts parts itself and takes no setting; the local run cuts half a GOP. */
  readonly partSeconds: number;
  readonly manifestWindowSeconds: number;
  /** Distance of a player from the live edge, by kind of manifest. */
  readonly playerTargetSeconds: { readonly segments: number; readonly parts: number };
  /**
   * Time for which the edge may serve a manifest: half a segment, as AWS advises, and at least one second, the unit of a
   * cache policy. LL-HLS playlists have 1 s.
   *
   * @see https://docs.aws.amazon.com/mediatailor/latest/ug/cdn-emp-caching.html
   */
  readonly manifestCacheSeconds: { readonly segments: number; readonly parts: number };
  /** Look-ahead of the encoder. Kept below the GOP, because it is added to the delay. */
  readonly lookAhead: 'LOW' | 'HIGH';
  /** Size of the encoder's decoder buffer (VBV), in seconds of the maximum bitrate. */
  readonly bufferSeconds: number;
  /** Time for which the edge may serve a segment: 14 days, because a segment never changes. */
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
