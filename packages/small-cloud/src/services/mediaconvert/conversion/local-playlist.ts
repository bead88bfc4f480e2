import type { InputSegment } from './hls-input';

/** Writes the segments of all inputs as one playlist of files, for ffmpeg. */
export function localPlaylist(inputs: readonly (readonly InputSegment[])[]): string {
  const segments = inputs.flatMap((input, number) =>
    input.flatMap(({ file, seconds, discontinuous }, index) => {
      const begins = discontinuous || (number > 0 && index === 0);
      return [...(begins ? ['#EXT-X-DISCONTINUITY'] : []), `#EXTINF:${seconds},`, file];
    }),
  );
  const longest = Math.max(1, ...inputs.flat().map(({ seconds }) => Math.ceil(seconds)));
  const head = ['#EXTM3U', '#EXT-X-VERSION:4', `#EXT-X-TARGETDURATION:${longest}`, '#EXT-X-MEDIA-SEQUENCE:0'];
  return `${[...head, ...segments, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

/** Adds up the lengths of the segments, in seconds. */
export function lengthOf(inputs: readonly (readonly InputSegment[])[]): number {
  return inputs.flat().reduce((all, { seconds }) => all + seconds, 0);
}
