import { execFile } from 'node:child_process';

/** The ffmpeg of this machine, known to have what the local run needs. */
export interface Ffmpeg {
  /** What to spawn: a path, or `ffmpeg` when it is found through PATH. */
  readonly path: string;
  /** As it calls itself: `5.1.9-0+deb12u1`. */
  readonly version: string;
  /** Whether it encodes HEVC; without it, the local run encodes H.264 in its place. */
  readonly hevc: boolean;
  /** What it calls the option that says whether frames may be left out: it has been renamed in 5.1. */
  readonly frameOption: '-fps_mode' | '-vsync';
}

/** What ffmpeg prints when it is asked for one of its lists, by the arguments that ask. */
export type Listings = Readonly<Record<string, string>>;

/** What is needed, by the arguments that make ffmpeg list it: the name, and how its line is recognised. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '-encoders': {
    'the encoder libx264': /^ V\S+ libx264 /m,
    'the encoder aac': /^ A\S+ aac /m,
    'the encoder s302m': /^ A\S+ s302m /m,
  },
  '-decoders': {
    'the decoder h264': /^ V\S+ h264 /m,
    'the decoder aac': /^ A\S+ aac /m,
    'the decoder s302m': /^ A\S+ s302m /m,
  },
  '-protocols': { 'the protocol http': /^ +http$/m, 'the protocol pipe': /^ +pipe$/m },
  '-h muxer=mp4': { 'an mp4 muxer that writes CMAF': /^ +cmaf /m },
  '-muxers': { 'the muxer mpegts': /^ +E +mpegts /m },
  '-demuxers': {
    'the demuxer mpegts': /^ +D +mpegts /m,
    'the demuxer flv': /^ +D +flv /m,
    'the demuxer mov/mp4': /^ +D +mov,mp4/m,
  },
  '-filters': Object.fromEntries(
    ['yadif', 'fps', 'select', 'split', 'scale', 'pad', 'setsar', 'format', 'aresample', 'anullsrc'].map((name) => [
      `the filter ${name}`,
      new RegExp(`^ \\S+ ${name} `, 'm'),
    ]),
  ),
};

/** The line of the encoder that only some channels need. */
const HEVC = /^ V\S+ libx265 /m;

const INSTALL = 'Install it with `apt-get install -y ffmpeg` or `brew install ffmpeg`';

/**
 * Finds ffmpeg, at FFMPEG_PATH or through PATH, and makes sure that it can do what the local run asks of it.
 *
 * @throws Error whose message names what is missing and says how to install it.
 */
export async function findFfmpeg(environment: NodeJS.ProcessEnv = process.env): Promise<Ffmpeg> {
  const path = environment['FFMPEG_PATH'] || 'ffmpeg';
  const version = /^ffmpeg version (\S+)/m.exec(await listing(path, ['-version'], environment))?.[1];
  if (version === undefined) {
    const where = path === 'ffmpeg' ? 'was not found on PATH' : `could not be run at FFMPEG_PATH=${path}`;
    throw new Error(`ffmpeg ${where}. ${INSTALL}, or set FFMPEG_PATH to where it is.`);
  }
  const questions = Object.keys(NEEDS);
  const answers = await Promise.all(
    questions.map((question) => listing(path, ['-hide_banner', ...question.split(' ')], environment)),
  );
  const missing = missingFrom(Object.fromEntries(questions.map((question, index) => [question, answers[index] ?? ''])));
  if (missing.length > 0) {
    throw new Error(`ffmpeg ${version} (${path}) lacks ${missing.join(', ')}. ${INSTALL}, or set FFMPEG_PATH.`);
  }
  const hevc = HEVC.test(answers[questions.indexOf('-encoders')] ?? '');
  return { path, version, hevc, frameOption: frameOption(version) };
}

/** `-fps_mode` is there since 5.1, and `-vsync` no more since 9.0. */
export function frameOption(version: string): Ffmpeg['frameOption'] {
  return /^n?([0-4]\.|5\.0)/.test(version) ? '-vsync' : '-fps_mode';
}

/** What the local run needs and these listings do not show, in words; empty when nothing is missing. */
export function missingFrom(listings: Listings): readonly string[] {
  return Object.entries(NEEDS).flatMap(([question, needs]) =>
    Object.entries(needs).flatMap(([name, line]) => (line.test(listings[question] ?? '') ? [] : [name])),
  );
}

function listing(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, [...args], { env, timeout: 60_000, maxBuffer: 4_000_000 }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
  });
}
