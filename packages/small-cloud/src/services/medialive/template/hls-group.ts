import { UnsupportedError } from '../../../contract';
import type { AudioTrack, VideoTrack } from './encoder-plan';
import type { Settings } from './settings';

/** An HLS output group: what is written where a bucket takes finished files. */
export interface HlsPlan {
  /** Segments that a playlist lists, and segments that are kept before they are removed. */
  readonly listed: number;
  readonly kept: number;
  /** Whether the multivariant playlist of each of two pipelines lists what the other writes as well. */
  readonly redundant: boolean;
  /** Whether the service would go on with a colour or a slate while the input is lost; here the stream pauses. */
  readonly goesOn?: true;
  readonly outputs: readonly HlsOutput[];
}

/** What an output holds: picture and sound in one, or one of the two. */
export type HlsContent =
  | { readonly video: VideoTrack; readonly audio: AudioTrack | undefined }
  | { readonly video: undefined; readonly audio: AudioTrack };

/** One output: a media playlist and its segments. */
export type HlsOutput = HlsContent & HlsNames;

/** What the files of an output are called. */
interface HlsNames {
  /** After the base name, in the names of the playlist and of the segments. */
  readonly nameModifier: string;
  /** After that, in the names of segments; `$dt$`, `$d$` and `$t$` stand for the time of the segment. */
  readonly segmentModifier: string;
  /** For a sound that viewers choose, whether players begin with it; left out, the output is a variant. */
  readonly choice?: 'default' | 'other';
}

/** What an HLS output group says of all its outputs. */
export interface HlsGroup extends Omit<HlsPlan, 'outputs'> {
  readonly destinationId: string;
  readonly segmentSeconds: number;
}

/**
 * Reads `HlsGroupSettings`.
 *
 * @throws UnsupportedError that names what the local run does not model.
 */
export function hlsGroup(group: Settings): HlsGroup {
  group.choice('DirectoryStructure', ['SINGLE_DIRECTORY'], 'SINGLE_DIRECTORY');
  group.choice('Mode', ['LIVE'], 'LIVE');
  group.choice('OutputSelection', ['MANIFESTS_AND_SEGMENTS'], 'MANIFESTS_AND_SEGMENTS');
  group.choice('ProgramDateTime', ['INCLUDE']);
  group.choice('TsFileMode', ['SEGMENTED_FILES'], 'SEGMENTED_FILES');
  const goesOn = group.choice('InputLossAction', ['EMIT_OUTPUT', 'PAUSE_OUTPUT']) === 'EMIT_OUTPUT';
  return {
    ...(goesOn ? { goesOn } : {}),
    destinationId: group.section('Destination').text('DestinationRefId'),
    segmentSeconds: group.has('SegmentLength') ? group.number('SegmentLength') : 10,
    listed: group.has('IndexNSegments') ? group.number('IndexNSegments') : 10,
    kept: group.has('KeepSegments') ? group.number('KeepSegments') : 21,
    redundant: group.choice('RedundantManifest', ['ENABLED', 'DISABLED'], 'DISABLED') === 'ENABLED',
  };
}

/** How `HlsOutputSettings` name the files of an output. @throws UnsupportedError */
export function hlsNames(output: Settings, hasPicture: boolean): HlsNames {
  const settings = output.section('HlsSettings');
  if (hasPicture) settings.section('StandardHlsSettings');
  const choice = hasPicture ? undefined : CHOICES[audioTrackType(settings.section('AudioOnlyHlsSettings'))];
  const names = {
    nameModifier: output.has('NameModifier') ? output.text('NameModifier') : '',
    segmentModifier: output.has('SegmentModifier') ? output.text('SegmentModifier') : '',
    ...(choice === undefined ? {} : { choice }),
  };
  const unknown = /\$(?!(dt|d|t)\$)\w*\$/.exec(
    names.nameModifier + names.segmentModifier.replaceAll(/\$(dt|d|t)\$/g, ''),
  );
  if (unknown !== null || names.nameModifier.includes('$')) {
    throw new UnsupportedError(
      `${output.path}: of variable names the local run models $dt$, $d$ and $t$ in SegmentModifier`,
    );
  }
  return names;
}

const CHOICES = {
  AUDIO_ONLY_VARIANT_STREAM: undefined,
  ALTERNATE_AUDIO_AUTO_SELECT: 'other',
  ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT: 'default',
} as const;

function audioTrackType(settings: Settings): keyof typeof CHOICES {
  return settings.choice('AudioTrackType', [
    'AUDIO_ONLY_VARIANT_STREAM',
    'ALTERNATE_AUDIO_AUTO_SELECT',
    'ALTERNATE_AUDIO_AUTO_SELECT_DEFAULT',
  ]);
}

/**
 * The multivariant playlist that lists the outputs. Variants with the same attributes are redundant: a player takes
 * the first, and goes to the next where that one cannot be had.
 *
 * @param bases - the base names of the files: a pipeline's own, then the other's.
 * @see https://www.rfc-editor.org/rfc/rfc8216#section-4.3.4.2
 * @see https://docs.aws.amazon.com/medialive/latest/ug/hls-rm-manifests-contents.html
 */
export function multivariantPlaylist({ outputs }: HlsPlan, ...bases: readonly string[]): string {
  const lists = bases.map((base, index) => listed(outputs, base, index === 0 ? 'audio' : `audio-${index}`));
  const media = lists.flatMap((list) => list.media);
  const variants = (lists[0]?.variants ?? []).flatMap((_, place) => lists.map((list) => list.variants[place] ?? ''));
  return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n${media.join('')}${variants.join('')}`;
}

/** What one pipeline makes: the sounds to choose from, in a group of their own, and the variants. */
function listed(outputs: HlsPlan['outputs'], base: string, group: string) {
  const choices = outputs.filter(({ choice }) => choice !== undefined);
  const most = Math.max(0, ...choices.map(({ audio }) => audio?.bitrate ?? 0));
  // Here all sounds are AAC, and so in one group: the first default of several groups is the one of that.
  const first = choices.find(({ choice }) => choice === 'default');
  const media = choices.map(({ audio, nameModifier }, index) =>
    [
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${group}",NAME="${audio?.title ?? audio?.name}"`,
      ...(audio?.language === undefined ? [] : [`LANGUAGE="${audio.language}"`]),
      `DEFAULT=${choices[index] === first ? 'YES' : 'NO'},AUTOSELECT=YES,URI="${base}${nameModifier}.m3u8"\n`,
    ].join(','),
  );
  const variants = outputs.flatMap(({ video, audio, nameModifier, choice }) => {
    if (choice !== undefined) return [];
    // MPEG-TS adds packet headers and padding: a tenth at most.
    const bandwidth = Math.ceil(((video?.rate.maxBitrate ?? 0) + (audio?.bitrate ?? most)) * 1.1);
    const attributes = [
      `BANDWIDTH=${bandwidth}`,
      ...(video === undefined ? ['CODECS="mp4a.40.2"'] : picture(video)),
      ...(choices.length > 0 ? [`AUDIO="${group}"`] : []),
    ].join(',');
    return [`#EXT-X-STREAM-INF:${attributes}\n${base}${nameModifier}.m3u8\n`];
  });
  return { media, variants };
}

function picture({ width, height, frameRate: { numerator, denominator } }: VideoTrack): readonly string[] {
  return [`RESOLUTION=${width}x${height}`, `FRAME-RATE=${(numerator / denominator).toFixed(3)}`];
}
