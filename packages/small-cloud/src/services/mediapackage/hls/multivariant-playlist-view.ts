import type { HlsManifest } from '../model/endpoint';
import { childPlaylistName } from '../model/file-names';
import {
  bitrates,
  fullestFragment,
  listedTracks,
  newestFragment,
  type View,
  wholeSegments,
  windowStart,
} from '../model/listed-media';
import type { AudioFormat, TrackFormat, VideoFormat } from '../model/media';
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
  const tracks = listedTracks(view.segmenter).flatMap((name) => listed(view, manifest, name) ?? []);
  const audio = tracks.filter(isAudio);
  const variants = tracks.filter(isVideo).map((track) => variant(manifest, track, audio));
  if (variants.length === 0) return undefined;
  return { container, variants, audio: audioApart ? audio.map((track) => audioRendition(manifest, track)) : [] };
}

/** Builds a variant. Its bitrates include the heaviest audio track. */
function variant(
  manifest: HlsManifest,
  { name, format, frameRate, peak, average }: ListedTrack<VideoFormat>,
  audio: readonly ListedTrack<AudioFormat>[],
): Variant {
  return {
    uri: childPlaylistName(manifest, name),
    peakBitrate: peak + Math.max(0, ...audio.map((track) => track.peak)),
    averageBitrate: average + Math.max(0, ...audio.map((track) => track.average)),
    codecs: [format.codec, ...new Set(audio.map((track) => track.format.codec))],
    width: format.width,
    height: format.height,
    frameRate,
  };
}

function audioRendition(manifest: HlsManifest, { name, format }: ListedTrack<AudioFormat>): AudioRendition {
  return {
    uri: childPlaylistName(manifest, name),
    name: format.title ?? name,
    channels: format.channels,
    language: format.language,
  };
}

function listed({ segmenter }: View, manifest: HlsManifest, name: string): ListedTrack | undefined {
  const newest = newestFragment(segmenter, name);
  if (!newest) return undefined;
  const { format } = newest;
  const segments = wholeSegments(segmenter, name, windowStart(segmenter, manifest.windowSeconds));
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
