import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';

/** A recording, as far as the tests read the catalogue. */
export interface Listed {
  readonly id: string;
  readonly channel: string;
  readonly kind: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly seconds: number;
  readonly parts: readonly { readonly manifests: Readonly<Record<'hls' | 'dash', string>> }[];
  readonly poster?: string;
  readonly storyboard?: string;
  readonly mp4?: string;
}

interface Catalogue {
  readonly recordings: readonly Listed[];
  readonly running: readonly { readonly channel: string; readonly start: string }[];
}

/** A local run of a stack that records, with the operator's command beside it. */
export class RecordedRun {
  private constructor(readonly command: LocalCommand) {}

  static async start(description: LiveStreamInput): Promise<RecordedRun> {
    return new RecordedRun(await LocalCommand.start(description));
  }

  /** Makes the run of a command that was started in another way. */
  static of(command: LocalCommand): RecordedRun {
    return new RecordedRun(command);
  }

  /** Runs `npm run live`, as an operator does. @throws Error with what it said when it ends with an error. */
  live(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'bin/live.ts', ...args, '--endpoint', this.command.apiUrl],
      { cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`live ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Returns the address of a path at the edge. */
  at(path: string): string {
    return new URL(path, this.command.playerUrl).href;
  }

  /** Fetches a text from the edge. @throws Error with the status when it is not 200. */
  async text(path: string): Promise<string> {
    // The edge closes connections that wait while a command runs; then there is another one.
    const answer = await fetch(this.at(path)).catch(() => fetch(this.at(path)));
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  }

  /** Reads the catalogue until it answers a question. */
  async catalogue<T>(question: string, answer: (catalogue: Catalogue) => T | undefined): Promise<T> {
    for (const end = Date.now() + PATIENCE; ; await new Promise((done) => setTimeout(done, 500))) {
      // Past the copies of the edge.
      const text = await this.text(`/vod/catalogue.json?${Date.now()}`);
      const found = answer(JSON.parse(text) as Catalogue);
      if (found !== undefined) return found;
      if (Date.now() > end) {
        throw new Error(`The catalogue has not ${question}: ${text}\n${this.command.log.slice(-4000)}`);
      }
    }
  }
}

/** Returns the length of a manifest as ffprobe finds it, in seconds. */
export function probedSeconds(url: string): number {
  const ffprobe = (process.env['FFMPEG_PATH'] || 'ffmpeg').replace(/ffmpeg$/, 'ffprobe');
  const asked = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', url];
  const { stdout, stderr, status } = spawnSync(ffprobe, asked, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ffprobe ${url}: ${stderr}`);
  return Number(stdout);
}

/** Returns the length of a media playlist, in seconds. */
export function listedSeconds(playlist: string): number {
  return [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

/** Returns the length of a static MPD, in seconds. */
export function mpdSeconds(mpd: string): number {
  const [, seconds] = /type="static" mediaPresentationDuration="PT([\d.]+)S"/.exec(mpd) ?? [];
  if (seconds === undefined) throw new Error(`The MPD is not static, or has no length: ${mpd.slice(0, 500)}`);
  return Number(seconds);
}
