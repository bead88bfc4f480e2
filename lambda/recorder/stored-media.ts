import { appended, endedPlaylist, type ListedSegment, listedSegments } from '../shared/recordings/media-playlist';
import type { ObjectStore } from '../shared/recordings/object-store';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import type { TimedSegment } from '../shared/recordings/segments';
import {
  fromPart,
  MULTIVARIANT,
  mediaFolder,
  mediaPlaylists,
  narrowed,
  ofFirst,
} from '../shared/recordings/stored-names';
import { type Harvester, HarvestRefusedError } from './surroundings';

/** Age at which the last segment of a playlist says nothing of the present any more, in milliseconds. */
const STALE = 60_000;
/** Segments that are copied at a time. */
const AT_A_TIME = 16;
const ATTEMPTS = 5;
const TYPE = 'application/vnd.apple.mpegurl';

/** The bucket that MediaLive writes to, the bucket of recordings, and what goes from one to the other. */
export interface StoredMeans {
  /** Bucket that MediaLive writes to. */
  readonly origin: Pick<ObjectStore, 'read'>;
  readonly store: ObjectStore;
  /** Copies an object into the bucket of recordings. @returns false where it is not there any more. */
  copy(from: string, to: string): Promise<boolean>;
  /** Lets the catalogue look at a channel. */
  written(channel: string): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Copies the segments of a channel that its playlists list and that have not been copied. */
export async function copyMedia(channel: RecordedChannel, means: StoredMeans): Promise<void> {
  const { origin, store } = means;
  const key = channel.path.slice(1);
  const multivariant = (await origin.read(key))?.text;
  if (multivariant === undefined) return;
  const lists = mediaPlaylists(multivariant);
  for (const list of lists) await copyList(channel, list, means);
  const to = `${mediaFolder(channel)}/${MULTIVARIANT}`;
  const text = narrowed(multivariant, lists);
  if ((await store.read(to))?.text !== text) await store.write({ key: to, text, contentType: TYPE });
}

/** Copies the new segments of one media playlist, and adds them to the list of all. */
async function copyList(channel: RecordedChannel, name: string, means: StoredMeans): Promise<void> {
  const from = channel.path.slice(1).replace(/[^/]*$/, '');
  const folder = mediaFolder(channel);
  const key = `${folder}/${ofFirst(name)}`;
  const listed = listedSegments((await means.origin.read(`${from}${name}`))?.text ?? '');
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await means.store.read(key);
    const known = listedSegments(found?.text ?? '');
    const all = appended(known, listed);
    if (all === known) return;
    const copied = await copiedOf(all.slice(known.length), (uri) => means.copy(`${from}${uri}`, `${folder}/${uri}`));
    const oldest = (all.at(-1)?.end ?? 0) - channel.windowSeconds * 1000;
    const kept = [...known, ...copied].filter(({ end }) => end > oldest);
    const text = endedPlaylist(kept);
    if (await means.store.write({ key, text, contentType: TYPE, replaces: found?.etag ?? 'none' })) return;
  }
  throw new Error(`${key} was written by others ${ATTEMPTS} times`);
}

/** Copies segments, and returns those that were there. */
async function copiedOf(
  segments: readonly ListedSegment[],
  copy: (uri: string) => Promise<boolean>,
): Promise<readonly ListedSegment[]> {
  const done: ListedSegment[] = [];
  for (let from = 0; from < segments.length; from += AT_A_TIME) {
    const some = segments.slice(from, from + AT_A_TIME);
    const were = await Promise.all(some.map(({ uri }) => copy(uri)));
    done.push(...some.filter((_, index) => were[index]));
  }
  return done;
}

/**
 * Reads the times of the media that was copied.
 *
 * @param since - time to begin with, in milliseconds since 1970. @default the last minute
 */
export async function storedMedia(
  channel: RecordedChannel,
  since: number | undefined,
  means: StoredMeans,
): Promise<readonly TimedSegment[]> {
  await copyMedia(channel, means);
  const [first] = await listsOf(channel, means);
  const after = since ?? means.now() - STALE;
  return (first?.segments ?? []).filter(({ end }) => end > after).map(({ start, end }) => ({ start, end }));
}

/** Makes a harvester that writes playlists of what was copied already. */
export function storedHarvester(means: StoredMeans): Harvester {
  return {
    async start({ channel, start, end, folder }) {
      const { store } = means;
      const multivariant = (await store.read(`${mediaFolder(channel)}/${MULTIVARIANT}`))?.text;
      const lists = await listsOf(channel, means);
      const parts = lists.map(({ name, segments }) => ({
        name,
        segments: segments.filter((one) => one.end > start && one.start < end),
      }));
      if (multivariant === undefined || parts.every(({ segments }) => segments.length === 0)) {
        throw new HarvestRefusedError('no segment of this time was copied');
      }
      for (const { name, segments } of parts) {
        await store.write({ key: `${folder}/${name}`, text: endedPlaylist(segments, fromPart), contentType: TYPE });
      }
      await store.write({ key: `${folder}/${MULTIVARIANT}`, text: multivariant, contentType: TYPE });
      await means.written(channel.name);
      return 'asked';
    },
    async active() {
      return [];
    },
    async cancel() {},
  };
}

/** Lists all that was copied, by media playlist. */
async function listsOf(channel: RecordedChannel, { store }: StoredMeans) {
  const folder = mediaFolder(channel);
  const multivariant = (await store.read(`${folder}/${MULTIVARIANT}`))?.text ?? '';
  const names = mediaPlaylists(multivariant);
  return Promise.all(
    names.map(async (name) => ({
      name,
      segments: listedSegments((await store.read(`${folder}/${name}`))?.text ?? ''),
    })),
  );
}
