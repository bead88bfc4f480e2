/** Bundles what does not run at synth: the Lambda functions and the player. `npm run build`, and before every synth. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Bundle, Bundles } from '../lib/stream/bundles';

const ROOT = resolve(__dirname, '..');
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, 'build.json');
/** Everything that a bundle is made from. */
const SOURCES = ['lambda', 'player', 'assets', 'package-lock.json', 'bin/build.ts'];

/** The bundles of this source. They are made anew only when the source has changed since. */
export function bundles(): Bundles {
  const source = hash(SOURCES);
  const known = existsSync(STAMP)
    ? (JSON.parse(readFileSync(STAMP, 'utf8')) as { source: string; bundles: Bundles })
    : undefined;
  if (known?.source === source) return absolute(known.bundles);
  const made = build();
  writeFileSync(STAMP, JSON.stringify({ source, bundles: made }, null, 2));
  return absolute(made);
}

function build(): Bundles {
  // Loaded only when there is something to build: it takes longer than to find out that there is not.
  const esbuild = require('esbuild') as typeof import('esbuild');
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  for (const name of ['bucket-content', 'channel-state', 'guard']) {
    esbuild.buildSync({
      entryPoints: [join(ROOT, 'lambda', name, 'index.ts')],
      outfile: join(DIST, 'lambda', name, 'index.js'),
      bundle: true,
      minify: true,
      keepNames: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      legalComments: 'none',
    });
  }
  const site = join(DIST, 'lambda', 'bucket-content', 'site');
  esbuild.buildSync({
    entryPoints: [join(ROOT, 'player', 'main.ts')],
    outdir: site,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    chunkNames: '[name]-[hash]',
    legalComments: 'linked',
  });
  const page = readdirSync(join(ROOT, 'player'));
  esbuild.buildSync({
    entryPoints: page.filter((name) => name.endsWith('.css')).map((name) => join(ROOT, 'player', name)),
    outdir: site,
    minify: true,
  });
  for (const name of page.filter((file) => /\.(html|svg)$/.test(file)))
    cpSync(join(ROOT, 'player', name), join(site, name));
  const clip = join(DIST, 'lambda', 'bucket-content', 'test-clip');
  cpSync(join(ROOT, 'assets', 'test-clip.mp4'), join(clip, 'test-clip.mp4'));
  return {
    bucketContent: {
      folder: relative(ROOT, join(DIST, 'lambda', 'bucket-content')),
      contentHashes: { site: hash([relative(ROOT, site)]), 'test-clip': hash([relative(ROOT, clip)]) },
    },
    channelState: { folder: relative(ROOT, join(DIST, 'lambda', 'channel-state')), contentHashes: {} },
    guard: { folder: relative(ROOT, join(DIST, 'lambda', 'guard')), contentHashes: {} },
  };
}

function absolute({ bucketContent, channelState, guard }: Bundles): Bundles {
  const at = (bundle: Bundle): Bundle => ({ ...bundle, folder: join(ROOT, bundle.folder) });
  return { bucketContent: at(bucketContent), channelState: at(channelState), guard: at(guard) };
}

/** One hash over files and folders, given relative to the project. */
function hash(paths: readonly string[]): string {
  const sum = createHash('sha256');
  const add = (path: string) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    try {
      sum.update(`${path}\0`).update(readFileSync(full)).update('\0');
    } catch {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    }
  };
  for (const path of paths) add(path);
  return sum.digest('hex').slice(0, 16);
}

if (require.main === module) {
  bundles();
}
