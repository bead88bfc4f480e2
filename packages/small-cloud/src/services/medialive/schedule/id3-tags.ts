import { UnsupportedError } from '../../../contract';
import { refused } from '../contract/service-error';

/** Length of the header of a tag, and of an optional footer. */
const HEADER = 10;
/** Flag of a tag that has a footer. */
const FOOTER = 0x10;
/** Variable data, such as `$dt$`, which MediaLive fills in. */
const VARIABLE = /\$[A-Za-z]+\$/;

/**
 * Reads one or more whole ID3v2.4 tags, encoded as base64.
 *
 * @throws ServiceError for anything else; UnsupportedError for variable data.
 * @see https://id3.org/id3v2.4.0-structure (3.1)
 * @see https://docs.aws.amazon.com/medialive/latest/ug/schedule-fields-for-id3-userdata.html
 */
export function id3Tags(given: unknown, path: string): Buffer {
  const tags = typeof given === 'string' ? Buffer.from(given, 'base64') : Buffer.alloc(0);
  const isBase64 = tags.toString('base64') === given;
  if (!isBase64 || !areWhole(tags)) {
    throw refused(`${path}.id3: base64 of one or more whole ID3v2.4 tags is needed, each with its header and a frame`);
  }
  const variable = VARIABLE.exec(tags.toString('latin1'));
  if (variable === null) return tags;
  throw new UnsupportedError(`${path}.id3: the local run does not fill in ${variable[0]}`);
}

function areWhole(tags: Buffer): boolean {
  let at = 0;
  while (at + HEADER < tags.length && tags.toString('latin1', at, at + 3) === 'ID3' && tags[at + 3] === 4) {
    const footer = (tags.readUInt8(at + 5) & FOOTER) === 0 ? 0 : HEADER;
    const bytes = syncSafe(tags, at + 6);
    if (bytes <= HEADER) return false;
    at += HEADER + bytes + footer;
  }
  return at > 0 && at === tags.length;
}

/** Reads four bytes of seven bits each; -1 for anything else. */
function syncSafe(bytes: Buffer, at: number): number {
  const digits = [...bytes.subarray(at, at + 4)];
  return digits.some((digit) => digit > 0x7f) ? -1 : digits.reduce((sum, digit) => sum * 128 + digit, 0);
}
