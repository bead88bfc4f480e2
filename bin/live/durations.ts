import { EXIT, LiveFailure } from './failure';

/** Reads the life of a link, in hours. @default 2 */
export function hours(text: string | undefined): number {
  if (text === undefined) return 2;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value > 0 && value <= 24 * 366)) {
    throw wrong(`--hours ${text} was given; more than 0 and at most a year of hours is needed.`);
  }
  return value;
}

/**
 * Reads a time in seconds.
 *
 * @throws LiveFailure with exit code 1 for another text.
 */
export function seconds(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 1 && value <= 86_400)) {
    throw wrong(`${option} ${text} was given; a number of seconds from 1 to 86400 is needed.`);
  }
  return value;
}

function wrong(sentence: string): LiveFailure {
  return new LiveFailure(`${sentence} npm run live -- --help explains.`, EXIT.wrongUse);
}
