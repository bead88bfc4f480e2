import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BoxSplitter, boxesIn } from '../../../src/services/mediapackage/ingest/boxes';
import { fragmentTiming, moveFragment } from '../../../src/services/mediapackage/ingest/cmaf-fragment';
import { trackFormat } from '../../../src/services/mediapackage/ingest/cmaf-init';
import { type ReceivedFragment, TrackIntake } from '../../../src/services/mediapackage/ingest/track-intake';
import { box, madeFragment, madeInit, words } from '../made-media';

const CMAF = '-f mp4 -movflags +cmaf+frag_keyframe+empty_moov+default_base_moof+delay_moov -use_editlist 0 pipe:1';

/** Encodes 2 s of one track in fragments of half a second, as the local encoder does. */
function encoded(input: string, codec: string): Buffer {
  const command = `-nostdin -loglevel error -f lavfi -t 2 -i ${input} ${codec} -frag_duration 500000 ${CMAF}`;
  return execFileSync('ffmpeg', command.split(' '), { maxBuffer: 1 << 24 });
}

let video: Buffer;
let audio: Buffer;

beforeAll(() => {
  video = encoded(
    'testsrc2=size=320x180:rate=30000/1001',
    '-c:v libx264 -preset ultrafast -profile:v main -bf 0 -g 30 -sc_threshold 0 -pix_fmt yuv420p -b:v 300k -maxrate 300k -bufsize 300k',
  );
  audio = encoded('sine=sample_rate=48000', '-c:a aac -ac 2 -b:a 96k');
});

