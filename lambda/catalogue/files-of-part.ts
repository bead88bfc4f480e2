import type { CataloguePart } from '../shared/recordings/catalogue';
import type { ObjectStore } from '../shared/recordings/object-store';
import { isMultivariant, timedSegments, type Variant, variantsOf } from '../shared/recordings/segments';

/** The HLS of a harvested part: its first playlist, and its media playlists, the best one first. */
export interface HarvestedHls {
  readonly key: string;
  readonly text: string;
  readonly variants: readonly (Variant & { readonly key: string })[];
}

/**
 * Lists the files of a part, and finds its manifests by their content. Where MediaPackage puts them below the folder that
 * it was given is not documented.
 *
 * @returns undefined where there is nothing that can be played.
 */
export async function partFrom(
  folder: string,
  given: { readonly start: string; readonly end: string },
  store: ObjectStore,
): Promise<CataloguePart | undefined> {
  const keys = await store.keys(`${folder}/`);
  const hls = await harvestedHls(keys, store);
  const mpd = shortest(keys.filter((key) => key.endsWith('.mpd')));
  if (hls === undefined && mpd === undefined) return undefined;
  const times = hls === undefined ? undefined : await timesOf(hls, store);
  const manifests: { hls?: string; dash?: string } = {};
  if (hls !== undefined) manifests.hls = `/${hls.key}`;
  if (mpd !== undefined) manifests.dash = `/${mpd}`;
  const planned = (Date.parse(given.end) - Date.parse(given.start)) / 1000;
  return { ...(times ?? { start: given.start, end: given.end, seconds: planned }), manifests };
}

/** Finds the HLS among files; undefined where there is none. */
export async function harvestedHls(keys: readonly string[], store: ObjectStore): Promise<HarvestedHls | undefined> {
  const playlists = keys.filter((key) => key.endsWith('.m3u8')).toSorted(byLength);
  let media: HarvestedHls | undefined;
  for (const key of playlists) {
    const text = (await store.read(key))?.text ?? '';
    if (isMultivariant(text)) {
      const variants = variantsOf(text)
        .map((variant) => ({ ...variant, key: keyBeside(key, variant.uri) }))
        .toSorted((one, other) => other.bandwidth - one.bandwidth);
      return { key, text, variants };
    }
    media ??= { key, text, variants: [{ uri: '', key, bandwidth: 0, width: 0 }] };
  }
  return media;
}

/** Returns the key of a file that a playlist names. */
export function keyBeside(key: string, uri: string): string {
  return decodeURIComponent(new URL(uri, `https://bucket/${key}`).pathname.slice(1));
}

async function timesOf({ variants: [best] }: HarvestedHls, store: ObjectStore) {
  const text = best === undefined ? undefined : (await store.read(best.key))?.text;
  const segments = timedSegments(text ?? '');
  const [first, last] = [segments.at(0), segments.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const seconds = segments.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0);
  const [start, end] = [first.start, last.end].map((time) => new Date(time).toISOString()) as [string, string];
  return { start, end, seconds: Math.round(seconds * 1000) / 1000 };
}

function shortest(keys: readonly string[]): string | undefined {
  return keys.toSorted(byLength)[0];
}

function byLength(one: string, other: string): number {
  return one.length - other.length || one.localeCompare(other);
}
