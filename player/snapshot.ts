import type { Format } from './config';
import type { Engine } from './engines/engine';
import { named, type Rendition } from './rendition';
import { soundNames } from './sound-names';
import type { Status } from './supervisor';

/** Everything that can be measured of the player at one moment, as plain JSON; what cannot be measured is null. */
export interface Snapshot {
  readonly status: Status;
  /** What the page says about the stream, in words; empty while the picture speaks. */
  readonly sentence: string;
  /** Name of the channel; null for another manifest. */
  readonly channel: string | null;
  readonly format: Format | null;
  /** `hls.js 1.7.4`, `dash.js 5.2.1`, `browser`. */
  readonly engine: string | null;
  readonly manifestUrl: string | null;
  /** Seconds from the encoder's clock to the screen, by the manifest's times and this device's clock. */
  readonly latencySeconds: number | null;
  /** What the channel was set up for. */
  readonly targetLatencySeconds: number | null;
  /** Seconds behind the position at which live is played; 0 at the live edge. */
  readonly behindSeconds: number | null;
  readonly atLiveEdge: boolean;
  /** What can be seeked to, on the timeline of `currentTime`, in seconds. */
  readonly window: { readonly start: number; readonly end: number } | null;
  readonly currentTime: number;
  /** Media in the buffer ahead of the picture, in seconds. */
  readonly bufferSeconds: number;
  readonly droppedFrames: number;
  readonly totalFrames: number;
  /** Measured throughput, bits per second. */
  readonly bandwidth: number | null;
  /** What is on the screen. Its size is the decoder's when the engine does not tell. */
  readonly rendition: { readonly width: number; readonly height: number; readonly bitrate: number | null } | null;
  /** The ladder, as the manifest orders it. */
  readonly renditions: readonly Rendition[];
  /** Name of the rendition that the viewer holds; null for automatic. */
  readonly quality: string | null;
  /** What the sounds to choose from are called, as the manifest orders them. */
  readonly sounds: readonly string[];
  /** Index of the one that plays; null when the engine does not tell. */
  readonly hearing: number | null;
  readonly paused: boolean;
  readonly muted: boolean;
  /** How many times the player began again from the manifest. */
  readonly rebuilds: number;
}

/** The part of a {@link Snapshot} that is read from the video element and its engine. */
export function measure(video: HTMLVideoElement, engine: Engine | undefined, segmentSeconds: number) {
  const { currentTime } = video;
  const frames = video.getVideoPlaybackQuality?.();
  const renditions = named(engine?.ladder() ?? []);
  const live = engine?.livePosition();
  const latency = video.readyState >= 2 ? engine?.latencySeconds() : undefined;
  const behindSeconds = live === undefined ? null : Math.max(0, live - currentTime);
  return {
    engine: engine?.label ?? null,
    // The clocks of viewer and encoder differ: what seems to come from the future has just been made.
    latencySeconds: latency === undefined ? null : Math.max(0, latency),
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
    sounds: soundNames(engine?.sounds() ?? []),
    hearing: engine?.hearing() ?? null,
    muted: video.muted,
  } satisfies Partial<Snapshot>;
}

const decoded = ({ videoWidth, videoHeight }: HTMLVideoElement) =>
  videoHeight > 0 ? { width: videoWidth, height: videoHeight, bitrate: null } : null;

/** How much is loaded beyond a position without a hole, in seconds. */
export function bufferAhead(buffered: TimeRanges, currentTime: number): number {
  for (let index = 0; index < buffered.length; index++) {
    if (buffered.start(index) <= currentTime + 0.1 && currentTime <= buffered.end(index)) {
      return buffered.end(index) - currentTime;
    }
  }
  return 0;
}
