import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundles } from '../bin/build';
import { synthesizeTo } from '../bin/live-streaming/assembly';
import { openBrowser, openPlayer, untilPlaying } from '../test/end-to-end/browser';
import { LocalCommand } from '../test/end-to-end/command';
import { PATIENCE } from '../test/end-to-end/patience';
import { templateOf } from './synth';
import type { Section } from './table';

/** Measures the bytes of the template, of the Lambda bundles, and of the files that a browser loads before the first frame of HLS. */
export async function sizes(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const template = templateOf(await synthesizeTo(folder, undefined));
    const { bucketContent, channelState, containerContent, guard } = bundles();
    const site = join(bucketContent.folder, 'site');
    const loaded = await loadedBeforeTheFirstFrame();
    const compressed = (pack: (content: Buffer) => Buffer) =>
      loaded.reduce((sum, file) => sum + pack(readFileSync(join(site, file))).length, 0);
    return {
      title: 'Sizes',
      rows: [
        { what: 'template', value: `${template.bytes} bytes`, note: `${template.resources} resources` },
        ...[bucketContent, channelState, containerContent, guard].map(({ folder: bundle }) => ({
          what: basename(bundle),
          value: `${readFileSync(join(bundle, 'index.js')).length} bytes`,
          note: 'code of the function and its SDK clients',
        })),
        {
          what: 'player before the first frame of HLS',
          value: `${kilo(compressed((content) => gzipSync(content)))} gzip`,
          note: `${kilo(compressed(brotliCompressSync))} brotli; goal: at most 200 kB gzip`,
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists the files that a browser requests until it shows the first frame of a stream that is already running. */
async function loadedBeforeTheFirstFrame(): Promise<readonly string[]> {
  const [command, browser] = await Promise.all([LocalCommand.start(undefined), openBrowser()]);
  try {
    // A viewer who comes before the stream loads the rest of the page while waiting.
    const { page: early } = await openPlayer(browser, `${command.playerUrl}?format=hls`);
    await untilPlaying(early);
    await early.close();

    const page = await browser.newPage();
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () => {
        document.querySelector('video')?.requestVideoFrameCallback(() => {
          Reflect.set(window, 'loaded', [
            location.href,
            ...performance.getEntriesByType('resource').map(({ name }) => name),
          ]);
        });
      });
    });
    await page.goto(`${command.playerUrl}?format=hls`);
    const loaded = await page.waitForFunction((): string[] | undefined => Reflect.get(window, 'loaded'), undefined, {
      timeout: PATIENCE,
    });
    const paths = ((await loaded.jsonValue()) ?? []).map((url) => new URL(url).pathname);
    const files = paths.map((path) => (path === '/' ? 'index.html' : path.slice(1)));
    return [...new Set(files)].filter((file) => !file.startsWith('out/') && file !== 'config.json');
  } finally {
    await browser.close();
    await command.end();
  }
}

function kilo(count: number): string {
  return `${(count / 1000).toFixed(1)} kB`;
}