describe('a CMAF track from ffmpeg', () => {
  test('declares codec, size, timescale and bit rate in its init segment', () => {
    expect(first(video).format).toMatchObject({
      kind: 'video',
      codec: expect.stringMatching(/^avc1\.(4d|42)[0-9a-f]{4}$/),
      width: 320,
      height: 180,
      timescale: 30_000,
      declaredBitrate: 300_000,
      language: undefined,
    });
    expect(first(audio).format).toMatchObject({
      kind: 'audio',
      codec: 'mp4a.40.2',
      channels: 2,
      sampleRate: 48_000,
      timescale: 48_000,
    });
  });

  test('has the codec string of HEVC that browsers expect', () => {
    const hevc = encoded(
      'testsrc2=size=320x180:rate=30',
      '-c:v libx265 -preset ultrafast -x265-params log-level=none:pools=1 -tag:v hvc1 -bf 0 -g 30 -pix_fmt yuv420p',
    );
    expect(first(hevc).format).toMatchObject({ kind: 'video', codec: 'hvc1.1.6.L60.90', width: 320, height: 180 });
    expect(fragments(hevc).map(({ timing }) => timing.independent)).toEqual([true, false, true, false]);
  });

  test('gives the start, the length and the independence of each fragment', () => {
    expect(fragments(video).map(({ timing }) => timing)).toEqual([
      { decodeTicks: 0, durationTicks: 15_015, samples: 15, independent: true },
      { decodeTicks: 15_015, durationTicks: 15_015, samples: 15, independent: false },
      { decodeTicks: 30_030, durationTicks: 15_015, samples: 15, independent: true },
      { decodeTicks: 45_045, durationTicks: 15_015, samples: 15, independent: false },
    ]);
    expect(fragments(audio)[1]?.timing).toEqual({
      decodeTicks: 24_576,
      durationTicks: 24_576,
      samples: 24,
      independent: true,
    });
  });

  test('is read the same way, however the network cuts it', () => {
    const whole = fragments(audio).map(({ timing }) => timing);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }), (sizes) => {
        const intake = new TrackIntake();
        const read: ReceivedFragment[] = [];
        for (let at = 0, turn = 0; at < audio.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          read.push(...intake.push(audio.subarray(at, at + size)));
          at += size;
        }
        expect(read.map(({ timing }) => timing)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test('has the same init segment whenever the settings are the same', () => {
    const again = encoded('sine=sample_rate=48000:frequency=880', '-c:a aac -ac 2 -b:a 96k');
    expect(first(again).format.id).toBe(first(audio).format.id);
  });
});

describe('moving a fragment', () => {
  test('rewrites only its time, which may exceed 32 bits', () => {
    const { moof, format } = first(video);
    const moved = Buffer.from(moof);
    moveFragment(moved, 2 ** 40);
    expect(fragmentTiming(moved, format)).toEqual({ ...fragmentTiming(moof, format), decodeTicks: 2 ** 40 });
    moveFragment(moved, 0);
    expect(moved.equals(moof)).toBe(true);
  });

  test.each([
    ['a duration each', 0x100],
    ['all fields', 0xf00],
  ])('refuses a trun that declares more samples than it contains, with %s', (_, fields) => {
    const { format } = first(video);
    const tfdt = box('tfdt', words(0x1000000, 0, 0));
    const run = box('trun', words(fields, 2 ** 32 - 1, 1, 2));
    const moof = box('moof', box('traf', box('tfhd', words(0, 1)), tfdt, run));
    expect(() => fragmentTiming(moof, format)).toThrow('4294967295 samples, which do not fit');
  });

  test('counts identical samples without looping over them', () => {
    const { format } = first(video);
    const tfdt = box('tfdt', words(0x1000000, 0, 0));
    const moof = box('moof', box('traf', box('tfhd', words(8, 1, 3)), tfdt, box('trun', words(0, 2 ** 32 - 1))));
    expect(fragmentTiming(moof, format)).toMatchObject({ samples: 2 ** 32 - 1, durationTicks: 3 * (2 ** 32 - 1) });
  });

  test('refuses a 32-bit tfdt', () => {
    const moof = box('moof', box('traf', box('tfhd', words(0, 1)), box('tfdt', words(0, 5))));
    expect(() => moveFragment(moof, 9)).toThrow('32-bit tfdt');
  });
});

describe('a track that is not packaged', () => {
  test.each([
    ['refuses AV1', madeInit('video', { codec: 'av01' }), "codec 'av01'"],
    ['refuses AC-3', madeInit('audio', { codec: 'ac-3' }), "codec 'ac-3'"],
    ['refuses two tracks in one', twoTracks(), 'exactly one track'],
  ])('%s', (_, init, sentence) => {
    expect(() => trackFormat(init)).toThrow(sentence);
  });

  test.each([
    ['refuses bytes that are no boxes', Buffer.from('<?xml version="1.0"?><MPD/>'), 'not a CMAF track'],
    ['refuses media before the init segment', madeFragment(0, 500, true), 'before moov'],
    ['refuses a box that it does not know', box('emsg', words(0)), "box 'emsg'"],
  ])('%s', (_, bytes, sentence) => {
    expect(() => new TrackIntake().push(bytes)).toThrow(sentence);
  });
});

describe('the box splitter', () => {
  const bytes = () => Buffer.concat([box('free', words(1)), box('free', words(2))]);

  test('returns a box once it is complete', () => {
    const splitter = new BoxSplitter();
    expect(splitter.push(bytes().subarray(0, 13))).toEqual([{ type: 'free', data: box('free', words(1)) }]);
    expect(splitter.push(bytes().subarray(13))).toEqual([{ type: 'free', data: box('free', words(2)) }]);
  });

  test('returns copies, so that a box does not keep the bytes around it in memory', () => {
    const chunk = bytes();
    const [first] = new BoxSplitter().push(chunk);
    chunk.fill(0);
    expect(first?.data).toEqual(box('free', words(1)));
  });
});

function fragments(bytes: Buffer): readonly ReceivedFragment[] {
  return new TrackIntake().push(bytes);
}

function first(bytes: Buffer): ReceivedFragment {
  const [fragment] = fragments(bytes);
  if (!fragment) throw new Error('ffmpeg wrote no fragment');
  return fragment;
}

function twoTracks(): Buffer {
  const moov = boxesIn(madeInit('video'), 0).find(({ type }) => type === 'moov');
  const trak = boxesIn(moov?.data ?? Buffer.alloc(0), 8).find(({ type }) => type === 'trak');
  return box('moov', trak?.data ?? Buffer.alloc(0), trak?.data ?? Buffer.alloc(0));
}
