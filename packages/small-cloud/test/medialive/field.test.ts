import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { encodedFrom, filtered, frameTimes, make, tones } from './field';

jest.setTimeout(300_000);

const H264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 30';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'field-test-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Video and audio of a part, as options of ffmpeg's generators, and the codec of its audio. */
interface Part {
  readonly video: string;
  readonly audio: string;
  readonly codec: string;
}

/** Makes four seconds of a transport stream, which begin at a time in seconds. */
function part(name: string, { video, audio, codec }: Part, from: number): Buffer {
  const sources = `-f lavfi -i testsrc2=${video}:d=4 -f lavfi -i sine=${audio}:d=4`;
  return readFileSync(make(folder, name, `${sources} ${H264} ${codec} -output_ts_offset ${from}`));
}

function joined(name: string, ...parts: readonly Buffer[]): string {
  const file = join(folder, name);
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

describe('a source that changes in mid-stream', () => {
  test('keeps its audio and its video: other channels and sample rate, another size and rate', async () => {
    const file = joined(
      'changes.ts',
      part('1.ts', { video: 's=320x180:r=30', audio: '440:r=48000', codec: '-c:a aac -ac 2' }, 0),
      part('2.ts', { video: 's=640x360:r=25', audio: '880:r=44100', codec: '-c:a aac -ac 1' }, 4),
      part('3.ts', { video: 's=160x120:r=60', audio: '660:r=48000', codec: '-c:a aac -ac 6' }, 8),
    );
    const { video, audio, repeated, leftOut } = await encodedFrom(folder, file);
    const heard = tones(audio);
    expect([heard.slice(1, 7), heard.slice(9, 15), heard.slice(17, 23)]).toEqual(
      [440, 880, 660].map((tone) => Array(6).fill(tone)),
    );
    expect(heard).not.toContain(0);
    const times = frameTimes(video);
    expect(times[0]).toBe(0);
    expect(times.length).toBeGreaterThan(350);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...steps)).toBeLessThan(0.15);
    // Not a frame for each that there was since the beginning.
    expect(repeated + leftOut).toBeLessThan(30);
  });

  test('is silent where its audio stops, and heard again where it comes back', async () => {
    const gap = "aselect='lt(t,2)+gt(t,6)'";
    const sources = '-f lavfi -i testsrc2=s=320x180:r=30:d=8 -f lavfi -i sine=440:r=48000:d=8';
    const file = make(folder, 'gap.ts', `${sources} ${H264} -af ${gap} -c:a aac`);
    const heard = tones((await encodedFrom(folder, file)).audio);
    expect(heard.slice(1, 3)).toEqual([440, 440]);
    expect(heard.slice(5, 11)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(heard.slice(13, 15)).toEqual([440, 440]);
  });

  test('is silent to its end where its audio is shorter than its video', async () => {
    const sources = '-f lavfi -i testsrc2=s=320x180:r=30:d=8 -f lavfi -i sine=440:r=48000:d=2';
    const { audio, video } = await encodedFrom(folder, make(folder, 'short.mp4', `${sources} ${H264} -c:a aac`));
    expect(frameTimes(video).length).toBeGreaterThan(235);
    const heard = tones(audio);
    expect(heard.length).toBeGreaterThanOrEqual(14);
    expect(heard.slice(5)).toEqual(heard.slice(5).map(() => 0));
  });
});

describe('the video of a source', () => {
  test('is progressive where the source is interlaced', async () => {
    const fields = 'testsrc2=s=320x240:r=50:d=4,tinterlace=interleave_bottom';
    const sources = `-f lavfi -i ${fields} -f lavfi -i sine=d=4`;
    const words = `${sources} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -x264opts bff=1 -g 25`;
    const { video } = await encodedFrom(folder, make(folder, 'fields.ts', words), { width: 320, height: 240 });
    const [, upper, lower, progressive] =
      /Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+)/.exec(filtered(video, ['-vf', 'idet'])) ?? [];
    expect(Number(progressive)).toBeGreaterThan(10 * (Number(upper) + Number(lower)));
  });

  test('is the one that moves, not the cover', async () => {
    const cover = make(folder, 'cover.png', '-f lavfi -i color=red:s=64x64 -frames:v 1');
    const sources = `-i ${cover} -f lavfi -i testsrc2=s=320x180:r=30:d=2 -f lavfi -i sine=d=2`;
    const words = `${sources} -map 0 -map 1 -map 2 -c:v:0 png -disposition:v:0 attached_pic -c:v:1 libx264 -preset ultrafast`;
    const { video } = await encodedFrom(folder, make(folder, 'cover.mp4', words));
    expect(frameTimes(video).length).toBeGreaterThan(55);
  });
});
