import { describe, expect, test } from '@jest/globals';
import type { AudioTrack, EncoderPlan, VideoTrack } from '../../../src/services/medialive/contract/plan';
import { shellCommand } from '../../../src/services/medialive/encoder/command-lines';
import { encoderArguments } from '../../../src/services/medialive/encoder/ffmpeg-arguments';

const RUN = {
  ingestUrl: 'http://127.0.0.1:8081/in/',
  session: 'one',
  preset: 'superfast',
  hevcAs: 'hevc',
  frameOption: '-fps_mode',
  audio: 'input',
} as const;

/** A command line without the filter that leaves out frames, which has a test of its own. */
function withoutSelect(words: string): string {
  return words.replaceAll(/,select='[^']*'/g, '');
}

const VIDEO: VideoTrack = {
  kind: 'video',
  codec: 'h264',
  name: 'video-1280x720',
  width: 1280,
  height: 720,
  fit: 'letterbox',
  frameRate: { numerator: 30_000, denominator: 1001 },
  gopFrames: 60,
  profile: 'high',
  level: '4.1',
  rate: { mode: 'quality', level: 8, maxBitrate: 2_700_000, bufferBits: 1_350_000 },
};
const AUDIO: AudioTrack = {
  kind: 'audio',
  name: 'audio',
  bitrate: 96_000,
  sampleRate: 48_000,
  channels: 2,
  language: 'eng',
};
const PLAN: EncoderPlan = {
  destinationId: 'packager',
  segmentSeconds: 2,
  loop: false,
  tracks: [VIDEO, { ...VIDEO, name: 'video-640x360', width: 640, height: 360, fit: 'stretch' }, AUDIO],
};

