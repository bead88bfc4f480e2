import type { ObjectStore } from './object-store';
import type { RecordedChannel } from './recorded-channel';

/** A part of a recording as viewers play it. */
export interface CataloguePart {
  /** Time of its first media, in ISO 8601. */
  readonly start: string;
  /** Time at which its last media ends. DASH goes by the clock from start to end. */
  readonly end: string;
  /** Length in HLS: shorter than from start to end where the encoder was away in between. */
  readonly seconds: number;
  /** Paths from the root of the site. */
  readonly manifests: { readonly hls?: string; readonly dash?: string };
}

/** A recording as viewers find it. */
export interface CatalogueRecording {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'show' | 'clip';
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly seconds: number;
  readonly parts: readonly CataloguePart[];
  readonly poster?: string;
  readonly storyboard?: string;
  readonly mp4?: string;
}

/** The list that viewers get. */
export interface Catalogue {
  readonly version: 1;
  /** The newest first. */
  readonly recordings: readonly CatalogueRecording[];
  /** The present runs of recorded channels. */
  readonly running: readonly { readonly channel: string; readonly start: string }[];
}

const EMPTY: Catalogue = { version: 1, recordings: [], running: [] };
const ATTEMPTS = 10;

/** Returns the key of the catalogue of a channel. Titles of a private channel are as private as its shows. */
export function catalogueKey({ name, isPrivate }: Pick<RecordedChannel, 'name' | 'isPrivate'>): string {
  return isPrivate ? `vod/${name}/catalogue.json` : 'vod/catalogue.json';
}

/** Reads the catalogue of a channel; an empty one where there is none. */
export async function readCatalogue(channel: RecordedChannel, store: ObjectStore): Promise<Catalogue> {
  const found = await store.read(catalogueKey(channel));
  return found === undefined ? EMPTY : (JSON.parse(found.text) as Catalogue);
}

/**
 * Changes the catalogue of a channel. Where somebody else has written it meanwhile, it is read and changed again.
 *
 * @param change - returns the new catalogue; the same one where there is nothing to write.
 */
export async function changeCatalogue(
  channel: RecordedChannel,
  store: ObjectStore,
  change: (catalogue: Catalogue) => Catalogue,
): Promise<void> {
  const key = catalogueKey(channel);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await store.read(key);
    const before = found === undefined ? EMPTY : (JSON.parse(found.text) as Catalogue);
    const after = change(before);
    if (found !== undefined && after === before) return;
    const written = await store.write({
      key,
      text: JSON.stringify(after),
      contentType: 'application/json',
      cacheControl: 'max-age=5',
      replaces: found?.etag ?? 'none',
    });
    if (written) return;
  }
  throw new Error(`${key} was written by others ${ATTEMPTS} times`);
}

/** Puts a recording into a catalogue, or in the place of the one of its name. */
export function withRecording(catalogue: Catalogue, recording: CatalogueRecording): Catalogue {
  const others = withoutRecording(catalogue, recording).recordings;
  const recordings = [recording, ...others].toSorted((one, other) => other.start.localeCompare(one.start));
  return { ...catalogue, recordings };
}

/** Removes a recording from a catalogue. */
export function withoutRecording(
  catalogue: Catalogue,
  { channel, id }: Pick<CatalogueRecording, 'channel' | 'id'>,
): Catalogue {
  const recordings = catalogue.recordings.filter((one) => one.channel !== channel || one.id !== id);
  return recordings.length === catalogue.recordings.length ? catalogue : { ...catalogue, recordings };
}

/** Notes since when a channel's present run has had media; undefined for a channel that does not run. */
export function withRunning(catalogue: Catalogue, channel: string, start: string | undefined): Catalogue {
  const before = catalogue.running.find((one) => one.channel === channel)?.start;
  if (before === start) return catalogue;
  const others = catalogue.running.filter((one) => one.channel !== channel);
  return { ...catalogue, running: start === undefined ? others : [...others, { channel, start }] };
}
