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

/** The member `ads` of `config.json`, where MediaTailor fills the breaks. */
export interface TailoredSettings {
  readonly channels: readonly TailoredChannel[];
  /** Seconds of an ad after which viewers may skip it; undefined for never. */
  readonly skipAfterSeconds: number | undefined;
}

/** Beginnings of the addresses of a channel's sessions; the path of a manifest follows. */
export interface TailoredChannel {
  readonly channel: string;
  readonly hls: string;
  readonly dash: string;
}

const isPath = (value: unknown): value is string => typeof value === 'string' && /^\/(?!\/)/.test(value);

/** Reads the member `ads` of `config.json`. @returns undefined for one that this page does not understand. */
export function readAds(given: unknown): AdsSettings | undefined {
  const { list, beacon, channels, skipAfterSeconds, guided } = Object(given) as Readonly<Record<string, unknown>>;
  if (!isPath(list) || !isPath(beacon) || !Array.isArray(channels)) return undefined;
  return {
    list,
    beacon,
    channels: channels.map(String),
    skipAfterSeconds: skipOf(skipAfterSeconds),
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

/** Reads the member `ads` of `config.json`. @returns undefined where MediaTailor fills no breaks, as far as this page understands. */
export function readTailored(given: unknown): TailoredSettings | undefined {
  const { service, channels, skipAfterSeconds } = Object(given) as Readonly<Record<string, unknown>>;
  if (service !== 'mediatailor' || !Array.isArray(channels)) return undefined;
  const found = channels.flatMap((one): readonly TailoredChannel[] => {
    const { channel, hls, dash } = Object(one) as Readonly<Record<string, unknown>>;
    return typeof channel === 'string' && isPath(hls) && isPath(dash) ? [{ channel, hls, dash }] : [];
  });
  return { channels: found, skipAfterSeconds: skipOf(skipAfterSeconds) };
}

function skipOf(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined;
}
