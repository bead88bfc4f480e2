import type { PushEndpoint } from './push-endpoint';

/** A file: an object of S3, or one of a web server on this machine. */
export interface Clip {
  readonly url: string;
  /** Undefined for a file of a web server. */
  readonly object: { readonly bucket: string; readonly key: string } | undefined;
  /** Set for a file that is not on this machine, which is not loaded. */
  readonly outside?: true;
}

/** A stream that is fetched. */
export interface PulledStream {
  readonly protocol: 'hls' | 'rtmp' | 'srt';
  readonly url: string;
  readonly srt: SrtSettings;
  /** Set for a stream that is not on this machine, which is not loaded. */
  readonly outside?: true;
}

/** Settings of SRT; empty for other protocols. */
export interface SrtSettings {
  /** Latency in milliseconds. Left out, the other side chooses it. */
  readonly latencyMs?: number;
  readonly streamId?: string;
  /** ARN of the secret with the passphrase that MediaLive would encrypt with. The local run does not encrypt. */
  readonly passphraseIn?: string;
}

/** Types of input whose sources cannot be on this machine, and the name of such a source. */
export const STAND_INS = {
  MEDIACONNECT: 'a MediaConnect flow',
  INPUT_DEVICE: 'an AWS Elemental Link device',
  AWS_CDI: 'a CDI source',
} as const;

/** Sources of an input, one entry for each pipeline: one, or two. */
export type InputSource =
  | { readonly kind: 'file'; readonly type: 'MP4_FILE' | 'TS_FILE'; readonly clips: readonly Clip[] }
  | {
      readonly kind: 'pull';
      readonly type: 'URL_PULL' | 'RTMP_PULL' | 'SRT_CALLER';
      readonly streams: readonly PulledStream[];
    }
  | {
      readonly kind: 'push';
      readonly type: 'RTMP_PUSH' | 'RTP_PUSH' | 'UDP_PUSH' | 'SRT_LISTENER';
      readonly endpoints: readonly PushEndpoint[];
      readonly srt: SrtSettings;
    }
  | {
      readonly kind: 'stand-in';
      readonly type: keyof typeof STAND_INS;
      /** Names that the template gives: ARNs of flows, ids of devices; none for CDI. */
      readonly names: readonly string[];
    };

/** Every type of input that the local run takes. */
export type InputType = InputSource['type'];

/**
 * Lists the URLs that the API and CloudFormation show as the sources of an input: those of files, and of pulls except
 * SRT.
 */
export function sourceUrls(source: InputSource): readonly string[] {
  if (source.kind === 'file') return source.clips.map(({ url }) => url);
  return source.kind === 'pull' && source.type !== 'SRT_CALLER' ? source.streams.map(({ url }) => url) : [];
}

/** Counts the pipelines that an input has a source or destination for. */
export function sourceCount(source: InputSource): number {
  switch (source.kind) {
    case 'file':
      return source.clips.length;
    case 'pull':
      return source.streams.length;
    case 'push':
      return source.endpoints.length;
    case 'stand-in':
      // CDI always has two sources: STANDARD is its only class.
      return source.type === 'AWS_CDI' ? 2 : source.names.length;
  }
}
