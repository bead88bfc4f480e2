import type { Rung } from '../rendition';
import type { SupervisorEvent } from '../supervisor';

/** What an engine tells the supervisor: all that it takes but what the page itself observes. */
export type EngineEvent = Exclude<SupervisorEvent, { readonly kind: 'tick' | 'online' }>;

/** What an engine is begun with. */
export interface EngineOptions {
  readonly video: HTMLVideoElement;
  /** Absolute address of the manifest. */
  readonly url: string;
  readonly lowLatency: boolean;
  readonly segmentSeconds: number;
  /** Whether to play as soon as there is media. */
  readonly autoplay: boolean;
  /** The index of the rung to hold from the start, asked once the ladder is known; undefined for automatic. */
  readonly held: (ladder: readonly Rung[]) => number | undefined;
  readonly report: (event: EngineEvent) => void;
  /** Takes what `video.play()` rejects with: the browser wants a click first, or another load came between. */
  readonly playRejected: (error: unknown) => void;
}

/** A sound that viewers can choose, as a manifest describes it. */
export interface SoundTrack {
  /** Of ISO 639; empty when the manifest does not say. */
  readonly language: string;
  /** What the manifest calls it; empty when it does not. */
  readonly name: string;
}

/** A stretch of the video element's timeline, in seconds. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** One manifest being played: the face that hls.js, dash.js and the browser's own player share. */
export interface Engine {
  /** Library and version, for the stats panel. */
  readonly label: string;
  /** Begins or resumes playing. The promise rejects when the browser wants a click first. */
  play(): Promise<void>;
  /** As the manifest orders it; empty while it is not known, or when the engine does not tell. */
  ladder(): readonly Rung[];
  /** Index of the rung on the screen, if the engine tells. */
  playing(): number | undefined;
  /** Holds one rung of the ladder; undefined gives the choice back to the engine. */
  choose(index: number | undefined): void;
  /** The sounds to choose from, as the manifest orders them; empty while they are not known, or when the engine does not tell. */
  sounds(): readonly SoundTrack[];
  /** Index of the sound that plays, if the engine tells. */
  hearing(): number | undefined;
  /** Plays another sound. */
  hear(index: number): void;
  /** Glass-to-glass latency in seconds, as far as the manifest's times tell; undefined where it cannot be measured. */
  latencySeconds(): number | undefined;
  /** Measured throughput in bits per second. */
  bandwidth(): number | undefined;
  /** What can be seeked to. */
  window(): Window | undefined;
  /** Where playing live is, hold-back included; always within the window. */
  livePosition(): number | undefined;
  /** Tries to repair the decoder without reading the manifest again. */
  recoverMedia(): void;
  destroy(): void;
}

/** Begins to play a manifest. */
export type StartEngine = (options: EngineOptions) => Engine;
