import { describe, expect, test } from '@jest/globals';
import { ChannelMedia } from '../../../src/services/mediapackage/model/channel-media';
import { ID3_SCHEME } from '../../../src/services/mediapackage/model/metadata-events';
import { madeFormat, madeSession, storedFragment } from '../made-media';

const TAGS = Buffer.from('ID3 a tag');
const START = 1_800_000_000;

/** A channel with two renditions and audio, in half seconds, whose clock is at the end of its media. */
function channel() {
  let now = START;
  const media = new ChannelMedia(() => now * 1000);
  media.epochSeconds = START;
  const session = madeSession(0);
  const formats = { video: madeFormat('video'), low: madeFormat('video'), audio: madeFormat('audio') };
  const ends = { video: 0, low: 0, audio: 0 };
  return {
    media,
    /** Appends half seconds to a track. */
    add(track: keyof typeof ends, times: number): void {
      for (let time = 0; time < times; time++) {
        const ordinal = media.store.takeOrdinal(track);
        const fragment = storedFragment(session, formats[track], ordinal, ends[track], 0.5, ends[track] % 1 === 0);
        ends[track] += 0.5;
        now = Math.max(now, START + ends[track]);
        media.add([{ track, fragment }], now);
      }
    },
    /** Lists the starts of the fragments of a track that have an event, and the time and number of the event. */
    async events(track: keyof typeof ends) {
      const found = media.store.all().filter((one) => one.track === track);
      const read = found.map(async ({ fragment }) => {
        const data = (await fragment.data.read()) ?? Buffer.alloc(0);
        if (data.toString('latin1', 4, 8) !== 'emsg') return [];
        const seconds = Number(data.readBigUInt64BE(16)) / data.readUInt32BE(12);
        return [{ start: fragment.startSeconds, seconds, id: data.readUInt32BE(28), data }];
      });
      return (await Promise.all(read)).flat();
    },
  };
}

describe('ID3 in the media', () => {
  test('is one event in the next fragment of every rendition, and not in the audio', async () => {
    const { media, add, events } = channel();
    add('video', 4);
    add('low', 3);
    media.insert({ kind: 'id3', tags: TAGS });
    add('low', 3);
    add('audio', 6);
    add('video', 2);
    const expected = [{ start: 2, seconds: 2, id: 1, data: expect.any(Buffer) }];
    expect(await events('video')).toEqual(expected);
    expect(await events('low')).toEqual(expected);
    expect(await events('audio')).toEqual([]);
  });

  test('is a box of version 1 of the scheme of ID3 without a duration, with the tags as they came', async () => {
    const { media, add, events } = channel();
    add('video', 1);
    media.insert({ kind: 'id3', tags: TAGS });
    add('video', 1);
    const [{ data } = { data: Buffer.alloc(0) }] = await events('video');
    const size = data.readUInt32BE(0);
    expect(data.readUInt32BE(8)).toBe(0x01000000);
    expect(data.readUInt32BE(24)).toBe(0xffffffff);
    expect(data.toString('latin1', 32, size)).toBe(`${ID3_SCHEME}\x000\0${TAGS}`);
    expect(size).toBeLessThan(data.length);
  });

  test('of two messages is two events with numbers of their own', async () => {
    const { media, add, events } = channel();
    add('video', 1);
    media.insert({ kind: 'id3', tags: TAGS });
    media.insert({ kind: 'id3', tags: TAGS });
    add('video', 1);
    const [{ data } = { data: Buffer.alloc(0) }] = await events('video');
    expect([data.readUInt32BE(28), data.readUInt32BE(data.readUInt32BE(0) + 28)]).toEqual([1, 2]);
  });
});
