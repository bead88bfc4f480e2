import type { Endpoint } from '../model/endpoint';

/** A multivariant playlist. Bitrates are bits/s. */
export interface MultivariantPlaylist {
  readonly container: Endpoint['container'];
  readonly variants: readonly Variant[];
  /** Audio in playlists of its own; empty when every variant carries it. */
  readonly audio: readonly AudioRendition[];
}

/** One variant: a video rendition with its audio. */
export interface Variant {
  readonly uri: string;
  /** Highest bits/s of any segment, audio included. */
  readonly peakBitrate: number;
  readonly averageBitrate: number;
  readonly codecs: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/** One audio rendition. */
export interface AudioRendition {
  readonly uri: string;
  readonly name: string;
  readonly channels: number;
  /** ISO 639-2; undefined when unknown. */
  readonly language: string | undefined;
}

/**
 * Formats a multivariant playlist.
 *
 * @see RFC 8216bis, 4.4.6
 */
export function renderMultivariantPlaylist({ container, variants, audio }: MultivariantPlaylist): string {
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${container === 'TS' ? 4 : 7}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...audio.map((rendition, index) =>
      tag('EXT-X-MEDIA', {
        TYPE: 'AUDIO',
        'GROUP-ID': '"audio"',
        NAME: `"${rendition.name}"`,
        LANGUAGE: rendition.language && `"${rendition.language}"`,
        DEFAULT: index === 0 ? 'YES' : 'NO',
        AUTOSELECT: 'YES',
        CHANNELS: `"${rendition.channels}"`,
        URI: `"${rendition.uri}"`,
      }),
    ),
    ...variants.flatMap((variant) => [
      tag('EXT-X-STREAM-INF', {
        BANDWIDTH: variant.peakBitrate,
        'AVERAGE-BANDWIDTH': variant.averageBitrate,
        CODECS: `"${variant.codecs.join(',')}"`,
        RESOLUTION: `${variant.width}x${variant.height}`,
        'FRAME-RATE': variant.frameRate.toFixed(3),
        AUDIO: audio.length > 0 ? '"audio"' : undefined,
      }),
      variant.uri,
    ]),
    '',
  ].join('\n');
}

/** Formats a tag with an attribute list; attributes without a value are left out. */
function tag(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const list = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return `#${name}:${list.join(',')}`;
}
