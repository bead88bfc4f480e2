import { endedPlaylist, listedSegments } from '../shared/recordings/media-playlist';
import type { ObjectStore } from '../shared/recordings/object-store';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { conversionKey, mediaFolder } from '../shared/recordings/stored-names';

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
 * is made later must not name them.
 */
export async function ownSegments(
  channel: RecordedChannel,
  id: string,
  store: ObjectStore,
): Promise<readonly string[]> {
  const folder = mediaFolder(channel);
  const playlists = (await store.keys(`vod/${channel.name}/`)).filter((key) => key.endsWith('.m3u8'));
  const own = new Set<string>();
  const others = new Set<string>();
  const lists: string[] = [];
  for (const key of playlists) {
    if (key.startsWith(`${folder}/`)) {
      lists.push(key);
      continue;
    }
    const to = key.startsWith(`vod/${channel.name}/${id}/`) ? own : others;
    for (const { uri } of listedSegments((await store.read(key))?.text ?? '')) to.add(uri.replace(/^.*\//, ''));
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
