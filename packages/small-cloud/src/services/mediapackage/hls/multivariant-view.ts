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
import type { TrackFormat } from '../model/media';
import type { MultivariantPlaylist, Variant } from './multivariant';

interface ListedTrack {
  readonly name: string;
  readonly format: TrackFormat;
  readonly frameRate: number;
  readonly peak: number;
  readonly average: number;
}

/** The multivariant playlist of a manifest; undefined before the first segment. */
export function multivariantView(view: View, manifest: HlsManifest): MultivariantPlaylist | undefined {
  const { container } = view.endpoint;
  const tracks = listedTracks(view.segmenter).flatMap((name) => listed(view, manifest, name) ?? []);
  const audio = tracks.filter(({ format }) => format.kind === 'audio');
  const loudest = audio.reduce(
    (most, track) => ({ peak: Math.max(most.peak, track.peak), average: Math.max(most.average, track.average) }),
    { peak: 0, average: 0 },
  );
  const variants = tracks.flatMap(({ name, format, frameRate, peak, average }): readonly Variant[] => {
    if (format.kind !== 'video') return [];
    return [
      {
        uri: childPlaylistName(manifest, name),
        peakBitrate: peak + loudest.peak,
        averageBitrate: average + loudest.average,
        codecs: [format.codec, ...new Set(audio.map((track) => track.format.codec))],
        width: format.width,
        height: format.height,
        frameRate,
      },
    ];
  });
  if (variants.length === 0) return undefined;
  if (!view.endpoint.soundApart) return { container, variants, audio: [] };
  return {
    container,
    variants,
    audio: audio.flatMap(({ name, format }) =>
      format.kind === 'audio'
        ? [
            {
              uri: childPlaylistName(manifest, name),
              name: format.title ?? name,
              channels: format.channels,
              language: format.language,
            },
          ]
        : [],
    ),
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
