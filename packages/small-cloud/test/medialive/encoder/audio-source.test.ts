import { describe, expect, test } from '@jest/globals';
import { carriesAudio } from '../../../src/services/medialive/encoder/audio-source';
import { association, description, H264, map, PCM } from './transport-stream';

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
