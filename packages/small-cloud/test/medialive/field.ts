import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FIRST_OF_EACH } from '../../src/services/medialive/contract/passed-audio';
import type { IngestSource } from '../../src/services/medialive/contract/pipeline-source';
import { audioSource } from '../../src/services/medialive/encoder/audio-source';
import { encoderArguments } from '../../src/services/medialive/encoder/ffmpeg-arguments';
import { ingestArguments } from '../../src/services/medialive/ingest/ingest-arguments';
import { SteadyAudio } from '../../src/services/medialive/ingest/steady-audio';
import { encoderPlan } from '../../src/services/medialive/template/encoder-plan';
import { Settings } from '../../src/services/medialive/template/settings';
import { FakePackager } from './fakes';
import { encoderSettings, type Size } from './fixture';

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';

/** Media that an encoder posted of one file, and the number of frames that it repeated or left out to keep its rate. */
export interface Encoded {
  readonly video: string;
  readonly audio: string;
  readonly repeated: number;
  readonly leftOut: number;
}

/** Makes a file in a folder by ffmpeg, from words that are parted by spaces. */
export function make(folder: string, name: string, words: string): string {
  const file = join(folder, name);
  execFileSync(FFMPEG, ['-nostdin', '-y', '-v', 'error', ...words.split(' '), file]);
  return file;
}

/** Plays a file, with audio, through the ingest's and the encoder's own command lines, as fast as this machine can. */
export async function encodedFrom(
  folder: string,
  file: string,
  size: Size = { width: 320, height: 180 },
): Promise<Encoded> {
  const packager = new FakePackager();
  await packager.start();
  const url = packager.ingest('live', 'main')?.urls[0] ?? '';
  const source: IngestSource = { kind: 'file', url: 'x', object: { bucket: 'a', key: 'b' }, loop: false };
  const paced = ingestArguments(source, { path: file });
  const ingest = spawn(
    FFMPEG,
    paced.filter((word) => word !== '-re'),
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const stream: Buffer[] = [];
  const sink = {
    take: (bytes: Buffer) => {
      stream.push(bytes);
      return true;
    },
    gone: () => {},
  };
  const steady = new SteadyAudio(sink, FIRST_OF_EACH.channels);
  ingest.stdout.on('data', (bytes: Buffer) => steady.take(bytes));
  await once(ingest, 'close');
  const bytes = Buffer.concat(stream);
  const plan = encoderPlan(new Settings(encoderSettings({ sizes: [size] }), 'EncoderSettings'), []);
  const audio = audioSource(bytes) ?? 'silence';
  // Silence never ends.
  if (audio === 'silence') throw new Error(`${file} has no audio`);
  const run = {
    ingestUrl: url,
    session: 'one',
    preset: 'ultrafast',
    hevcAs: 'h264',
    audio,
    frameOption: '-fps_mode',
  } as const;
  // No frame is late by the clock of the media itself. By the wall clock, a busy machine would leave frames out.
  const unhurried = encoderArguments(plan, run).map((word) => word.replaceAll('time(0)', 't'));
  const encoder = spawn(FFMPEG, unhurried, { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  let progress = '';
  (encoder.stdio[3] as Readable).setEncoding('utf8').on('data', (text: string) => {
    progress += text;
  });
  encoder.stdin?.end(bytes);
  await once(encoder, 'close');
  await packager.stop();
  const kept = (ending: string) => {
    const post = packager.posts.find(({ track }) => track.endsWith(ending));
    const to = join(folder, `out${ending}`);
    writeFileSync(to, post?.bytes ?? '');
    return to;
  };
  const last = (name: string) => Number([...progress.matchAll(new RegExp(`^${name}=(\\d+)$`, 'gm'))].at(-1)?.[1]);
  return {
    video: kept('.cmfv'),
    audio: kept('.cmfa'),
    repeated: last('dup_frames'),
    leftOut: last('drop_frames'),
  };
}

/** Times of all video frames of a file, in seconds. */
export function frameTimes(file: string): readonly number[] {
  const asked = '-v error -select_streams v -show_entries frame=pts_time -of csv=p=0'.split(' ');
  const text = execFileSync(FFMPEG.replace(/ffmpeg$/, 'ffprobe'), [...asked, file], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((time) => !Number.isNaN(time));
}

/** The tone in each half second of a file: its frequency in steps of 20 Hz, 0 for silence. */
export function tones(file: string): readonly number[] {
  const asked = '-map 0:a -ac 1 -ar 8000 -f s16le -'.split(' ');
  const pcm = execFileSync(FFMPEG, ['-v', 'error', '-i', file, ...asked], { maxBuffer: 100_000_000 });
  const samples = Array.from({ length: pcm.length / 2 }, (_, index) => pcm.readInt16LE(index * 2));
  const found: number[] = [];
  for (let at = 0; at + 4000 <= samples.length; at += 4000) {
    const window = samples.slice(at, at + 4000);
    const isSilent = Math.max(...window.map(Math.abs)) < 100;
    const crossings = window.filter((sample, index) => index > 0 && sample < 0 !== (window[index - 1] ?? 0) < 0);
    found.push(isSilent ? 0 : Math.round(crossings.length / 20) * 20);
  }
  return found;
}

/** Text that ffmpeg writes when a file passes a filter. */
export function filtered(file: string, filter: readonly string[]): string {
  const script = '"$0" -hide_banner -nostats -i "$@" -f null - 2>&1';
  return execFileSync('sh', ['-c', script, FFMPEG, file, ...filter], { encoding: 'utf8' });
}
