import type { PushEndpoint } from './push-endpoint';
/** A file: an object of S3, or what a web server of this machine has. */
export interface Clip {
  readonly url: string;
  /** Undefined for a file of a web server. */
  readonly object: { readonly bucket: string; readonly key: string } | undefined;
  /** Set for what is not on this machine: nothing is loaded from it. */
  readonly outside?: true;
}

/** A stream that is fetched. */
export interface PulledStream {
  readonly protocol: 'hls' | 'rtmp' | 'srt';
  readonly url: string;
  readonly srt: SrtSettings;
  /** Set for what is not on this machine: nothing is loaded from it. */
  readonly outside?: true;
}

/** Of SRT; empty for other protocols. */
export interface SrtSettings {
  /** In milliseconds; what the other side asks for when left out. */
  readonly latencyMs?: number;
  readonly streamId?: string;
  /** ARN of the secret with the passphrase that the service would encrypt with. Here the stream goes in plain. */
  readonly passphraseIn?: string;
}

/** Types of input whose sources cannot be on this machine, and what a source of each is. */
export const STAND_INS = {
  MEDIACONNECT: 'a MediaConnect flow',
  INPUT_DEVICE: 'an AWS Elemental Link device',
  AWS_CDI: 'a CDI source',
} as const;

/** Where an input gets its pictures, one entry for each pipeline: one, or two. */
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
      /** What the template names: ARNs of flows, ids of devices; nothing for CDI. */
      readonly names: readonly string[];
    };

/** Every type of input that the local run takes. */
export type InputType = InputSource['type'];

/** The URLs that the API and CloudFormation list as the sources of an input: of files, and of pulls but SRT. */
export function sourceUrls(source: InputSource): readonly string[] {
  if (source.kind === 'file') return source.clips.map(({ url }) => url);
  return source.kind === 'pull' && source.type !== 'SRT_CALLER' ? source.streams.map(({ url }) => url) : [];
}

/** For how many pipelines an input has a source or destination. */
export function sourceCount(source: InputSource): number {
  switch (source.kind) {
    case 'file':
      return source.clips.length;
    case 'pull':
      return source.streams.length;
    case 'push':
      return source.endpoints.length;
    case 'stand-in':
      // CDI has two sources always: STANDARD is the only class that it has.
      return source.type === 'AWS_CDI' ? 2 : source.names.length;
  }
}
