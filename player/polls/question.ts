import { recordOf } from '../access/record';
import { textOf } from './id3';

/** A question as it travels with the video. `bin/live/poll-tag.ts` writes it. */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly options: readonly string[];
  /** Time at which it is asked for the first time, in milliseconds since 1970. */
  readonly asked: number;
  /** Time for which it stays on the screen from its frame on. */
  readonly seconds: number;
}

/** Description of the frame of text that a question is in. */
const DESCRIPTION = 'poll';

/** Reads the question in ID3 tags. @returns undefined for tags without one */
export function questionIn(tags: Uint8Array): Question | undefined {
  const text = textOf(tags, DESCRIPTION);
  return text === undefined ? undefined : readQuestion(text);
}

/** Reads a question. @returns undefined for a text that is none */
export function readQuestion(text: string): Question | undefined {
  try {
    const { id, question, options, asked, seconds } = recordOf(JSON.parse(text));
    if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id) || typeof question !== 'string') return undefined;
    if (!Array.isArray(options) || options.length < 2 || typeof seconds !== 'number') return undefined;
    if (typeof asked !== 'number') return undefined;
    return { id, question, options: options.map(String), asked, seconds };
  } catch {
    return undefined;
  }
}
