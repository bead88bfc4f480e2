import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { liveCommand } from './live-command';
import { PATIENCE } from './patience';

/** The picture of a page at one moment. */
export interface Picture {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly colour: 'red' | 'blue' | 'show';
  /** Words of the overlay; empty without an ad. */
  readonly words: string;
  /** Seconds behind the position at which live is played; null while an ad plays. */
  readonly behindSeconds: number | null;
  readonly status: string;
  readonly rebuilds: number;
}

/** A viewer whose screen is looked at. */
export interface AdViewer {
  readonly page: Page;
  readonly errors: readonly string[];
  /** Addresses below `/ads/` that the page asked for. */
  readonly asked: readonly string[];
  /** Events of ads that its page reported with its viewing, or by themselves where the audience is not measured. */
  readonly told: readonly ToldEvent[];
}

/** An event of an ad, as a page reported it. */
export interface ToldEvent {
  readonly break: string;
  readonly ad: string;
  readonly event: string;
}

/** A local run with ads of one colour each. */
export class AdsRun {
  /** Events of ads that all pages together have reported. */
  readonly told: ToldEvent[] = [];

  private constructor(
    readonly command: LocalCommand,
    private readonly browser: Browser,
  ) {}

  static async start(browser: Promise<Browser>): Promise<AdsRun> {
    const command = LocalCommand.start(
      {
        ads: { skipAfterSeconds: 1 },
        analytics: true,
        operations: false,
        channels: [
          {
            name: 'main',
            input: { kind: 'test-clip' },
            ladder: [{ width: 320, height: 180, bitrate: 200_000 }],
            latency: 'low',
            adMarkers: { manifests: 'daterange' },
          },
        ],
        // Reports are written 10 times as soon as on AWS.
      },
      ['--hurry', '10'],
    );
    return new AdsRun(await command, await browser);
  }

  /** Makes a film of one colour, without audio. */
  film(colour: string, seconds: number): string {
    const file = join(this.command.folder, `${colour}-${seconds}.mp4`);
    const source = ['-f', 'lavfi', '-i', `color=${colour}:size=640x360:rate=30:duration=${seconds}`];
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file]);
    return file;
  }

  /** Opens the player as the page of a stack without analytics. */
  openUnmeasured(): Promise<AdViewer> {
    const newPage: Browser['newPage'] = async (options) => {
      const page = await this.browser.newPage(options);
      await page.route('**/config.json', async (route) => {
        const { audience: _, ...json } = await (await route.fetch()).json();
        await route.fulfill({ json });
      });
      return page;
    };
    return this.open('', { newPage });
  }

  async open(query = '', browser: Pick<Browser, 'newPage'> = this.browser): Promise<AdViewer> {
    const viewer = await openPlayer(browser, `${this.command.playerUrl}${query}`);
    const asked: string[] = [];
    const told: ToldEvent[] = [];
    viewer.page.on('request', (request) => {
      const { pathname, search, searchParams } = new URL(request.url());
      if (pathname.startsWith('/ads/')) asked.push(pathname + search);
      const events = pathname === '/ads/beacon' ? [counted(searchParams)] : reported(searchParams);
      told.push(...events);
      this.told.push(...events);
    });
    await untilPlaying(viewer.page, 3);
    return { ...viewer, asked, told };
  }

  /** Runs `npm run live` in this process, and returns what it printed. */
  async live(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const { out } = await liveCommand(this.command.apiUrl, [...words, '--json']);
    return JSON.parse(out.join('\n'));
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.command.end();
  }
}

/** Reads an event that has a request of its own. */
function counted(query: URLSearchParams): ToldEvent {
  const read = (key: string): string => query.get(key) ?? '';
  return { break: read('break'), ad: read('ad'), event: read('event') };
}

/** Reads the events of ads in a report of the audience. */
function reported(query: URLSearchParams): readonly ToldEvent[] {
  const lines = (query.get('CMCD') ?? '').split('\n').filter((line) => line.includes('cen="ad-'));
  const read = (line: string, key: string): string => new RegExp(`${key}="([^"]*)"`).exec(line)?.[1] ?? '';
  return lines.map((line) => ({
    break: read(line, 'lss-bk'),
    ad: read(line, 'lss-ad'),
    event: read(line, 'cen').replace(/^ad-/, ''),
  }));
}

/** Looks at a page until a condition holds, and returns all that was seen. */
export async function watch(
  { page }: AdViewer,
  until: (seen: readonly Picture[]) => boolean,
): Promise<readonly Picture[]> {
  const seen: Picture[] = [];
  const end = Date.now() + PATIENCE;
  while (!until(seen)) {
    if (Date.now() > end) throw new Error(`It was waited in vain: ${changes(seen)}`);
    seen.push(await look(page));
    await pause(100);
  }
  return seen;
}

/** Returns true once an ad was on the screen and the show is back. */
export function isBack(seen: readonly Picture[]): boolean {
  const last = seen.at(-1);
  return (
    seen.some(({ colour }) => colour !== 'show') &&
    last?.colour === 'show' &&
    last.words === '' &&
    last.behindSeconds !== null &&
    last.status === 'playing'
  );
}

function look(page: Page): Promise<Picture> {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('.ad-cover') ?? document.querySelector('video');
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d');
    if (video === null || context === null) throw new Error('there is no picture');
    const { videoWidth, videoHeight } = video;
    context.drawImage(video, videoWidth / 2, videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    const box = document.querySelector<HTMLElement>('.ad');
    const { behindSeconds = null, status = '', rebuilds = 0 } = window.livePlayer?.state() ?? {};
    const one = red > 200 && blue < 60 && green < 60 ? 'red' : 'show';
    return {
      at: Date.now(),
      colour: blue > 200 && red < 60 && green < 60 ? ('blue' as const) : (one as 'red' | 'show'),
      words: box === null || box.hidden ? '' : (box.firstElementChild?.textContent ?? ''),
      behindSeconds,
      status,
      rebuilds,
    };
  });
}

/** Returns what changed on a screen, for the words of a failure. */
function changes(seen: readonly Picture[]): string {
  const key = ({ colour, words, status, rebuilds }: Picture) => `${colour} ${words} ${status} ${rebuilds}`;
  const changed = seen.filter((one, index) => index === 0 || key(one) !== key(seen[index - 1] ?? one));
  return [...changed, ...seen.slice(-1)].map((one) => JSON.stringify(one)).join('\n');
}
