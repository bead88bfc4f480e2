import { describe, expect, test } from '@jest/globals';
import { amfBytes, amfValues } from '../../../../src/services/medialive/ingest/rtmp/amf0';
import { flvHeader, tagBytes, videoTag } from '../../../../src/services/medialive/ingest/rtmp/flv';
import { Handshake } from '../../../../src/services/medialive/ingest/rtmp/handshake';
import { MessageReader, messageBytes } from '../../../../src/services/medialive/ingest/rtmp/messages';
import { SteadyTime } from '../../../../src/services/medialive/ingest/rtmp/steady-time';

describe('AMF0', () => {
  test('reads what it writes', () => {
    const values = ['connect', 1, { app: 'live', on: true, none: null, not: undefined }, -2.5] as const;
    expect(amfValues(amfBytes(...values))).toEqual(values);
  });

  test('refuses what ends early, goes too deep, or is of another kind', () => {
    expect(() => amfValues(Buffer.from([2, 0, 9, 65]))).toThrow('the AMF0 message ends within a value');
    expect(() => amfValues(Buffer.alloc(60, Buffer.from([3, 0, 1, 65])))).toThrow('more than 8 levels');
    expect(() => amfValues(Buffer.from([0x11]))).toThrow('AMF0 value of kind 17 was given');
  });

  test('takes __proto__ for an ordinary key', () => {
    const [value] = amfValues(Buffer.from([3, 0, 9, ...Buffer.from('__proto__'), 1, 1, 0, 0, 9]));
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
  });
});

describe('the messages of a connection', () => {
  const sent = [
    { type: 20, timestamp: 0, streamId: 0, payload: Buffer.alloc(300, 1) },
    { type: 9, timestamp: 40, streamId: 1, payload: Buffer.alloc(129, 2) },
    { type: 8, timestamp: 41, streamId: 1, payload: Buffer.alloc(0) },
  ];

  test.each([1, 7, 128, 4096])('are read however the bytes are cut: every %d', (size) => {
    const bytes = Buffer.concat(sent.map((message, index) => messageBytes(index + 2, message)));
    const reader = new MessageReader();
    const read = [];
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.read(bytes.subarray(at, at + size)));
    expect(read).toEqual(sent);
  });

  test('count their time from the one before, and beyond 24 bits', () => {
    const first = [0x04, 0xff, 0xff, 0xff, 0, 0, 1, 9, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xf0, 7];
    const next = [0x84, 0, 0, 0x20, 8];
    const again = [0xc4, 9];
    const times = new MessageReader()
      .read(Buffer.from([...first, ...next, ...again]))
      .map(({ timestamp }) => timestamp);
    expect(times).toEqual([0xfffffff0, 0x10, 0x30]);
  });

  test('are refused when they are larger than any frame', () => {
    const header = Buffer.from([4, 0, 0, 0, 0xff, 0xff, 0xff, 9, 1, 0, 0, 0]);
    expect(() => new MessageReader().read(header)).toThrow('a message of 16777215 bytes was announced');
  });
});

test('a handshake answers with the hello of the client, and gives what follows', () => {
  const hello = Buffer.concat([Buffer.from([3]), Buffer.alloc(1536, 7)]);
  const handshake = new Handshake();
  expect(handshake.read(hello.subarray(0, 100))).toEqual({});
  const { answer } = handshake.read(hello.subarray(100));
  expect(answer?.subarray(1537)).toEqual(Buffer.alloc(1536, 7));
  expect(handshake.read(Buffer.concat([Buffer.alloc(1536), Buffer.from('rest')]))).toEqual({
    rest: Buffer.from('rest'),
  });
});

describe('the tags of FLV', () => {
  test.each([
    [[0x17, 0], { kind: 'parameters' }],
    [[0x17, 1], { kind: 'frame', isKey: true }],
    [[0x27, 1], { kind: 'frame', isKey: false }],
    [[0x17, 2], { kind: 'end' }],
    [[0x12], { kind: 'foreign', codec: 'Sorenson H.263' }],
    [[0x1c, 0], { kind: 'foreign', codec: 'HEVC' }],
    [[0x90, 0x68, 0x76, 0x63, 0x31], { kind: 'foreign', codec: 'HEVC' }],
    [[0x90, 0x61, 0x76, 0x30, 0x31], { kind: 'foreign', codec: 'AV1' }],
    [[0x90, 0x1b, 0x76, 0x30, 0x31], { kind: 'foreign', codec: '"?v01"' }],
  ])('say what they bring: %j', (bytes, video) => {
    expect(videoTag(Buffer.from(bytes))).toEqual(video);
  });

  test('are written with their length and the upper eight bits of their time', () => {
    const tag = tagBytes({ type: 9, timestamp: 0x01020304, data: Buffer.from([5]) });
    expect([...tag]).toEqual([9, 0, 0, 1, 2, 3, 4, 1, 0, 0, 0, 5, 0, 0, 0, 12]);
    expect(flvHeader(true)[4]).toBe(5);
  });
});

describe('the time of a publisher', () => {
  /** Times that come in step with the clock, but for what is added. */
  function steadied(...steps: readonly (readonly [timestamp: number, now: number])[]): readonly number[] {
    const time = new SteadyTime();
    return steps.map(([timestamp, now]) => time.steady(timestamp, now));
  }

  test('begins at zero, wherever the publisher begins', () => {
    expect(steadied([5_000_000, 10], [5_000_033, 10.033])).toEqual([0, 33]);
  });

  test('goes on with the clock where the timestamps jump, for audio and video alike', () => {
    const jumped = steadied([0, 10], [1000, 11], [9033, 11.033], [9040, 11.04], [1020, 11.041], [9066, 11.066]);
    expect(jumped).toEqual([0, 1000, 1033, 1040, 1020, 1066]);
  });

  test('goes on where the timestamps begin anew, or wrap', () => {
    expect(steadied([600_000, 10], [601_000, 11], [0, 11.04], [40, 11.08])).toEqual([0, 1000, 1040, 1080]);
    expect(steadied([2 ** 32 - 20, 10], [20, 10.04])).toEqual([0, 40]);
  });

  test('keeps steps of the publisher that match the clock: frames that are far apart, and tags that come late', () => {
    expect(steadied([0, 10], [5000, 15], [5033, 15])).toEqual([0, 5000, 5033]);
    expect(steadied([0, 10], [500, 13], [1000, 13], [1500, 13])).toEqual([0, 500, 1000, 1500]);
  });
});
