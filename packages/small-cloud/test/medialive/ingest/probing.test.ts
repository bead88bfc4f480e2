import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { PushEndpoint } from '../../../src/services/medialive/contract/push-endpoint';
import { ingestArguments } from '../../../src/services/medialive/ingest/ingest-arguments';
import { make, tones } from '../field';

// Media that wait for more of the contribution never come.
jest.setTimeout(120_000);

const FFMPEG = process.env['FFMPEG_PATH'] || 'ffmpeg';
const VIDEO = '-f lavfi -i testsrc2=s=320x180:r=30';
const AUDIO = '-f lavfi -i sine=r=48000';
const H264 = '-c:v libx264 -preset ultrafast -g 30';
const PCM = '-c:a s302m -strict experimental -ac 2';
/** The part of a contribution that arrives, in bytes: 1.2 s of PCM. */
const ARRIVED = 400_000;

const folder = mkdtempSync(join(tmpdir(), 'probing-'));
let ingest: ChildProcess | undefined;

afterEach(() => {
  ingest?.kill('SIGKILL');
  ingest = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the ingest of a transport stream', () => {
  test('passes media on before a megabyte has come, though the audio is PCM', async () => {
    const file = make(folder, 'both.ts', `${VIDEO} ${AUDIO} -t 3 ${H264} ${PCM} -f mpegts`);
    const { first } = arriving(await command(), file);
    expect((await first)[0]).toBe(0x47);
  });

  test('passes on audio that comes after all that was probed', async () => {
    const late = `${VIDEO} -itsoffset 1.4 ${AUDIO} -t 4 ${H264} -b:v 1500k -minrate 1500k -bufsize 500k -nal-hrd cbr`;
    const file = make(folder, 'late.ts', `${late} -c:a aac -muxdelay 0 -f mpegts`);
    const { all, end } = arriving(await command(), file, Number.POSITIVE_INFINITY);
    end();
    const passed = join(folder, 'passed.ts');
    writeFileSync(passed, await all);
    expect(tones(passed)).toContain(440);
  });

  test('tells of a contribution without video before a megabyte has come', async () => {
    const file = make(folder, 'audio.ts', `${AUDIO} -t 3 ${PCM} -f mpegts`);
    const { log } = arriving(await command(), file);
    expect(await log).toContain("Stream map '0:V:0' matches no streams");
  });
});

/** The command line of a push input, with its contribution on standard input. */
async function command(): Promise<readonly string[]> {
  const ports = { take: async () => 7000, release: () => {} };
  const endpoint = await PushEndpoint.open({ tcp: ports, udp: ports }, 'udp', '');
  const args = ingestArguments({ kind: 'push', endpoint, srt: {} });
  return args.map((word) => (word.startsWith('udp://') ? 'pipe:0' : word));
}

/** Gives an ingest the beginning of a file, as if its publisher had stalled then. */
function arriving(args: readonly string[], file: string, bytes = ARRIVED) {
  const child = spawn(FFMPEG, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  ingest = child;
  const passed: Buffer[] = [];
  child.stdout.on('data', (more: Buffer) => passed.push(more));
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    told += more;
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdin.on('error', () => {});
  child.stdin.write(readFileSync(file).subarray(0, bytes));
  return {
    first: new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)),
    all: closed.then(() => Buffer.concat(passed)),
    log: closed.then(() => told),
    end: () => child.stdin.end(),
  };
}
