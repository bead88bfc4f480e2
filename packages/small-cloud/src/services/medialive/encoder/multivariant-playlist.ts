import type { HlsPlan, VideoTrack } from '../contract/plan';

/**
 * Writes the multivariant playlist of the outputs. Variants with the same attributes are redundant: a player takes the
 * first, and changes to the next when the first is unavailable.
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

/** Lists the outputs of one pipeline: the audio that viewers choose from, in a group of its own, and the variants. */
function listed(outputs: HlsPlan['outputs'], base: string, group: string) {
  const choices = outputs.filter(({ choice }) => choice !== undefined);
  const most = Math.max(0, ...choices.map(({ audio }) => audio?.bitrate ?? 0));
  // All audio is AAC in the local run, and so in one group, which has one default: the first.
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
      ...(video === undefined ? ['CODECS="mp4a.40.2"'] : videoAttributes(video)),
      ...(choices.length > 0 ? [`AUDIO="${group}"`] : []),
    ].join(',');
    return [`#EXT-X-STREAM-INF:${attributes}\n${base}${nameModifier}.m3u8\n`];
  });
  return { media, variants };
}

function videoAttributes({ width, height, frameRate: { numerator, denominator } }: VideoTrack): readonly string[] {
  return [`RESOLUTION=${width}x${height}`, `FRAME-RATE=${(numerator / denominator).toFixed(3)}`];
}
