import { beforeEach, describe, expect, test } from '@jest/globals';
import { Contribution } from '../../../../src/services/medialive/ingest/rtmp/contribution';
import type { Tag } from '../../../../src/services/medialive/ingest/rtmp/flv';

const SMALL: Buffer = Buffer.from([0x17, 0, 0, 0, 0, 1]);
const LARGE: Buffer = Buffer.from([0x17, 0, 0, 0, 0, 2]);
const KEY: Buffer = Buffer.from([0x17, 1, 0, 0, 0]);
const DELTA: Buffer = Buffer.from([0x27, 1, 0, 0, 0]);
const AAC: Buffer = Buffer.from([0xaf, 0, 0x11, 0x90]);
const AUDIO: Buffer = Buffer.from([0xaf, 1, 0x21]);
const NAMES = new Map([
  [SMALL, 'small'],
  [LARGE, 'large'],
  [KEY, 'key'],
  [DELTA, 'delta'],
  [AAC, 'aac'],
  [AUDIO, 'audio'],
]);

let got: string[];
let contribution: Contribution;

beforeEach(() => {
  got = [];
  contribution = new Contribution({
    begin: (hasAudio) => void got.push(hasAudio ? 'begin with audio' : 'begin'),
    give: ({ data, timestamp }) => void got.push(`${NAMES.get(data)} ${timestamp}`),
    refuse: (sentence) => void got.push(sentence),
  });
});

/** Sends tags in step with the clock: milliseconds and what. */
function send(...tags: readonly (readonly [number, Buffer])[]): void {
  for (const [timestamp, data] of tags) {
    const type: Tag['type'] = [AAC, AUDIO].includes(data) ? 8 : 9;
    contribution.take({ type, timestamp, data }, 100 + timestamp / 1000);
  }
}

describe('what a publisher sends', () => {
  test('begins with its parameters and a keyframe, and the audio from there on', () => {
    send([0, SMALL], [0, AAC], [0, KEY], [10, AUDIO], [33, DELTA]);
    expect(got).toEqual(['begin with audio', 'small 0', 'aac 0', 'key 0', 'audio 10', 'delta 33']);
  });

  test('does not begin before its video, so that its timeline does not start with the audio before it', () => {
    send([0, AAC], ...[0, 1000, 2000, 3000].map((time) => [time, AUDIO] as const), [4000, SMALL], [4000, KEY]);
    expect(got).toEqual(['begin with audio', 'small 4000', 'aac 4000', 'key 4000']);
  });

  test('begins anew at the keyframe of other parameters, and not for the same ones again', () => {
    send([0, SMALL], [0, AAC], [0, KEY], [33, SMALL], [33, KEY], [66, LARGE], [66, AUDIO], [66, KEY], [100, DELTA]);
    const second = ['begin with audio', 'large 66', 'aac 66', 'key 66', 'delta 100'];
    expect(got).toEqual(['begin with audio', 'small 0', 'aac 0', 'key 0', 'key 33', 'audio 66', ...second]);
  });

  test('begins without audio when none has come, and anew when it comes', () => {
    send([0, SMALL], [0, KEY], [300, DELTA], [600, DELTA], [900, AAC], [930, DELTA], [1000, KEY]);
    expect(got.slice(0, 6)).toEqual(['begin', 'small 0', 'key 0', 'delta 300', 'delta 600', 'delta 930']);
    expect(got.slice(6)).toEqual(['begin with audio', 'small 1000', 'aac 1000', 'key 1000']);
  });

  test('goes on with a keyframe after an interruption', () => {
    send([0, SMALL], [0, AAC], [0, KEY]);
    contribution.interrupted();
    send([33, DELTA], [40, AUDIO], [66, KEY]);
    expect(got.slice(4)).toEqual(['begin with audio', 'small 66', 'aac 66', 'key 66']);
  });

  test('is refused when there is no video in it', () => {
    send([0, AAC], ...Array.from({ length: 7 }, (_, second) => [second * 1000, AUDIO] as const));
    expect(got).toEqual(['it has sent no video for 5 s; RTMP inputs need H.264 beside the audio']);
  });

  test('is refused when its video has another codec', () => {
    contribution.take({ type: 9, timestamp: 0, data: Buffer.from('\x90hvc1', 'latin1') }, 100);
    expect(got).toEqual(['its video is HEVC; RTMP inputs of MediaLive take H.264, with the codec id of FLV']);
  });
});