describe('the arguments of the encoder', () => {
  test('decode standard input once, and report progress on descriptor 3', () => {
    const words = line();
    expect(words).toContain('-progress pipe:3');
    expect(words.match(/ -i /g)).toHaveLength(1);
    expect(words).toContain('-f mpegts -i pipe:0');
  });

  test('begin a GOP where the clock has one, and tell the clock, when the encoder keeps in step with another', () => {
    const words = encoderArguments(PLAN, {
      ...RUN,
      inStep: { clockSeconds: 1_800_000_000.5, firstKeyframeSeconds: 0.483333 },
    }).join(' ');
    expect(words).toContain('gt(floor((t-0.483333)*30000/60060),floor((prev_forced_t-0.483333)*30000/60060)))');
    expect(words).toContain('/audio.cmfa?session=one&clock=1800000000.500000');
    expect(line()).not.toMatch(/0\.483333|clock=/);
  });

  test('give all renditions the same frames, each at its own size', () => {
    expect(withoutSelect(line())).toContain(
      '[0:v]yadif=deint=interlaced,fps=30000/1001,format=yuv420p,split=2[s0][s1];' +
        '[s0]scale=1280:720:flags=bilinear:force_original_aspect_ratio=decrease,pad=1280:720:-1:-1,setsar=1[v0];' +
        '[s1]scale=640:360:flags=bilinear,setsar=1[v1]',
    );
  });

  test('give renditions of different rates each its own', () => {
    const slow = { ...VIDEO, name: 'slow', frameRate: { numerator: 15, denominator: 1 }, gopFrames: 30 };
    const words = line({ ...PLAN, tracks: [VIDEO, slow] });
    expect(withoutSelect(words)).toContain('[s0]fps=30000/1001,scale');
    expect(withoutSelect(words)).toContain('[s1]fps=15/1,scale');
  });

  test('let frames that come late be left out, and have keyframes by the clock of the media all the same', () => {
    const words = line();
    expect(words).toContain("[0:v]yadif=deint=interlaced,fps=30000/1001,select='st(3,time(0)-t);");
    expect(words).toContain('-g 60 -keyint_min 60 -sc_threshold 0 -force_key_frames expr:if(isnan(prev_forced_t),1,');
    expect(words.match(/-forced-idr 1 -fps_mode vfr -f mp4/g)).toHaveLength(2);
    const older = encoderArguments(PLAN, { ...RUN, frameOption: '-vsync' }).join(' ');
    expect(older.match(/-forced-idr 1 -vsync vfr -f mp4/g)).toHaveLength(2);
  });

  test('place the run-up of AAC before the audio, so that audio and video stay together', () => {
    expect(line()).toContain('[0:a]aresample=async=1:min_hard_comp=0.02:first_pts=1024,asplit=1[a0]');
  });

  test('encode each video track without delay, its keyframes on a fixed grid, within its bitrate', () => {
    const track = line().split(' -map ')[1] ?? '';
    expect(track).toMatch(/^\[v0\] -c:v libx264 -preset superfast -tune zerolatency -bf 0 /);
    expect(track).toContain('-profile:v high -level 4.1 -crf 22 -maxrate 2700000 -bufsize 1350000 ');
    expect(track).toContain('-g 60 -keyint_min 60 -sc_threshold 0');
  });

  test('post each track by its name, in fragments of half a segment', () => {
    const [, first, , audio] = line().split(' -map ');
    expect(first).toContain('-frag_duration 1000000 ');
    expect(first).toMatch(/-method POST http:\/\/127\.0\.0\.1:8081\/in\/video-1280x720\.cmfv\?session=one$/);
    expect(audio).toMatch(/^\[a0\] -c:a aac -b:a 96000 -ar 48000 -ac 2 -metadata:s:a:0 language=eng /);
    expect(audio).toMatch(/\/in\/audio\.cmfa\?session=one$/);
  });

  test('encode HEVC as Apple’s players take it, with closed GOPs', () => {
    const words = line({ ...PLAN, tracks: [{ ...VIDEO, codec: 'hevc', profile: 'main', level: undefined }] });
    expect(words).toContain('-c:v libx265 -preset superfast -tune zerolatency -bf 0 -tag:v hvc1 -profile:v main');
    expect(words).toMatch(/open-gop=0:scenecut=0.* -crf 22 -maxrate 2700000 -bufsize 1350000 -g 60 -keyint_min 60/);
  });

  test('encode H.264 in place of HEVC where they are told to', () => {
    const plan: EncoderPlan = { ...PLAN, tracks: [{ ...VIDEO, codec: 'hevc', profile: 'main', level: undefined }] };
    const words = encoderArguments(plan, { ...RUN, hevcAs: 'h264' }).join(' ');
    expect(words).toContain('-c:v libx264 -preset superfast');
    expect(words).not.toContain('x265');
  });

  test('take silence where the input has no audio', () => {
    const words = encoderArguments(PLAN, { ...RUN, audio: 'silence' }).join(' ');
    expect(words).toContain('-re -f lavfi -i anullsrc=r=48000:cl=stereo');
    expect(words).toContain('[1:a]aresample');
  });

  test.each([
    [{ mode: 'quality', level: 6, maxBitrate: 400_000, bufferBits: 400_000 }, '-crf 25 -maxrate 400000'],
    [{ mode: 'bitrate', bitrate: 1, maxBitrate: 2, bufferBits: 3 }, '-b:v 1 -maxrate 2 -bufsize 3'],
  ] as const)('turn the rate control %j into %s', (rate, words) => {
    expect(line({ ...PLAN, tracks: [{ ...VIDEO, rate }] })).toContain(words);
  });
});

test.each([
  ['plain', ['-i', 'a/b.mp4'], 'ffmpeg -i a/b.mp4'],
  ['what a shell would read', ['[v0]', 'x?a=b', "it's"], "ffmpeg '[v0]' 'x?a=b' 'it'\\''s'"],
  ['an empty word', [''], "ffmpeg ''"],
])('a shell command quotes words: %s', (_what, args, command) => {
  expect(shellCommand('ffmpeg', args)).toBe(command);
});

function line(plan: EncoderPlan = PLAN): string {
  return encoderArguments(plan, RUN).join(' ');
}
