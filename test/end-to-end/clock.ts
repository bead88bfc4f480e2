/**
 * A clock that a script can read from a frame: the wall clock as a row of black and white squares. In Gray code, a digit
 * that changes while it is drawn makes an error of one tick at most.
 */

/** Length of a tick of the clock, in milliseconds. */
export const TICK_MILLISECONDS = 8;
const BITS = 20;
/** Number of squares across the width of the frame. */
const CELLS = 32;
/** The row of squares, from the top, as fractions of the height. */
const TOP = 0.85;
const HEIGHT = 0.1;

/**
 * A chain of ffmpeg filters that burns the wall clock in. The clock is read once a frame, into the frame's timestamp. If
 * it were read for every square, a machine that is held up between two squares would mix two times.
 *
 * @param rate - frames per second of input and output.
 */
export function burntInClock(width: number, height: number, rate = 30): string {
  // Modulo the row's range: a bit above the highest square would flip the highest.
  const ticks = `mod(floor(t*${1000 / TICK_MILLISECONDS}),${2 ** BITS})`;
  const size = width / CELLS;
  const box = (cell: number, color: string, enable: string) =>
    `drawbox=x=${Math.round(cell * size)}:y=${Math.round(TOP * height)}:w=${Math.round(size)}:h=${Math.round(HEIGHT * height)}:color=${color}:t=fill${enable}`;
  return [
    'settb=1/1000',
    'setpts=RTCTIME/1000',
    `drawbox=x=0:y=${Math.round((TOP - 0.03) * height)}:w=${width}:h=${Math.round((HEIGHT + 0.06) * height)}:color=black:t=fill`,
    // A white and a black square mark the start of the clock.
    box(1, 'white', ''),
    ...Array.from({ length: BITS }, (_, bit) =>
      box(4 + bit, 'white', `:enable='mod(floor(${ticks}/${2 ** bit})+floor(${ticks}/${2 ** (bit + 1)}),2)'`),
    ),
    `settb=1/${rate}`,
    'setpts=N',
  ].join(',');
}

/**
 * Reads the clock from the frame of a video element, in the browser.
 *
 * @returns age of the frame in milliseconds: the wall clock now less the one burnt in; undefined when there is no clock.
 */
export function frameAge({ tick, bits, cells, top, height }: ClockLayout): number | undefined {
  const video = document.querySelector('video');
  if (video === null || video.videoWidth === 0) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  const now = Date.now();
  context.drawImage(video, 0, 0);
  const y = Math.round((top + height / 2) * canvas.height);
  const row = context.getImageData(0, y, canvas.width, 1).data;
  const bright = (cell: number) => (row[Math.round(((cell + 0.5) * canvas.width) / cells) * 4] ?? 0) > 127;
  if (!bright(1) || bright(0) || bright(2)) return undefined;
  let value = 0;
  let previous = 0;
  for (let bit = bits - 1; bit >= 0; bit -= 1) {
    previous ^= bright(4 + bit) ? 1 : 0;
    value = value * 2 + previous;
  }
  const period = 2 ** bits;
  const age = (((Math.floor(now / tick) % period) - value + period) % period) * tick;
  return age;
}

/** Layout of the clock, for {@link frameAge}, which runs in the browser. */
export interface ClockLayout {
  readonly tick: number;
  readonly bits: number;
  readonly cells: number;
  readonly top: number;
  readonly height: number;
}

/** The layout that {@link burntInClock} draws. */
export const CLOCK_LAYOUT: ClockLayout = {
  tick: TICK_MILLISECONDS,
  bits: BITS,
  cells: CELLS,
  top: TOP,
  height: HEIGHT,
};
