import type { RecordedChannel } from './recorded-channel';

/** Name of the multivariant playlist of every recording of a bucket's channel. */
export const MULTIVARIANT = 'index.m3u8';

/** Returns the folder of the copied segments of a channel whose origin is a bucket, with the lists of all of them. */
export function mediaFolder({ name }: Pick<RecordedChannel, 'name'>): string {
  return `vod/${name}/media`;
}

/** Way from the folder of a recording's part to the copied segments. */
const TO_MEDIA = '../../media/';

/** Returns the address of a copied segment, from the folder of a recording's part. */
export function fromPart(uri: string): string {
  return `${TO_MEDIA}${uri}`;
}

/** Returns the names of the segments of a playlist that lies in the folder of a part, as they are beside the segments. */
export function besideSegments(playlist: string): string {
  return playlist
    .split('\n')
    .map((line) => (line.startsWith(TO_MEDIA) ? line.slice(TO_MEDIA.length) : line))
    .join('\n');
}

/** Returns the key of the playlist of a part that MediaConvert reads. It lies beside the segments. */
export function conversionKey(channel: Pick<RecordedChannel, 'name'>, id: string, part: number): string {
  return `${mediaFolder(channel)}/conversion-${part}-${id}.m3u8`;
}

/** Returns the folder of a part by the name of its job: `vod/main/20261128T190000Z/1`. */
export function folderOfJob({ name }: Pick<RecordedChannel, 'name'>, job: string): string {
  const own = job.slice(name.length + 1).replace(/-again-\d+$/, '');
  const [, id = '', number = ''] = /^(.+)-(\d+)$/.exec(own) ?? [];
  return `vod/${name}/${id}/${number}`;
}

/**
 * Lists the media playlists that a multivariant playlist names. Of two pipelines, those of the first are taken, where it
 * lists them.
 */
export function mediaPlaylists(multivariant: string): readonly string[] {
  const lines = multivariant.split(/\r?\n/).map((line) => line.trim());
  const uris = lines.flatMap((line) => {
    if (line.startsWith('#')) return [/^#EXT-X-MEDIA:.*URI="([^"]+)"/.exec(line)?.[1] ?? []].flat();
    return line === '' ? [] : [line];
  });
  return [...new Set(uris)].filter((uri) => !isSecond(uri) || !uris.includes(ofFirst(uri)));
}

/** Returns the multivariant playlist that lists only some media playlists, under the names of the first pipeline. */
export function narrowed(multivariant: string, kept: readonly string[]): string {
  const lines = multivariant.split(/\r?\n/);
  const written = lines.flatMap((line, index) => {
    const next = lines[index + 1] ?? '';
    if (line.startsWith('#EXT-X-STREAM-INF:') && !kept.includes(next.trim())) return [];
    if (line.trim() !== '' && !line.startsWith('#') && !kept.includes(line.trim())) return [];
    const [, uri] = /^#EXT-X-MEDIA:.*URI="([^"]+)"/.exec(line) ?? [];
    return uri !== undefined && !kept.includes(uri) ? [] : [ofFirst(line)];
  });
  return written.join('\n');
}

const isSecond = (uri: string) => uri.startsWith(SECOND);

/** Writes the names of the second pipeline as those of the first. */
export function ofFirst(text: string): string {
  return text.replaceAll(SECOND, 'index');
}

/** Beginning of the names of the second pipeline's files. */
const SECOND = 'index-pipeline-1';
