import { EXIT, LiveFailure } from './failure';
import { milliseconds } from './history-text';

/** The default address of a local run. */
export const LOCAL_ENDPOINT = 'http://127.0.0.1:4566';

/** Reads how long ago a history begins, in milliseconds. */
export function since(text: string | undefined): number {
  const value = milliseconds(text ?? '24h');
  if (value === undefined) throw wrong(`--since ${text} was given; a time such as 30m, 2h or 7d is needed.`);
  return value;
}

/** Reads the life of a link, in hours. */
export function hours(text: string | undefined): number {
  if (text === undefined) return 2;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value > 0 && value <= 24 * 366)) {
    throw wrong(`--hours ${text} was given; more than 0 and at most a year of hours is needed.`);
  }
  return value;
}

/** Reads a number of seconds. */
export function seconds(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 1 && value <= 86_400)) {
    throw wrong(`${option} ${text} was given; a number of seconds from 1 to 86400 is needed.`);
  }
  return value;
}

/** Reads a number within limits. @throws LiveFailure for anything else */
export function numberWithin(option: string, text: string, { least, most }: Limits): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw wrong(`${option} ${text} was given; a number from ${least} to ${most} is needed.`);
}

/** The least and the most of a number. */
export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** Reads the address of a local run. */
export function address(text: string): string {
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw wrong(`--endpoint ${text} was given; a URL such as ${LOCAL_ENDPOINT} is needed.`);
  }
  return text;
}

/** Makes the failure of words that were not understood. */
export function wrong(sentence: string): LiveFailure {
  return new LiveFailure(`${sentence} npm run live -- --help explains.`, EXIT.wrongUse);
}
