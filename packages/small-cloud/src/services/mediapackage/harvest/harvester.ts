import { renderMpd } from '../dash/mpd';
import { mpdView } from '../dash/mpd-view';
import { type EgressContext, mediaFile } from '../egress/media-file';
import { renderMediaPlaylist } from '../hls/media-playlist';
import { mediaPlaylistView } from '../hls/media-playlist-view';
import { renderMultivariantPlaylist } from '../hls/multivariant-playlist';
import { multivariantPlaylistView } from '../hls/multivariant-playlist-view';
import { childPlaylistName, egressFile, segmentName } from '../model/file-names';
import { listedTracks } from '../model/listed-media';
import { listing } from '../model/listing';
import type { TimeShift, View } from '../model/view';

/** Longest wait for new media before a harvest looks again, in seconds. */
const LOOK_SECONDS = 1;
/** Time after its end at which a harvest no longer waits for late media, in seconds. */
const GRACE_SECONDS = 10;
const HLS = 'application/vnd.apple.mpegurl';
const DASH = 'application/dash+xml';

/** The sentence of a harvest without media, as AWS writes it. */
export const NO_CONTENT = 'There was no content available for the specified time window.';

/** A harvest that cannot be completed. Its message is the job's. */
export class HarvestError extends Error {
  override readonly name = 'HarvestError';
}

/** A part of an endpoint's media that is copied to a folder. Times are seconds since 1970. */
export interface Harvest {
  readonly context: EgressContext;
  /** Names of the endpoint's manifests. */
  readonly manifests: readonly string[];
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Writes a file of the folder. @throws HarvestError when it may not. */
  readonly write: (name: string, body: Buffer | string, contentType: string) => Promise<void>;
  /** Milliseconds since 1970, on the clock of the media. */
  readonly now: () => number;
  /** True once the job has been cancelled. */
  readonly isOver: () => boolean;
}

/**
 * Copies manifests and their segments. The media is copied as it arrives; the manifests come last, when the end is past.
 * AWS does not document the names below the destination: here, all files lie in one folder, under the names that the
 * endpoint gives them.
 *
 * @throws HarvestError without media in this time, and when a file cannot be written.
 */
export async function harvest(work: Harvest): Promise<void> {
  const { media } = work.context;
  const epochSeconds = media.epochSeconds;
  if (epochSeconds === undefined) throw new HarvestError(NO_CONTENT);
  const release = media.hold(work.startSeconds - epochSeconds);
  try {
    const written = new Set<string>();
    while (!work.isOver()) {
      const closed = work.now() / 1000 > work.endSeconds + GRACE_SECONDS;
      const view = harvestView(work, { closed });
      const range = view && listing(view, 0);
      if (closed && !range) throw new HarvestError(NO_CONTENT);
      if (view && range) await copyMedia(work, view, written);
      if (view && range?.kind === 'vod') return await writeManifests(work, view, written);
      const { revision } = view?.segmenter ?? { revision: 0 };
      await media.change.until(() => (view && view.segmenter.revision !== revision) || undefined, LOOK_SECONDS);
    }
  } finally {
    release();
  }
}

function harvestView(work: Harvest, { closed }: { readonly closed: boolean }): View | undefined {
  const { endpoint, media } = work.context;
  const segmenter = media.segmenter(endpoint.segmentSeconds);
  const { epochSeconds } = media;
  if (!segmenter || epochSeconds === undefined) return undefined;
  const shift: TimeShift = {
    startSeconds: work.startSeconds - epochSeconds,
    endSeconds: work.endSeconds - epochSeconds,
    closed,
  };
  return { endpoint, segmenter, epochSeconds, shift };
}

/** Copies the files that the manifests list so far and that have not been copied. */
async function copyMedia(work: Harvest, view: View, written: Set<string>): Promise<void> {
  const names = work.manifests.flatMap((manifest) => listedFiles(view, manifest));
  for (const name of new Set(names)) {
    if (written.has(name) || work.isOver()) continue;
    const file = egressFile(view.endpoint, name);
    const answer = file && (await mediaFile(work.context, view, file, name));
    // A gap has a name and no media.
    if (!answer) continue;
    await work.write(name, Buffer.from(answer.body), answer.contentType);
    written.add(name);
  }
}

function listedFiles(view: View, name: string): readonly string[] {
  const { endpoint, segmenter } = view;
  const hls = endpoint.hlsManifests.find((one) => one.name === name);
  if (hls) {
    const plain = { ...hls, lowLatency: false };
    return tracksOf(view).flatMap((track) => {
      const segments = mediaPlaylistView(view, plain, track)?.segments ?? [];
      return segments.filter(({ gap }) => !gap).flatMap(({ uri, initUri }) => (initUri ? [initUri, uri] : [uri]));
    });
  }
  const dash = endpoint.dashManifests.find((one) => one.name === name);
  const periods = (dash && segmenter && mpdView(view, dash, 0)?.periods) ?? [];
  return periods.flatMap(({ firstNumber, representations }) =>
    representations.flatMap(({ track, initUri, segments }) => [
      initUri,
      ...segments.map((_, index) => segmentName(endpoint, track, firstNumber + index)),
    ]),
  );
}

/** Writes the manifests, which are complete now. */
async function writeManifests(work: Harvest, view: View, written: ReadonlySet<string>): Promise<void> {
  if (written.size === 0) throw new HarvestError(NO_CONTENT);
  const { hlsManifests, dashManifests } = view.endpoint;
  for (const hls of hlsManifests.filter(({ name }) => work.manifests.includes(name))) {
    const manifest = { ...hls, lowLatency: false };
    const model = multivariantPlaylistView(view, manifest);
    if (!model) throw new HarvestError(NO_CONTENT);
    for (const track of tracksOf(view)) {
      const child = mediaPlaylistView(view, manifest, track);
      if (child) await work.write(childPlaylistName(manifest, track), renderMediaPlaylist(child), HLS);
    }
    await work.write(`${hls.name}.m3u8`, renderMultivariantPlaylist(model), HLS);
  }
  for (const dash of dashManifests.filter(({ name }) => work.manifests.includes(name))) {
    const model = mpdView(view, dash, 0);
    if (!model) throw new HarvestError(NO_CONTENT);
    await work.write(`${dash.name}.mpd`, renderMpd(model), DASH);
  }
}

function tracksOf(view: View): readonly string[] {
  const range = listing(view, 0);
  return range ? listedTracks(view.segmenter, range.last) : [];
}
