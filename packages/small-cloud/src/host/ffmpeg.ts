import { execFile } from 'node:child_process';

/** The ffmpeg of this machine, checked for everything that the local run needs. */
export interface Ffmpeg {
  /** The command to spawn: a path, or `ffmpeg` if it is on PATH. */
  readonly path: string;
  /** Its own version string: `5.1.9-0+deb12u1`. */
  readonly version: string;
  /** True if it encodes HEVC; otherwise the local run encodes H.264 instead. */
  readonly hevc: boolean;
  /** Its option for dropping and repeating frames, which was renamed in 5.1. */
  readonly frameOption: '-fps_mode' | '-vsync';
}

/** ffmpeg's lists of its parts, by the arguments that print them. */
export type Listings = Readonly<Record<string, string>>;

/** Needed parts, by the arguments that list them: the name of each, and a pattern of its line. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '-encoders': {
    'the encoder libx264': /^ V\S+ libx264 /m,
    'the encoder aac': /^ A\S+ aac /m,
    'the encoder s302m': /^ A\S+ s302m /m,
    'the encoder mjpeg': /^ V\S+ mjpeg /m,
  },
  '-decoders': {
    'the decoder h264': /^ V\S+ h264 /m,
    'the decoder aac': /^ A\S+ aac /m,
    'the decoder s302m': /^ A\S+ s302m /m,
  },
  '-protocols': { 'the protocol http': /^ +http$/m, 'the protocol pipe': /^ +pipe$/m },
  '-h muxer=mp4': { 'an mp4 muxer that writes CMAF': /^ +cmaf /m },
  '-muxers': { 'the muxer mpegts': /^ +E +mpegts /m, 'the muxer image2': /^ +E +image2 /m },
  '-demuxers': {
    'the demuxer mpegts': /^ +D +mpegts /m,
    'the demuxer flv': /^ +D +flv /m,
    'the demuxer hls': /^ +D +hls[, ]/m,
    'the demuxer mov/mp4': /^ +D +mov,mp4/m,
  },
  '-filters': Object.fromEntries(
    ['yadif', 'fps', 'select', 'split', 'scale', 'pad', 'setsar', 'format', 'aresample', 'anullsrc'].map((name) => [
      `the filter ${name}`,
      new RegExp(`^ \\S+ ${name} `, 'm'),
    ]),
  ),
};

/** The line of the HEVC encoder, which only some channels need. */
const HEVC = /^ V\S+ libx265 /m;

const INSTALL = 'Install it with `apt-get install -y ffmpeg` or `brew install ffmpeg`';

/**
 * Finds ffmpeg at FFMPEG_PATH or on PATH, and checks that it has every part that the local run needs.
 *
 * @throws Error with the missing parts and the command that installs them.
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

/** Chooses the frame option of a version: `-fps_mode` exists since 5.1, `-vsync` until 9.0. */
export function frameOption(version: string): Ffmpeg['frameOption'] {
  return /^n?([0-4]\.|5\.0)/.test(version) ? '-vsync' : '-fps_mode';
}

/** Lists the needed parts that ffmpeg's lists do not show. */
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
