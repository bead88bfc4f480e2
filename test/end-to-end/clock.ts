/**
 * A clock that a machine can read from a picture: the wall clock as a row of black and white squares, in Gray code, so
 * that a digit that is changing while it is drawn makes an error of one tick and no more.
 */

/** How much of the wall clock one tick is, in milliseconds. */
export const TICK_MILLISECONDS = 8;
const BITS = 20;
/** Squares across the width of the picture. */
const CELLS = 32;
/** The row of squares, from the top, as fractions of the height. */
const TOP = 0.85;
const HEIGHT = 0.1;

/**
 * A chain of ffmpeg filters that burns the wall clock in. The clock is read once for each frame, into its timestamp: were
 * it read for every square, a machine that is held up between two squares would draw the halves of two times.
 *
 * @param rate - frames per second that go in, and come out.
 */
export function burntInClock(width: number, height: number, rate = 30): string {
  // Counted within the row's own range: a bit above the highest square would turn the highest over.
  const ticks = `mod(floor(t*${1000 / TICK_MILLISECONDS}),${2 ** BITS})`;
  const size = width / CELLS;
  const box = (cell: number, color: string, enable: string) =>
    `drawbox=x=${Math.round(cell * size)}:y=${Math.round(TOP * height)}:w=${Math.round(size)}:h=${Math.round(HEIGHT * height)}:color=${color}:t=fill${enable}`;
  return [
    'settb=1/1000',
    'setpts=RTCTIME/1000',
    `drawbox=x=0:y=${Math.round((TOP - 0.03) * height)}:w=${width}:h=${Math.round((HEIGHT + 0.06) * height)}:color=black:t=fill`,
    // A white and a black square first, by which a reader knows that this is the clock.
    box(1, 'white', ''),
    ...Array.from({ length: BITS }, (_, bit) =>
      box(4 + bit, 'white', `:enable='mod(floor(${ticks}/${2 ** bit})+floor(${ticks}/${2 ** (bit + 1)}),2)'`),
    ),
    `settb=1/${rate}`,
    'setpts=N',
  ].join(',');
}

/**
 * Reads the clock from the picture of a video element, in the browser. Resolves to the age of the picture in
 * milliseconds: the wall clock now less the wall clock burnt in; undefined when no clock is seen.
 */
export function pictureAge({ tick, bits, cells, top, height }: ClockLayout): number | undefined {
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

/** How the clock is laid out: what {@link pictureAge} needs, because it runs in the browser. */
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
