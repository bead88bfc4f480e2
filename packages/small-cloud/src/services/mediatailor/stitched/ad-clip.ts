import { startTicksOf, timescaleOf } from './media-times';

/** A track of an ad: CMAF, one file for each segment. */
export interface AdTrack {
  readonly kind: 'video' | 'audio';
  readonly codec: string;
  /** In bit/s. */
  readonly bandwidth: number;
  /** In pixels; undefined of audio. */
  readonly size: { readonly width: string; readonly height: string } | undefined;
  readonly timescale: number;
  /** Time of the first segment, in ticks. */
  readonly startTicks: number;
  readonly init: string;
  readonly segments: readonly { readonly url: string; readonly ticks: number }[];
}

/** An ad that can be put into an MPD. */
export interface AdClip {
  /** Length of its video. */
  readonly seconds: number;
  readonly tracks: readonly AdTrack[];
}

/** Returns the names of a track's files in an MPD, by its number in the ad. */
export function assetNames(track: number): { readonly initialization: string; readonly media: string } {
  return { initialization: `asset_${track}init.mp4`, media: `asset_${track}_$Number%09d$.mp4` };
}

/** Reads a name that an MPD has. @returns no number for an initialization segment, and undefined for another name. */
export function readAssetName(
  file: string,
): { readonly track: number; readonly number: number | undefined } | undefined {
  const [, track, number] = /^asset_(\d+)(?:init|_(\d{9}))\.mp4$/.exec(file) ?? [];
  if (track === undefined) return undefined;
  return { track: Number(track), number: number === undefined ? undefined : Number(number) };
}

/** Bandwidth of audio, in bit/s: a multivariant playlist has only the one of audio and video together. */
const AUDIO_BANDWIDTH = 128_000;

/**
 * Reads an ad from its HLS. AWS encodes an ad anew; here it is delivered as it is, so that only what DASH can address is
 * usable: CMAF with one file for each segment, audio apart.
 *
 * @param read - returns a file of the ad.
 * @throws Error that says why it is not usable.
 */
export async function readClip(playlist: string, read: (url: string) => Promise<Buffer>): Promise<AdClip> {
  const text = (await read(playlist)).toString('utf8');
  const listed = listedTracks(text, playlist);
  if (!listed.some(({ kind }) => kind === 'video')) throw new Error('its playlist lists no renditions with codecs');
  const tracks = await Promise.all(listed.map((one) => readTrack(one, read)));
  const video = tracks.find(({ kind }) => kind === 'video');
  const ticks = video?.segments.reduce((sum, one) => sum + one.ticks, 0) ?? 0;
  return { seconds: ticks / (video?.timescale ?? 1), tracks };
}

type ListedTrack = Pick<AdTrack, 'kind' | 'codec' | 'bandwidth' | 'size'> & { readonly url: string };

function listedTracks(text: string, playlist: string): readonly ListedTrack[] {
  const lines = text.split(/\r?\n/);
  const at = (uri: string): string => new URL(uri, playlist).href;
  const variants = lines.flatMap((line, index) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return [];
    const uri = lines.slice(index + 1).find((next) => next !== '' && !next.startsWith('#'));
    return uri === undefined ? [] : [{ line, url: at(uri) }];
  });
  const codecs = variants.flatMap(({ line }) => attributeOf(line, 'CODECS').split(','));
  const found = variants.flatMap(({ line, url }): readonly ListedTrack[] => {
    const codec = attributeOf(line, 'CODECS').split(',').find(isVideo);
    if (codec === undefined) return [];
    const [width = '', height = ''] = attributeOf(line, 'RESOLUTION').split('x');
    const size = height === '' ? undefined : { width, height };
    return [{ kind: 'video', codec, bandwidth: Number(attributeOf(line, 'BANDWIDTH')), size, url }];
  });
  const audio = codecs.find((codec) => codec !== '' && !isVideo(codec));
  const rendition = lines.find(
    (line) => line.startsWith('#EXT-X-MEDIA:') && /[:,]TYPE=AUDIO/.test(line) && attributeOf(line, 'URI'),
  );
  if (audio !== undefined) {
    if (rendition === undefined) throw new Error('its audio is not apart from its video');
    const url = at(attributeOf(rendition, 'URI'));
    found.push({ kind: 'audio', codec: audio, bandwidth: AUDIO_BANDWIDTH, size: undefined, url });
  }
  return found.filter(({ url }, index) => found.findIndex((one) => one.url === url) === index);
}

async function readTrack({ url, ...listed }: ListedTrack, read: (url: string) => Promise<Buffer>): Promise<AdTrack> {
  const text = (await read(url)).toString('utf8');
  const map = /^#EXT-X-MAP:.*URI="([^"]*)"/m.exec(text)?.[1];
  if (map === undefined) throw new Error('its segments are not CMAF');
  if (/^#EXT-X-BYTERANGE|^#EXT-X-MAP:.*BYTERANGE/m.test(text)) throw new Error('its segments share files');
  const files = [...text.matchAll(/^#EXTINF:([\d.]+)[^\n]*\n(?:#[^\n]*\n)*([^#\n]+)/gm)].map(
    ([, seconds, uri = '']) => ({
      url: new URL(uri.trim(), url).href,
      seconds: Number(seconds),
    }),
  );
  const [first] = files;
  if (first === undefined) throw new Error('it has no segments');
  const init = new URL(map, url).href;
  const timescale = timescaleOf(await read(init));
  let [seconds, begun] = [0, 0];
  const segments = files.map((file) => {
    seconds += file.seconds;
    const end = Math.round(seconds * timescale);
    const ticks = end - begun;
    begun = end;
    return { url: file.url, ticks };
  });
  return { ...listed, timescale, startTicks: startTicksOf(await read(first.url)), init, segments };
}

function isVideo(codec: string): boolean {
  return /^(avc|hvc|hev|dvh|av01|vp0)/.test(codec);
}

function attributeOf(line: string, name: string): string {
  return (
    new RegExp(`[:,]${name}=(?:"([^"]*)"|([^,]*))`)
      .exec(line)
      ?.slice(1)
      .find((one) => one !== undefined) ?? ''
  );
}
