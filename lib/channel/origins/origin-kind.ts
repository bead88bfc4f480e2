import type { z } from 'zod';

/** One kind of origin: its schema and the facts about it that rules and other layers ask for. */
export interface OriginKind {
  readonly schema: z.ZodObject;
  /** The name of the kind says everything, so it can be given in place of an object. */
  readonly hasDefaults: boolean;
  /**
   * A packager takes CMAF and makes manifests of it; it needs video, and pauses when the input is lost. A store keeps the
   * HLS that MediaLive writes, playlists included.
   */
  readonly role: 'packager' | 'store';
  /** The formats in which players take HEVC: those in CMAF. None where the segments are MPEG-TS. */
  readonly hevcFormats: readonly string[];
  /** The origin cuts LL-HLS parts. */
  readonly lowLatencyHls: boolean;
  /** Passing on of timed ID3: only if the description asks for it, or always. */
  readonly timedMetadata: 'optional' | 'always';
}
