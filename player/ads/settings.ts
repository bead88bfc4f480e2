import type { Choice } from '../choice';

/** The member `ads` of `config.json`. */
export interface AdsSettings {
  /** Paths on this site: what a break is filled with, and where to report what was shown. */
  readonly list: string;
  readonly beacon: string;
  readonly channels: readonly string[];
  /** Seconds of an ad after which viewers may skip it; undefined for never. */
  readonly skipAfterSeconds: number | undefined;
  /** Beginning of the paths of playlists with the ads in them; undefined where there are none. */
  readonly guided: string | undefined;
}

const isPath = (value: unknown): value is string => typeof value === 'string' && /^\/(?!\/)/.test(value);

/** Reads the member `ads` of `config.json`. @returns undefined for one that this page does not understand. */
export function readAds(given: unknown): AdsSettings | undefined {
  const { list, beacon, channels, skipAfterSeconds, guided } = Object(given) as Readonly<Record<string, unknown>>;
  if (!isPath(list) || !isPath(beacon) || !Array.isArray(channels)) return undefined;
  const skip = typeof skipAfterSeconds === 'number' && skipAfterSeconds >= 0 ? skipAfterSeconds : undefined;
  return {
    list,
    beacon,
    channels: channels.map(String),
    skipAfterSeconds: skip,
    guided: isPath(guided) ? guided : undefined,
  };
}

/** Returns the address of a playlist for the browser's own player, which shows the ads in it. Private channels have none. */
export function nativeAddress(
  { url, channel }: Pick<Choice, 'url' | 'channel'>,
  { guided }: Pick<AdsSettings, 'guided'>,
): string {
  return guided === undefined || channel?.access === 'private' ? url : guided + url;
}
