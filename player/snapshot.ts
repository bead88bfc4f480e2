import type { Choice } from './choice';
import type { Format } from './config';
import type { Engine } from './engines/engine';
import { named, type Rendition } from './rendition';
import type { Cause, Status } from './status';
import type { Words } from './words';

/** Everything that can be measured of the player at one moment, as plain JSON. A figure that cannot be measured is null. */
export interface Snapshot {
  readonly status: Status;
  /** Reason that there is no video; null while there is none. */
  readonly cause: Cause | null;
  /** The sentence that the page shows about the stream; empty while it shows none. */
  readonly sentence: string;
  /** Name of the channel; null for a manifest that is no channel's. */
  readonly channel: string | null;
  readonly format: Format | null;
  /** The part of the past that plays: a show that goes on, or a recording. Null for live. */
  readonly past: 'rewound' | 'recorded' | null;
  /** `hls.js 1.7.4`, `dash.js 5.2.1`, `browser`. */
  readonly engine: string | null;
  readonly manifestUrl: string | null;
  /** Seconds from the encoder's clock to the screen, by the manifest's times and this device's clock. */
  readonly latencySeconds: number | null;
  /** Latency that the channel was set up for, in seconds. */
  readonly targetLatencySeconds: number | null;
  /** Seconds behind the position at which live is played; 0 at the live edge. */
  readonly behindSeconds: number | null;
  readonly atLiveEdge: boolean;
  /** The range that can be sought in, on the timeline of `currentTime`, in seconds. */
  readonly window: { readonly start: number; readonly end: number } | null;
  readonly currentTime: number;
  /** Media in the buffer ahead of `currentTime`, in seconds. */
  readonly bufferSeconds: number;
  readonly droppedFrames: number;
  readonly totalFrames: number;
  /** Measured throughput, bits per second. */
  readonly bandwidth: number | null;
  /** The rendition on the screen. Its size is the decoder's when the engine does not tell. */
  readonly rendition: { readonly width: number; readonly height: number; readonly bitrate: number | null } | null;
  /** The ladder, in the manifest's order. */
  readonly renditions: readonly Rendition[];
  /** Name of the rendition that the viewer holds; null for automatic. */
  readonly quality: string | null;
  /** Names of the audio tracks to choose from, in the manifest's order. */
  readonly audioTracks: readonly string[];
  /** Index of the one that plays; null when the engine does not tell. */
  readonly audioTrack: number | null;
  readonly paused: boolean;
  readonly muted: boolean;
  /** Number of times that the player started over from the manifest. */
  readonly rebuilds: number;
}

/** Snapshots of the last minute, oldest first, at least one. */
export type History = readonly Snapshot[];

/** The properties of a video element that are measured. Old browsers do not count frames. */
type MeasuredVideo = Partial<Pick<HTMLVideoElement, 'getVideoPlaybackQuality'>> &
  Pick<HTMLVideoElement, 'buffered' | 'currentTime' | 'muted' | 'readyState' | 'videoHeight' | 'videoWidth'>;

/** The part of a {@link Snapshot} that is read from the video element and its engine. */
export function measure(video: MeasuredVideo, engine: Engine | undefined, segmentSeconds: number) {
  const { currentTime } = video;
  const frames = video.getVideoPlaybackQuality?.();
  const renditions = named(engine?.ladder() ?? []);
  const live = engine?.livePosition();
  const latency = video.readyState >= 2 ? engine?.latencySeconds() : undefined;
  const behindSeconds = live === undefined ? null : Math.max(0, live - currentTime);
  return {
    engine: engine?.label ?? null,
    latencySeconds: latency === undefined ? null : plausible(latency),
    behindSeconds,
    atLiveEdge: behindSeconds !== null && behindSeconds < Math.max(3, 1.5 * segmentSeconds),
    window: engine?.window() ?? null,
    currentTime,
    bufferSeconds: bufferAhead(video.buffered, currentTime),
    droppedFrames: frames?.droppedVideoFrames ?? 0,
    totalFrames: frames?.totalVideoFrames ?? 0,
    bandwidth: engine?.bandwidth() ?? null,
    rendition: renditions[engine?.playing() ?? -1] ?? decoded(video),
    renditions,
    audioTrack: engine?.audioTrack() ?? null,
    muted: video.muted,
  } satisfies Partial<Snapshot>;
}

/** The part of a {@link Snapshot} that is known of the stream without an engine. */
export function describe(choice: Choice | undefined, { headline, detail }: Words) {
  return {
    sentence: [headline, detail].filter(Boolean).join(/\W$/.test(headline) ? ' ' : '. '),
    channel: choice?.channel?.name ?? null,
    format: choice?.format ?? null,
    manifestUrl: choice?.url ?? null,
    targetLatencySeconds: choice?.targetLatencySeconds ?? null,
    quality: choice?.quality ?? null,
    past: choice?.past === undefined ? null : choice.past.recorded ? 'recorded' : 'rewound',
  } satisfies Partial<Snapshot>;
}

/** Difference of the clocks of viewer and encoder that is put up with, in seconds. */
const CLOCK_DIFFERENCE_SECONDS = 1;

/** Takes a frame from the near future for a fresh one. One from further ahead shows that the clocks are no measure. */
const plausible = (latency: number): number | null =>
  latency < -CLOCK_DIFFERENCE_SECONDS ? null : Math.max(0, latency);

const decoded = ({ videoWidth, videoHeight }: MeasuredVideo) =>
  videoHeight > 0 ? { width: videoWidth, height: videoHeight, bitrate: null } : null;

/** Media loaded beyond a position, up to the first hole, in seconds. */
export function bufferAhead(buffered: TimeRanges, currentTime: number): number {
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.start(index) <= currentTime + 0.1 && currentTime <= buffered.end(index)) {
      return buffered.end(index) - currentTime;
    }
  }
  return 0;
}
