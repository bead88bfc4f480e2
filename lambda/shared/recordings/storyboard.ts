/** Seconds between two pictures of a storyboard, while the recording is short enough. */
const USUAL_SECONDS = 10;
/** Pictures of a storyboard at most: two hours at the usual distance. Longer recordings have them farther apart. */
const MOST_PICTURES = 720;

/** Computes the seconds between two pictures of a storyboard: 10 up to two hours, 120 for a day. */
export function storyboardInterval(seconds: number): number {
  return Math.max(USUAL_SECONDS, Math.ceil(seconds / MOST_PICTURES));
}

/** A storyboard: its pictures, and the length of what they show. */
export interface Storyboard {
  /** Names of the pictures as the file names them, in the order of time: `pictures/storyboard.0000000.jpg`. */
  readonly pictures: readonly string[];
  /** Length of the recording in seconds. */
  readonly seconds: number;
  /** Seconds between two pictures. @default storyboardInterval(seconds) */
  readonly interval?: number;
}

/**
 * Writes a storyboard as WebVTT: each cue names the picture of its time. The first picture is the first frame, so a
 * picture's time hangs on its place in the list, and not on its number.
 *
 * @see https://www.w3.org/TR/webvtt1/
 */
export function storyboardVtt({ pictures, seconds, interval = storyboardInterval(seconds) }: Storyboard): string {
  const cues = pictures.flatMap((picture, index) => {
    const from = index * interval;
    const to = index === pictures.length - 1 ? seconds : Math.min(from + interval, seconds);
    return to > from ? [`${timeOf(from)} --> ${timeOf(to)}\n${picture}\n`] : [];
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Writes seconds as WebVTT does: `01:02:03.456`. */
function timeOf(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = String(milliseconds % 1000).padStart(3, '0');
  return `${two(milliseconds / 3_600_000)}:${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}.${rest}`;
}
