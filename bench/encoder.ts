import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { LocalCommand } from '../test/end-to-end/command';
import { descendants } from '../test/end-to-end/processes';
import { cpuSeconds } from './cpu';
import type { Section } from './table';

const CLIP = resolve(__dirname, '..', 'assets', 'test-clip.mp4');
const SECONDS = 30;

/**
 * Measures the encoder of the local run against plain ffmpeg with the same ladder, preset and source, in real time, and
 * with its outputs thrown away. They run one after the other.
 */
export async function encoder(): Promise<Section> {
  const command = await LocalCommand.start(undefined);
  const browser = await openBrowser();
  let local: number;
  let beside: number;
  let argv: readonly string[];
  let progress: string;
  try {
    const pid = descendants(command.pid).find(({ command: line }) => /libx264/.test(line))?.pid;
    if (pid === undefined) throw new Error('The local run has no encoder process');
    argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(1, -1);
    await new Promise((done) => setTimeout(done, 5000));
    local = await cpuOver(pid);
    const { page } = await openPlayer(browser, command.playerUrl);
    await untilPlaying(page);
    beside = await cpuOver(pid);
    progress = /encoder main.*?(\d+\.\d+x)/s.exec(command.output)?.[1] ?? 'see the screen of npm start';
  } finally {
    await browser.close();
    await command.end();
  }
  const plain = await plainEncoder(argv);
  return {
    title: 'Local run: encoder (hd-720p, five renditions and audio)',
    rows: [
      {
        what: 'CPU of the local run’s encoder',
        value: perSecond(local),
        note: 'CPU seconds for a second of media, nobody watching',
      },
      { what: 'CPU of plain ffmpeg', value: perSecond(plain), note: 'the same arguments, outputs thrown away' },
      { what: 'ratio', value: (local / plain).toFixed(2), note: 'goal: at most 1.10' },
      { what: 'CPU with the browser playing beside it', value: perSecond(beside), note: `speed ${progress}` },
    ],
  };
}

/** Measures the CPU seconds per second of one process. */
async function cpuOver(pid: number): Promise<number> {
  const [before, begun] = [cpuSeconds(pid), performance.now()];
  await new Promise((done) => setTimeout(done, SECONDS * 1000));
  return (cpuSeconds(pid) - before) / ((performance.now() - begun) / 1000);
}

/** Measures the same encodes by ffmpeg alone, which reads the clip in real time and throws its outputs away. */
async function plainEncoder(argv: readonly string[]): Promise<number> {
  const encodes = argv.slice(argv.indexOf('-filter_complex')).join('\0');
  const thrownAway = encodes.replaceAll(/-f\0mp4\0.*?http:[^\0]*/g, '-f\0null\0-').split('\0');
  const options = [
    '-nostdin',
    ...['-v', 'error'],
    // Decodes on one thread, as the local run does.
    ...['-threads', '1'],
    // In real time, so that both encoders do the same work in a second.
    '-re',
    // The clip is shorter than the measurement.
    ...['-stream_loop', '-1'],
    ...['-i', CLIP],
    ...thrownAway,
  ];
  const child = spawn(process.env['FFMPEG_PATH'] || 'ffmpeg', options, { stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((done) => setTimeout(done, 5000));
  if (child.pid === undefined || child.exitCode !== null) throw new Error('plain ffmpeg did not start');
  const used = await cpuOver(child.pid);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return used;
}

function perSecond(cpu: number): string {
  return `${cpu.toFixed(3)} s/s`;
}
