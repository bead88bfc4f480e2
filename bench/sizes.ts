import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { synthesizeTo } from '../bin/assembly';
import { bundles } from '../bin/build';
import { openBrowser } from '../test/end-to-end/browser';
import { LocalCommand } from '../test/end-to-end/command';
import { templateOf } from './synth';
import type { Section } from './table';

/** Bytes of the template, of the Lambda bundles, and of what a browser loads before the first frame of HLS. */
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
          note: 'code of the function, its SDK clients included',
        })),
        {
          what: 'player before the first frame of HLS',
          value: `${kilo(compressed((content) => gzipSync(content)))} gzip`,
          note: `${kilo(compressed(brotliCompressSync))} brotli; at most 200 kB is wanted`,
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of the player that a browser asks for until it shows the first frame of HLS. */
async function loadedBeforeTheFirstFrame(): Promise<readonly string[]> {
  const [command, browser] = await Promise.all([LocalCommand.start(undefined), openBrowser()]);
  try {
    const page = await browser.newPage();
    const files = new Set<string>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith('/out/') && pathname !== '/config.json') {
        files.add(pathname === '/' ? 'index.html' : pathname.slice(1));
      }
    });
    await page.goto(`${command.playerUrl}?format=hls`);
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0, undefined, {
      timeout: 60_000,
    });
    return [...files].filter((file) => !file.startsWith('blob:'));
  } finally {
    await browser.close();
    await command.end();
  }
}

function kilo(count: number): string {
  return `${(count / 1000).toFixed(1)} kB`;
}
