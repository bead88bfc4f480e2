/** Shown in place of a figure that cannot be measured; never 0. */
export const UNKNOWN = '–';

/** Bits per second in words: `2.7 Mbit/s`, `540 kbit/s`. */
export function bitrateText(bitsPerSecond: number | null | undefined): string {
  if (bitsPerSecond === null || bitsPerSecond === undefined || !Number.isFinite(bitsPerSecond)) return UNKNOWN;
  if (bitsPerSecond < 1_000_000) return `${Math.round(bitsPerSecond / 1000)} kbit/s`;
  const megabits = bitsPerSecond / 1_000_000;
  return `${megabits.toFixed(megabits < 100 ? 1 : 0)} Mbit/s`;
}

/** A duration in seconds, to a tenth: `2.1 s`. */
export function secondsText(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined || !Number.isFinite(seconds) ? UNKNOWN : `${seconds.toFixed(1)} s`;
}

/** Distance to the live edge: `−0:32`, `−1:02:05`. */
export function behindText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const hours = Math.floor(whole / 3600);
  const [minutes, rest] = parts;
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `−${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `−${minutes}:${tail}`;
}

/** Distance to the live edge for assistive technology: `32 seconds behind live`, `at the live edge`. */
export function behindWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole === 0) return 'at the live edge';
  const minutes = Math.floor(whole / 60);
  const count = (amount: number, unit: string): string[] =>
    amount === 0 ? [] : [`${amount} ${unit}${amount === 1 ? '' : 's'}`];
  return `${[...count(minutes, 'minute'), ...count(whole % 60, 'second')].join(' ')} behind live`;
}

/** Pixels in words: `1280 × 720`. */
export function sizeText(size: { readonly width: number; readonly height: number } | null | undefined): string {
  return size && size.height > 0 ? `${size.width} × ${size.height}` : UNKNOWN;
}
