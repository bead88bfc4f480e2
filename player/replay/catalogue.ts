import { sitePath } from './site-path';

/** One piece of a recording; a show of more than a day has several. */
export interface Part {
  /** Start, in milliseconds since 1970. */
  readonly start: number;
  readonly seconds: number;
  readonly manifests: { readonly hls: string | undefined; readonly dash: string | undefined };
}

/** A whole run of a channel, or a part of one. */
export interface Recording {
  readonly id: string;
  readonly channel: string;
  readonly kind: 'show' | 'clip';
  readonly title: string;
  /** Start, in milliseconds since 1970. */
  readonly start: number;
  readonly seconds: number;
  /** At least one. */
  readonly parts: readonly Part[];
  readonly poster: string | undefined;
  readonly storyboard: string | undefined;
  readonly mp4: string | undefined;
}

/** The recordings, newest first, and the start of the shows that run, by channel. */
export interface Catalogue {
  readonly recordings: readonly Recording[];
  readonly running: ReadonlyMap<string, number>;
}

/** Limits of a catalogue: more would only slow the page down. */
const MOST = { recordings: 500, parts: 60, title: 200 } as const;

/** Characters that change the direction of the text after them, and those that nobody can see. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the parsed content of a catalogue. Entries that cannot be played are left out, so that one of them does not hide
 * the others.
 *
 * @returns undefined when it is no catalogue of version 1.
 */
export function readCatalogue(value: unknown): Catalogue | undefined {
  const { version, recordings, running } = fields(value);
  if (version !== 1 || !Array.isArray(recordings)) return undefined;
  const list: unknown[] = recordings;
  const runs: unknown[] = Array.isArray(running) ? running : [];
  return {
    recordings: list.slice(0, MOST.recordings).flatMap((entry) => readRecording(fields(entry)) ?? []),
    running: new Map(runs.slice(0, MOST.recordings).flatMap((entry) => readRun(fields(entry)))),
  };
}

function readRecording(given: Fields): Recording | undefined {
  const { id, channel, kind, title, poster, storyboard, mp4, parts: list } = given;
  const start = milliseconds(given['start']);
  if (!isName(id) || !isName(channel) || start === undefined || !Array.isArray(list)) return undefined;
  const parts = list.slice(0, MOST.parts).map((part: unknown) => readPart(fields(part)));
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length === 0 || whole.length < parts.length) return undefined;
  return {
    id,
    channel,
    kind: kind === 'clip' ? kind : 'show',
    title: readTitle(title) || `${channel}, ${id}`,
    start,
    seconds: whole.reduce((sum, part) => sum + part.seconds, 0),
    parts: whole,
    poster: sitePath(poster),
    storyboard: sitePath(storyboard),
    mp4: sitePath(mp4),
  };
}

function readPart(given: Fields): Part | undefined {
  const start = milliseconds(given['start']);
  const { seconds } = given;
  const { hls, dash } = fields(given['manifests']);
  const manifests = { hls: sitePath(hls), dash: sitePath(dash) };
  if (start === undefined || typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return undefined;
  return manifests.hls === undefined && manifests.dash === undefined ? undefined : { start, seconds, manifests };
}

function readRun({ channel, start }: Fields): readonly (readonly [string, number])[] {
  const since = milliseconds(start);
  return isName(channel) && since !== undefined ? [[channel, since]] : [];
}

function readTitle(given: unknown): string {
  if (typeof given !== 'string') return '';
  const clean = given
    .slice(0, 4 * MOST.title)
    .replace(INVISIBLE, ' ')
    .trim();
  return clean.length > MOST.title ? `${clean.slice(0, MOST.title)}…` : clean;
}

const milliseconds = (given: unknown): number | undefined => {
  const date = typeof given === 'string' ? Date.parse(given) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
};

const isName = (given: unknown): given is string => typeof given === 'string' && /^[\w.-]{1,200}$/.test(given);

const fields = (given: unknown): Fields =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
