import type { Breaks } from '../breaks';
import type { Gate } from '../gate';
import type { Past } from '../past';
import type { Rung } from '../rendition';
import type { SupervisorEvent } from '../supervisor';

/** Reports of an engine to the supervisor: every event except those that the page observes on its own. */
export type EngineEvent = Exclude<SupervisorEvent, { readonly kind: 'tick' | 'online' }>;

/** Everything that an engine needs to start. */
export interface EngineOptions {
  readonly video: HTMLVideoElement;
  /** Absolute address of the manifest, without a token. */
  readonly url: string;
  /** Sends the requests for a private channel; absent for a public one. */
  readonly gate?: Gate;
  /** A stretch of the past, which does not start at live; absent for live. */
  readonly past?: Past;
  /** Ads in the breaks of the show; absent where there are none. */
  readonly ads?: Breaks;
  readonly lowLatency: boolean;
  readonly segmentSeconds: number;
  /** True to play as soon as there is media. */
  readonly autoplay: boolean;
  /** Gives the index of the rung to hold from the start, once the ladder is known; undefined for automatic. */
  readonly held: (ladder: readonly Rung[]) => number | undefined;
  readonly report: (event: EngineEvent) => void;
  /** Takes the rejection of `video.play()`: the browser wants a click first, or another load came between. */
  readonly playRejected: (error: unknown) => void;
}

/** One of the audio tracks that viewers can choose from, as a manifest describes it. */
export interface AudioTrack {
  /** ISO 639 code; empty when the manifest gives none. */
  readonly language: string;
  /** Name in the manifest; empty when it gives none. */
  readonly name: string;
}

/** A stretch of the video element's timeline, in seconds. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Takes ID3 tags, and their time on the timeline of the video, in seconds. */
export type MetadataListener = (tags: Uint8Array, seconds: number) => void;

/** One manifest being played: the interface that hls.js, dash.js and the browser's own player share. */
export interface Engine {
  /** Library and version, for the stats panel. */
  readonly label: string;
  /** Starts or resumes playing. The promise rejects when the browser wants a click first. */
  play(): Promise<void>;
  /** Rungs in the manifest's order; empty while they are unknown, or when the engine does not tell. */
  ladder(): readonly Rung[];
  /** Index of the rung on the screen, if the engine tells. */
  playing(): number | undefined;
  /** Holds one rung of the ladder; undefined gives the choice back to the engine. */
  choose(index: number | undefined): void;
  /** Audio tracks in the manifest's order; empty while they are unknown, or when the engine does not tell. */
  audioTracks(): readonly AudioTrack[];
  /** Index of the audio track that plays, if the engine tells. */
  audioTrack(): number | undefined;
  /** Plays another audio track. */
  chooseAudio(index: number): void;
  /** Glass-to-glass latency in seconds, computed from the manifest's times; undefined where it cannot be measured. */
  latencySeconds(): number | undefined;
  /** Date of the frame on the screen by the manifest's times, in milliseconds since 1970; undefined without them. */
  date(): number | undefined;
  /** Measured throughput in bits per second. */
  bandwidth(): number | undefined;
  /** The range that can be sought in. */
  window(): Window | undefined;
  /** The position at which live is played, hold-back included; always within the window. */
  livePosition(): number | undefined;
  /** Calls a listener with the timed ID3 of the video. It may come before its time. Left out where browsers make cues of it. */
  metadata?(listener: MetadataListener): void;
  /** Tries to repair the decoder without reading the manifest again. */
  recoverMedia(): void;
  destroy(): void;
}

/** Starts to play a manifest. */
export type StartEngine = (options: EngineOptions) => Engine;
