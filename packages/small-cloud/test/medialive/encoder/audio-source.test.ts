import { describe, expect, test } from '@jest/globals';
import { carriesAudio } from '../../../src/services/medialive/encoder/audio-source';

const H264 = 0x1b;
const PCM = 0x06;

describe('a transport stream', () => {
  test.each([
    ['with audio', [H264, PCM], true],
    ['with video alone', [H264], false],
  ])('%s says so in its program map', (_what, types, audio) => {
    expect(carriesAudio(Buffer.concat([description(), association(), map(types)]))).toBe(audio);
  });

  test('does not say so before its program map has come, nor where its beginning is missing', () => {
    expect(carriesAudio(Buffer.concat([description(), association(), map([PCM]).subarray(0, 100)]))).toBeUndefined();
    expect(carriesAudio(Buffer.concat([Buffer.from([0]), association(), map([PCM])]))).toBeUndefined();
  });
});

const MAP_PID = 0x1000;

/** A service description, which comes first and is of no interest. */
function description(): Buffer {
  return packet(0x11, []);
}

function association(): Buffer {
  return packet(0, [0x00, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (MAP_PID >> 8), MAP_PID & 0xff, 0, 0, 0, 0]);
}

/** A program map with one descriptor of two bytes before the streams, and one of three behind each. */
function map(types: readonly number[]): Buffer {
  const streams = types.flatMap((type, index) => [type, 0xe1, index, 0xf0, 3, 0x0a, 1, 0]);
  const length = 9 + 2 + streams.length + 4;
  return packet(MAP_PID, [0x02, 0xb0, length, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 2, 0x05, 0, ...streams, 0, 0, 0, 0]);
}

function packet(pid: number, section: readonly number[]): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  Buffer.from([0x47, 0x40 | (pid >> 8), pid & 0xff, 0x10, 0, ...section]).copy(bytes);
  return bytes;
}
