import { describe, expect, test } from '@jest/globals';
import { joiningPoint } from '../../../src/services/medialive/encoder/keyframe';
import { association, frame, H264, map, PCM } from './transport-stream';

const TABLES = Buffer.concat([association(), map([H264, PCM])]);
const AUDIO_TABLES = Buffer.concat([association(), map([PCM])]);
const [VIDEO, AUDIO] = [0, 1];
const KEYFRAME = frame(VIDEO, { isKeyframe: true });

describe('an encoder that joins a stream', () => {
  test('begins at the first keyframe, with the tables before it', () => {
    const before = [TABLES, frame(VIDEO), frame(AUDIO, { isKeyframe: true }), frame(VIDEO)];
    const from = [TABLES, KEYFRAME, frame(AUDIO), frame(VIDEO), TABLES, KEYFRAME];
    const point = joiningPoint(Buffer.concat([...before, ...from]));
    expect(point.isKeyframe).toBe(true);
    expect(point.bytes.equals(Buffer.concat(from))).toBe(true);
  });

  test('keeps the newest tables while no keyframe has come, and drops what is before them', () => {
    const stream = Buffer.concat([frame(VIDEO), TABLES, frame(VIDEO), TABLES, frame(VIDEO)]);
    const point = joiningPoint(stream);
    expect(point).toEqual({ isKeyframe: false, bytes: Buffer.concat([TABLES, frame(VIDEO)]) });
    expect(joiningPoint(Buffer.concat([point.bytes, TABLES, KEYFRAME]))).toEqual({
      isKeyframe: true,
      bytes: Buffer.concat([TABLES, KEYFRAME]),
    });
  });

  test('does not take a keyframe whose tables it has not seen', () => {
    expect(joiningPoint(Buffer.concat([KEYFRAME, frame(AUDIO)]))).toEqual({
      isKeyframe: false,
      bytes: Buffer.alloc(0),
    });
  });

  test('waits for no frames where there is no video', () => {
    const audio = frame(0, { isKeyframe: true });
    const point = joiningPoint(Buffer.concat([audio, AUDIO_TABLES, audio]));
    expect(point).toEqual({ isKeyframe: true, bytes: Buffer.concat([AUDIO_TABLES, audio]) });
  });
});
