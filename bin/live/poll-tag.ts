/** A question as it travels with the video. `player/polls/question.ts` reads it. */
export interface TravellingQuestion {
  readonly id: string;
  readonly question: string;
  readonly options: readonly string[];
  /** Time at which it is asked for the first time, in milliseconds since 1970. */
  readonly asked: number;
  /** Time for which the question stays on the screen from the frame on that it travels with. */
  readonly seconds: number;
}

/** Description of the frame of text. */
const DESCRIPTION = 'poll';
/** Encoding of the text: UTF-8. */
const UTF8 = 3;

/**
 * Writes a question as a whole ID3v2.4 tag with one frame of text (TXXX). MediaLive would take `$dt$` for the date, so
 * the dollar is escaped.
 *
 * @see https://id3.org/id3v2.4.0-structure, https://id3.org/id3v2.4.0-frames (4.2.6)
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-id3-userdata.html
 */
export function pollTag({ id, question, options, asked, seconds }: TravellingQuestion): Buffer {
  const text = JSON.stringify({ id, question, options, asked, seconds }).replaceAll('$', '\\u0024');
  const content = Buffer.concat([Buffer.from([UTF8]), Buffer.from(`${DESCRIPTION}\0${text}`)]);
  const frame = Buffer.concat([Buffer.from('TXXX'), syncSafe(content.length), Buffer.from([0, 0]), content]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([4, 0, 0]), syncSafe(frame.length), frame]);
}

/** Writes a number in four bytes of seven bits each. */
function syncSafe(value: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f));
}
