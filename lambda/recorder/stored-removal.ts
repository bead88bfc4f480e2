import { endedPlaylist, type ListedSegment, listedSegments } from '../shared/recordings/media-playlist';
import type { ObjectStore } from '../shared/recordings/object-store';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import type { Run } from '../shared/recordings/run';
import { runsOf } from '../shared/recordings/run-book';
import { conversionKey, mediaFolder } from '../shared/recordings/stored-names';

/** States of a run whose playlists may not be written yet. */
const UNWRITTEN: readonly string[] = ['running', 'ended', 'harvesting'];

/** Lists the playlists of a recording that were written for MediaConvert. */
export async function conversionPlaylists(
  channel: RecordedChannel,
  id: string,
  store: ObjectStore,
): Promise<readonly string[]> {
  const keys = await store.keys(`${mediaFolder(channel)}/conversion-`);
  return keys.filter((key) => key === conversionKey(channel, id, Number(/conversion-(\d+)-/.exec(key)?.[1])));
}

/**
 * Lists the copied segments that only one recording of a channel has, and leaves them out of the list of all: a clip that
 * is made later must not name them. A show that still runs keeps the segments of its clips, although no playlist of its own
 * names them yet.
 */
export async function ownSegments(
  channel: RecordedChannel,
  id: string,
  store: ObjectStore,
): Promise<readonly string[]> {
  const folder = mediaFolder(channel);
  const playlists = (await store.keys(`vod/${channel.name}/`)).filter((key) => key.endsWith('.m3u8'));
  const unwritten = (await runsOf(channel.name, store)).filter(({ state }) => UNWRITTEN.includes(state));
  const own = new Set<string>();
  const others = new Set<string>();
  const lists: string[] = [];
  for (const key of playlists) {
    const listed = listedSegments((await store.read(key))?.text ?? '');
    if (key.startsWith(`${folder}/`)) {
      lists.push(key);
      for (const one of listed.filter((segment) => unwritten.some((run) => isOf(run, segment)))) others.add(one.uri);
      continue;
    }
    const to = key.startsWith(`vod/${channel.name}/${id}/`) ? own : others;
    for (const { uri } of listed) to.add(uri.replace(/^.*\//, ''));
  }
  const gone = [...own].filter((name) => !others.has(name));
  for (const key of lists) {
    const listed = listedSegments((await store.read(key))?.text ?? '');
    const left = listed.filter(({ uri }) => !gone.includes(uri));
    if (left.length === listed.length) continue;
    await store.write({ key, text: endedPlaylist(left), contentType: 'application/vnd.apple.mpegurl' });
  }
  return gone.map((name) => `${folder}/${name}`);
}

/** Tells whether a run has a segment. One that runs has all from its beginning on. */
function isOf({ start, end }: Run, segment: ListedSegment): boolean {
  return segment.end > Date.parse(start) && (end === undefined || segment.start < Date.parse(end));
}
