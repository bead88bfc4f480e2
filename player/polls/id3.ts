/** Length of the header of a tag and of a frame. */
const HEADER = 10;
/** Encodings of text in ID3: 1 and 2 are UTF-16, which nothing here writes. */
const UTF8 = 3;

/**
 * Reads the text of the first frame of text (TXXX) with a description, in one or more ID3v2.4 tags.
 *
 * @returns undefined where there is none, and for bytes that are no tags.
 * @see https://id3.org/id3v2.4.0-structure (3.1, 4), https://id3.org/id3v2.4.0-frames (4.2.6)
 */
export function textOf(tags: Uint8Array, description: string): string | undefined {
  for (let at = 0; word(tags, at, 3) === 'ID3' && tags[at + 3] === 4; ) {
    const end = at + HEADER + syncSafe(tags, at + 6);
    for (let frame = at + HEADER; frame + HEADER < end && frame + HEADER < tags.length; ) {
      const next = frame + HEADER + syncSafe(tags, frame + 4);
      const content = tags.subarray(frame + HEADER, next);
      if (word(tags, frame, 4) === 'TXXX' && content[0] === UTF8) {
        const [name, text] = new TextDecoder().decode(content.subarray(1)).split('\0');
        if (name === description) return text;
      }
      frame = next;
    }
    at = end;
  }
  return undefined;
}

function word(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Reads four bytes of seven bits each. */
function syncSafe(bytes: Uint8Array, at: number): number {
  return bytes.subarray(at, at + 4).reduce((sum, digit) => sum * 128 + (digit & 0x7f), 0);
}
