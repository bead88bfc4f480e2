/** A length or a position: `0:07`, `12:34`, `1:02:05`. */
export function lengthText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (count: number): string => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A distance behind live: `−12:34`. */
export const behindLabel = (seconds: number): string => `−${lengthText(Math.round(Math.max(0, seconds)))}`;

/** A length for assistive technology: `1 hour 2 minutes 5 seconds`. */
export function lengthWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const;
  const words = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`]));
  return words.join(' ') || '0 seconds';
}

/** Language and time zone of the viewer; those of the browser when they are left out. */
export interface Locale {
  readonly language?: string;
  readonly timeZone?: string;
}

/**
 * The wall clock of a moment, in the viewer's time zone. Another day than today is named.
 *
 * @param date - milliseconds since 1970.
 * @param now - milliseconds since 1970.
 */
export function clockText(date: number, now: number, { language, timeZone }: Locale = {}): string {
  const day = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(language, { timeZone, timeStyle: 'medium' }).format(date);
  return day.format(date) === day.format(now) ? time : `${day.format(date)}, ${time}`;
}

/** The day of a recording, in the viewer's time zone: `28 Nov 2026, 20:00`. */
export function dayText(date: number, { language, timeZone }: Locale = {}): string {
  return new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
