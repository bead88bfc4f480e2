import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openPlayer, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { liveCommand } from './live-command';
import { SMALL_CHANNEL } from './small-channel';

/** A page that plays the first manifest of the stack, with the ads in it, and knows nothing else of the stack. */
const OTHER_PAGE = `<!doctype html><video muted autoplay playsinline></video><script src="/hls.min.js"></script><script type="module">
  const { ads, channels } = await (await fetch('/config.json')).json();
  const hls = new Hls();
  hls.loadSource(ads.guided + channels[0].manifests.find(({ format }) => format === 'll-hls').url);
  hls.attachMedia(document.querySelector('video'));
</script>`;

/** A viewer whose screen is looked at. */
export interface AdViewer {
  readonly page: Page;
  readonly errors: readonly string[];
  /** Addresses that the page asked for, of ads and of MediaTailor. */
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

  /** @param ads - options of the ads. @default those of the stack, with playlists for native players */
  static async start(
    browser: Promise<Browser>,
    ads: Partial<Extract<LiveStreamInput['ads'], object>> = { nativePlayers: true },
  ): Promise<AdsRun> {
    const command = LocalCommand.start(
      {
        ads: { skipAfterSeconds: 1, ...ads },
        analytics: true,
        operations: false,
        channels: [{ ...SMALL_CHANNEL, adMarkers: { manifests: 'daterange' } }],
      },
      // Reports are written 10 times as soon as on AWS.
      ['--hurry', '10'],
    );
    return new AdsRun(await command, await browser);
  }

  /** Makes a film of one colour, without audio or with a tone. */
  film(colour: string, seconds: number, sound: 'silent' | 'tone' = 'silent'): string {
    const file = join(this.command.folder, `${colour}-${seconds}-${sound}.mp4`);
    const source = ['-f', 'lavfi', '-i', `color=${colour}:size=640x360:rate=30:duration=${seconds}`];
    const tone = ['-f', 'lavfi', '-i', `sine=duration=${seconds}`, '-c:a', 'aac'];
    const words = ['-v', 'error', '-y', ...source, ...(sound === 'tone' ? tone : [])];
    execFileSync('ffmpeg', [...words, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file]);
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
    const eventsOf = ({ pathname, searchParams }: URL) =>
      pathname === '/ads/beacon' ? [counted(searchParams)] : reported(searchParams);
    viewer.page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^\/(ads|v1|tm)\//.test(url.pathname)) asked.push(url.pathname + url.search);
      this.told.push(...eventsOf(url));
    });
    // A page that is closed before the answer may lose the report.
    viewer.page.on('requestfinished', (request) => told.push(...eventsOf(new URL(request.url()))));
    await untilPlaying(viewer.page, 3);
    return { ...viewer, asked, told };
  }

  /**
   * Opens a page with nothing but hls.js as it comes, which shows the interstitials that it finds in a playlist: a stand-in
   * for the player of Safari.
   */
  async openOther(): Promise<AdViewer> {
    const newPage: Browser['newPage'] = async (options) => {
      const page = await this.browser.newPage(options);
      await page.route('**/other', (route) => route.fulfill({ contentType: 'text/html', body: OTHER_PAGE }));
      await page.route('**/hls.min.js', (route) => route.fulfill({ path: require.resolve('hls.js/dist/hls.min.js') }));
      return page;
    };
    return this.open('other', { newPage });
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
