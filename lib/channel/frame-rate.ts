/** The rule for a frame rate, as the end of a refusal. */
export const FRAME_RATE_RULE =
  '10 to 60 frames per second, as a whole number or a fraction (25, or 30000/1001 for 29.97),';

/** A frame rate as the fraction that MediaLive takes: `'30000/1001'` → `{ numerator: 30000, denominator: 1001 }`. */
export function fraction(frameRate: string): { readonly numerator: number; readonly denominator: number } {
  const [numerator = 0, denominator = 1] = frameRate.split('/').map(Number);
  return { numerator, denominator };
}

/** Frames per second of a frame rate, as a number. */
export function framesPerSecond(frameRate: string): number {
  const { numerator, denominator } = fraction(frameRate);
  return numerator / denominator;
}

/** Tells whether a string is a frame rate that channels can have. */
export function isFrameRate(value: string): boolean {
  const rate = framesPerSecond(value);
  return /^\d{1,6}(\/\d{1,4})?$/.test(value) && rate >= 10 && rate <= 60;
}
