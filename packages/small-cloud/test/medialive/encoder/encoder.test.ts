import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Processes } from '../../../src/host/processes';
import type { EncoderPlan, Track } from '../../../src/services/medialive/contract/plan';
import { Encoder } from '../../../src/services/medialive/encoder/encoder';
import { encoderPlan } from '../../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../../src/services/medialive/template/settings';
import { FakeCloud } from '../fakes';
import { encoderSettings, until } from '../fixture';
import { association, frame, H264, map, PCM } from './transport-stream';

jest.setTimeout(120_000);

/** How much faster than this machine's clock the tests let time pass. */
const HASTE = 40;

let cloud: FakeCloud;
let processes: Processes;
let encoder: Encoder;
let events: string[];

beforeEach(() => {
  cloud = new FakeCloud();
  processes = new Processes(cloud.folder);
  events = [];
});

afterEach(async () => {
  clearInterval(feeding.timer);
  await encoder.stop();
  await processes.stop();
  cloud.remove();
});

describe('an encoder that falls behind', () => {
  test('goes on with a faster preset, and says so; then says that the ladder is too large', async () => {
    begin(SLOW);
    await until('ultrafast', () => cloud.told.some((line) => line.includes('goes on with ultrafast')));
    expect(events.filter((event) => event !== 'ready')).toEqual(['lost']);
    await until('a word about the ladder', () => cloud.told.some((line) => line.includes("a smaller one ('sd-540p')")));
    expect(events.filter((event) => event !== 'ready')).toEqual(['lost', 'back']);
    expect(encoder.status()).toMatchObject({ node: 'encoder main', state: 'degraded' });
    expect(encoder.status().detail).toMatch(/^0\.\d\dx, .*ultrafast.*too slow for the ladder/);
    expect(cloud.told.filter((line) => line.includes('encodes with')).map(presetOf)).toEqual([
      'superfast',
      'ultrafast',
    ]);
  });

  test('encodes H.264 in place of HEVC when no preset is fast enough, and says so', async () => {
    begin(SLOW, HASTE, { hevc: true });
    await until('H.264', () => cloud.told.some((line) => line.includes('goes on with H.264 in place of HEVC')));
    const codecs = () =>
      cloud.told.filter((line) => line.includes('encodes with')).map((line) => /libx26./.exec(line)?.[0]);
    await until('a third encoder', () => codecs().length === 3);
    expect(codecs()).toEqual(['libx265', 'libx265', 'libx264']);
    await until('its pace', () => encoder.status().detail.includes('ultrafast, H.264 in place of HEVC'));
  });

  test('encodes H.264 at once where ffmpeg has no encoder for HEVC, and says so', async () => {
    begin('setInterval(() => {}, 1000);', HASTE, { hevc: false });
    expect(cloud.told).toContain('encoder main: this ffmpeg has no libx265: H.264 is encoded in place of HEVC');
    await until('an encoder', () => cloud.told.some((line) => line.includes('-c:v libx264')));
  });

  test('goes on with the newest of its input when even that does not help', async () => {
    begin(SLOW);
    await until('the last effort', () => cloud.told.some((line) => line.includes('goes on with ultrafast')));
    const skips = () => cloud.told.filter((line) => /is \d+\.\d s late: what waits is left out/.test(line));
    await until('two skips', () => skips().length >= 2);
  });

  test('does not hold back its input for seconds, which would make it late; only for far too much', () => {
    begin('setInterval(() => {}, 1000);');
    expect(feeding.accepted).toBe(10_000_000 - (10_000_000 % STREAM.length) + STREAM.length);
    let accepted = feeding.accepted;
    while (accepted < 100_000_000 && encoder.take(STREAM)) accepted += STREAM.length;
    expect(accepted).toBeLessThan(40_000_000);
  });
});

describe('an encoder that dies', () => {
  test('is started again with longer and longer pauses, and drops what comes meanwhile', async () => {
    begin("process.stderr.write('first\\nno space left\\n'); process.exitCode = 1;", 1);
    await until('two deaths', () => cloud.told.filter((line) => line.includes('has ended')).length >= 2);
    expect(cloud.told.filter((line) => line.includes('has ended')).slice(0, 2)).toEqual([
      'encoder main: the encoder has ended (no space left); starting it again in 0.5 s',
      'encoder main: the encoder has ended (no space left); starting it again in 1 s',
    ]);
    expect(encoder.status()).toMatchObject({ state: 'failed' });
    expect(encoder.take(Buffer.alloc(188))).toBe(true);
    expect(events.filter((event) => event !== 'ready')).toEqual(['lost']);
  });

  test('says so when it cannot be started at all', async () => {
    begin(undefined);
    await until('a failure', () =>
      cloud.told.some((line) => line.includes('has ended (spawn /nowhere/ffmpeg ENOENT)')),
    );
  });
});

/** An ffmpeg that makes four fifths of a second in a second. */
const SLOW = `
  const begun = Date.now();
  setInterval(() => {
    const media = Math.round((Date.now() - begun) * 1000 * ${HASTE} * 0.8);
    report.write('frame=1\\nout_time_us=' + media + '\\nprogress=continue\\n');
  }, 20);`;

const feeding: { accepted: number; timer?: NodeJS.Timeout } = { accepted: 0 };

/** Begins an encoder whose ffmpeg runs this script, and feeds it for as long as it takes. */
function begin(script: string | undefined, haste = HASTE, { hevc }: { readonly hevc?: boolean } = {}): void {
  const path = script === undefined ? '/nowhere/ffmpeg' : join(cloud.folder, 'ffmpeg.cjs');
  if (script !== undefined) {
    const report = "const report = require('node:fs').createWriteStream(null, { fd: 3 });";
    writeFileSync(path, `#!${process.execPath}\n${report}\n${script}\n`);
    chmodSync(path, 0o755);
  }
  const means = {
    ffmpeg: { path, hevc: hevc ?? true, frameOption: '-fps_mode' as const },
    processes,
    tell: (node: string, line: string) => cloud.tell(node, line),
    now: () => (performance.now() / 1000) * haste,
  };
  const made = encoderPlan(new Settings(encoderSettings(), 'EncoderSettings'), []);
  const [first, ...more] = made.tracks;
  const inHevc = (track: Track): Track => (track.kind === 'video' ? { ...track, codec: 'hevc' } : track);
  const plan: EncoderPlan = hevc === undefined ? made : { ...made, tracks: [inHevc(first), ...more.map(inHevc)] };
  const feed = () => {
    feeding.accepted = 0;
    while (feeding.accepted < 10_000_000 && encoder.take(STREAM)) feeding.accepted += STREAM.length;
  };
  const note = (event: string) => () => {
    events.push(event);
  };
  const noted = { ready: note('ready'), lost: note('lost'), back: note('back') };
  const target = { url: 'http://127.0.0.1:9/in/' };
  encoder = new Encoder({ node: 'encoder main', plan, target, preset: 'superfast', means }, noted);
  feed();
  feeding.timer = setInterval(feed, 50);
}

/** Enough of a stream for its audio to be assumed. */
/** A keyframe with its tables, and much of what follows. */
const KEYFRAME = [association(), map([H264, PCM]), frame(0, { isKeyframe: true })];
const STREAM = Buffer.concat([...KEYFRAME, ...Array.from({ length: 397 }, () => frame(0))]);

function presetOf(line: string): string | undefined {
  return /-preset (\w+)/.exec(line)?.[1];
}
