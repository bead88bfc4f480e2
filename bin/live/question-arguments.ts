import { savedQueries } from '../../lib/analytics/queries';
import { wrong } from './option-values';

/** A question about the audience. */
export interface QuestionRequest {
  /** Name of a saved query; undefined to list them. */
  readonly name: string | undefined;
  readonly days: number;
  readonly channel: string | undefined;
  /** Id of a session, for `session-timeline`. */
  readonly session: string | undefined;
  readonly csv: boolean;
}

/** The options after `query`. */
export interface QuestionOptions {
  readonly days?: string | undefined;
  readonly channel?: string | undefined;
  readonly session?: string | undefined;
  readonly csv?: boolean | undefined;
}

/**
 * Reads the words after `query`.
 *
 * @throws LiveFailure with exit code 1 for words that it does not understand.
 */
export function questionRequest(words: readonly string[], options: QuestionOptions): QuestionRequest {
  const [name, ...rest] = words;
  const names = savedQueries().map((query) => query.name);
  if (rest.length > 0) throw wrong(`${words.join(' ')} was given; query takes the name of one saved query.`);
  if (name !== undefined && !names.includes(name)) {
    throw wrong(`Query "${name}" was given; one of ${names.join(', ')} is needed.`);
  }
  const days = Number(options.days ?? 7);
  if (!(Number.isInteger(days) && days >= 0 && days <= 3650)) {
    throw wrong(`--days ${options.days} was given; a whole number from 0 to 3650 is needed.`);
  }
  const { channel, session, csv = false } = options;
  if (channel !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(channel)) {
    throw wrong(`--channel ${channel} was given; the name of a channel is needed.`);
  }
  if (session !== undefined && !/^[\w-]{8,64}$/.test(session)) {
    throw wrong(`--session ${session} was given; the id of a session is needed.`);
  }
  return { name, days, channel, session, csv };
}

/** A page about the audience. */
export interface ReportRequest {
  readonly file: string;
  readonly days: number;
  readonly channel: string | undefined;
}

/** The options of `audience --html`. */
export interface ReportOptions extends Pick<QuestionOptions, 'days' | 'channel'> {
  readonly html?: string | undefined;
  readonly watch?: boolean | undefined;
}

/**
 * Reads the options of `audience`.
 *
 * @returns undefined for the live numbers.
 * @throws LiveFailure with exit code 1 for options that one of both would ignore.
 */
export function reportRequest(channel: string | undefined, options: ReportOptions): ReportRequest | undefined {
  const { html: file, watch } = options;
  if (file === undefined) {
    const ignored = (['days', 'channel'] as const).find((option) => options[option] !== undefined);
    if (ignored === undefined) return undefined;
    throw wrong(`--${ignored} was given to audience without --html; the live numbers are of the last five minutes.`);
  }
  if (file.trim() === '') throw wrong('--html was given without a name; the name of a file is needed.');
  if (watch) throw wrong('--watch was given with --html; the page is written once.');
  const { days, channel: named } = questionRequest([], { days: options.days, channel: options.channel ?? channel });
  return { file, days, channel: named };
}
