import type { HlsManifest } from '../model/endpoint';
import { bitrates, fullestFragment, listedTracks, newestFragment, wholeSegments } from '../model/listed-media';
import { listing } from '../model/listing';
import type { AudioFormat, TrackFormat, VideoFormat } from '../model/media';
import type { Listing, View } from '../model/view';
import { childUri } from './child-uri';
import type { AudioRendition, MultivariantPlaylist, Variant } from './multivariant-playlist';

interface ListedTrack<Format extends TrackFormat = TrackFormat> {
  readonly name: string;
  readonly format: Format;
  readonly frameRate: number;
  readonly peak: number;
  readonly average: number;
}

/** Builds the multivariant playlist of a manifest; undefined before the first segment. */
export function multivariantPlaylistView(view: View, manifest: HlsManifest): MultivariantPlaylist | undefined {
  const { container, audioApart } = view.endpoint;
  const range = listing(view, manifest.windowSeconds);
  if (!range) return undefined;
  const tracks = listedTracks(view.segmenter, range.last).flatMap((name) => listed(view, range, name) ?? []);
  const audio = tracks.filter(isAudio);
  const variants = tracks.filter(isVideo).map((track) => variant(childUri(view, manifest, track.name), track, audio));
  if (variants.length === 0) return undefined;
  return {
    container,
    variants,
    audio: audioApart ? audio.map((track) => audioRendition(childUri(view, manifest, track.name), track)) : [],
  };
}

/** Builds a variant. Its bitrates include the heaviest audio track. */
function variant(
  uri: string,
  { format, frameRate, peak, average }: ListedTrack<VideoFormat>,
  audio: readonly ListedTrack<AudioFormat>[],
): Variant {
  return {
    uri,
    peakBitrate: peak + Math.max(0, ...audio.map((track) => track.peak)),
    averageBitrate: average + Math.max(0, ...audio.map((track) => track.average)),
    codecs: [format.codec, ...new Set(audio.map((track) => track.format.codec))],
    width: format.width,
    height: format.height,
    frameRate,
  };
}

function audioRendition(uri: string, { name, format }: ListedTrack<AudioFormat>): AudioRendition {
  return {
    uri,
    name: format.title ?? name,
    channels: format.channels,
    language: format.language,
  };
}

function listed({ segmenter }: View, range: Listing, name: string): ListedTrack | undefined {
  const segments = wholeSegments(segmenter, name, range);
  const live = range.last === Number.POSITIVE_INFINITY;
  const newest = live
    ? newestFragment(segmenter, name)
    : segments.findLast(({ fragments }) => fragments.length > 0)?.fragments.at(-1);
  if (!newest) return undefined;
  const { format } = newest;
  const measured = bitrates(segments);
  const fullest = fullestFragment(segments) ?? newest;
  return {
    name,
    format,
    frameRate: (fullest.samples * format.timescale) / fullest.durationTicks,
    peak: Math.max(measured.peak, format.declaredBitrate),
    average: measured.average,
  };
}

function isVideo(track: ListedTrack): track is ListedTrack<VideoFormat> {
  return track.format.kind === 'video';
}

function isAudio(track: ListedTrack): track is ListedTrack<AudioFormat> {
  return track.format.kind === 'audio';
}
