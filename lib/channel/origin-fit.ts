import type { Problem } from './field';
import { isHevc, ladderSchema, renditionsOf } from './ladder';
import { HEVC_FORMATS } from './media-package';
import { originOf, originSchema } from './origin';

/** The origins that make CMAF: the only form in which players take HEVC in HLS. */
const OF_CMAF: ReadonlySet<string> = new Set(['media-package']);
/** The origins that take a stream without picture, and whose manifests MediaLive writes itself. */
const STORES: ReadonlySet<string> = new Set(['s3', 'media-store']);

/**
 * What is wrong between the origin of a stream and the ladders of its channels.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/supported-inputs.html
 * @see https://developer.apple.com/documentation/http-live-streaming/hls-authoring-specification-for-apple-devices
 */
export function originProblems(origin: unknown, channels: unknown): readonly Problem[] {
  const given = originSchema.safeParse(origin ?? 'media-package');
  if (!given.success || !Array.isArray(channels)) return [];
  const options = originOf({ origin: given.data });
  const { kind } = options;
  return channels.flatMap((channel: unknown, index): readonly Problem[] => {
    const stored = [
      ...storedProblems(kind, channel, index),
      ...metadataProblems(kind, channel, index),
      ...lossProblems(kind, channel, index),
    ];
    const ladder = ladderSchema.safeParse((channel as { ladder?: unknown } | null)?.ladder);
    if (!ladder.success) return stored;
    const at = (message: string): readonly Problem[] => [...stored, { path: ['channels', index, 'ladder'], message }];
    if (isHevc(ladder.data) && !OF_CMAF.has(kind)) {
      return at(
        `HEVC was given with the origin ${kind}, which has HLS in MPEG-TS; players take HEVC in CMAF only: choose the origin media-package, or H.264`,
      );
    }
    if (
      isHevc(ladder.data) &&
      options.kind === 'media-package' &&
      !options.formats.some((format) => HEVC_FORMATS.includes(format))
    ) {
      return at(
        `HEVC was given with the formats ${options.formats.join(', ')}; players take HEVC in CMAF only: add one of ${HEVC_FORMATS.join(', ')}, or choose H.264`,
      );
    }
    if (renditionsOf(ladder.data).length === 0 && !STORES.has(kind)) {
      return at(
        `"audio-only" was given with the origin ${kind}, which takes no stream without a picture; choose the origin s3`,
      );
    }
    return stored;
  });
}

/** What an origin that only stores, whose manifests MediaLive writes, does not have. */
function storedProblems(kind: string, channel: unknown, index: number): readonly Problem[] {
  if (!STORES.has(kind)) return [];
  const { adMarkers } = (channel ?? {}) as { adMarkers?: { manifests?: unknown } | null };
  if (adMarkers?.manifests !== 'daterange') return [];
  const message = `"daterange" was given with the origin ${kind}, whose playlists MediaLive marks with tags of its own; choose scte35-enhanced, or the origin media-package`;
  return [{ path: ['channels', index, 'adMarkers', 'manifests'], message }];
}

/** Where timed ID3 has nothing to be switched, or nothing to travel in. */
function metadataProblems(kind: string, channel: unknown, index: number): readonly Problem[] {
  const { timedMetadata, ladder } = (channel ?? {}) as { timedMetadata?: unknown; ladder?: unknown };
  if (timedMetadata !== true) return [];
  const at = (message: string) => [{ path: ['channels', index, 'timedMetadata'], message }];
  if (kind === 'media-package-v1') {
    return at('true was given with the origin media-package-v1, which gets timed ID3 always; leave it out');
  }
  return ladder === 'audio-only'
    ? at('true was given with the ladder audio-only; timed ID3 travels with a picture')
    : [];
}

/** A stream that goes on after an input loss, where the output group pauses. */
function lossProblems(kind: string, channel: unknown, index: number): readonly Problem[] {
  const { inputLoss } = (channel ?? {}) as { inputLoss?: { afterwards?: unknown } | null };
  const afterwards = inputLoss?.afterwards;
  if (STORES.has(kind) || typeof afterwards !== 'object' || afterwards === null) return [];
  const message = `a stream that goes on was described with the origin ${kind}, whose output group always pauses when the input is lost; leave it out, or choose the origin s3`;
  return [{ path: ['channels', index, 'inputLoss', 'afterwards'], message }];
}
