/** Bundles the Lambda functions and the player: `npm run build`, and before every synth. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { Bundle, Bundles } from '../lib/stream/bundles';

const ROOT = resolve(__dirname, '..');
/** One folder per state of the source. It appears whole, by renaming, so that parallel builds do no harm. */
const BUNDLES = join(ROOT, 'dist', 'bundles');
/** The sources of the bundles. */
export const SOURCES = [
  'lambda',
  'edge',
  'player',
  'assets',
  'package-lock.json',
  'bin/build.ts',
  'bin/build',
  'LICENSE',
];
/** The Lambda functions by their bundles, and their folders in `lambda`. */
const FUNCTIONS = {
  bucketContent: 'bucket-content',
  channelState: 'channel-state',
  containerContent: 'container-content',
  guard: 'guard',
  notices: 'notices',
  probe: 'probe',
  viewerKeys: 'viewer-keys',
  viewerSessions: 'viewer-sessions',
  recorder: 'recorder',
  catalogue: 'catalogue',
  collector: 'collector',
  chatRoom: 'chat-room',
  chatReview: 'chat-review',
  adDecision: 'ad-decision',
  adPlaylist: 'ad-playlist',
  pollDesk: 'poll-desk',
} as const satisfies Partial<Record<keyof Bundles, string>>;
/** Name of the file beside a bundle that holds the licences of what is bundled. */
const LICENCES = 'licences.txt';
const DESCRIPTION = 'bundles.json';
const AN_HOUR_MS = 3_600_000;

/** Returns the bundles of this source. They are built only if the source has changed. */
export function bundles(all = BUNDLES): Bundles {
  const folder = join(all, hash(SOURCES));
  if (!existsSync(folder)) build(folder);
  return inFolder(folder, JSON.parse(readFileSync(join(folder, DESCRIPTION), 'utf8')) as Bundles);
}

function build(folder: string): void {
  const all = dirname(folder);
  mkdirSync(all, { recursive: true });
  const unfinished = mkdtempSync(join(all, 'unfinished-'));
  const made = bundleInto(unfinished);
  writeFileSync(join(unfinished, DESCRIPTION), JSON.stringify(made, null, 2));
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process has made the same bundles in the meantime.
    if (!existsSync(folder)) throw error;
  }
  removeOld(folder);
}

/** Removes the results of earlier sources beside a folder, unless another process may still be reading them. */
export function removeOld(current: string): void {
  for (const name of readdirSync(dirname(current))) {
    const other = join(dirname(current), name);
    const age = Date.now() - (statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (other !== current && age > AN_HOUR_MS) rmSync(other, { recursive: true, force: true });
  }
}

/** Describes the bundle of a Lambda function, for a folder or for the source code in a launch template. */
export function functionBuild(name: string) {
  return {
    entryPoints: [join(ROOT, 'lambda', name, 'index.ts')],
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // The full licence texts are beside the bundle.
    legalComments: 'none',
    metafile: true,
  } as const satisfies BuildOptions;
}

/** Returns the part of dash.js that plays streams without protection: a tenth less to load than all of it. */
function dashPlayer(): string {
  return join(dirname(require.resolve('dashjs')), '..', 'esm', 'dash.mediaplayer.min.js');
}

/** Bundles everything into a folder, and returns the places in it. */
function bundleInto(folder: string): Bundles {
  // Loaded only when there is something to build, because loading takes longer than finding out.
  const esbuild = require('esbuild') as typeof import('esbuild');
  const { gateCode } = require('./build/gate') as typeof import('./build/gate');
  const { licenceTexts } = require('./build/licences') as typeof import('./build/licences');
  for (const name of Object.values(FUNCTIONS)) {
    const { metafile } = esbuild.buildSync({ ...functionBuild(name), outfile: join(folder, name, 'index.js') });
    writeFileSync(join(folder, name, LICENCES), licenceTexts(metafile));
  }
  const site = join(folder, 'bucket-content', 'site');
  const { metafile } = esbuild.buildSync({
    entryPoints: [join(ROOT, 'player', 'main.ts')],
    outdir: site,
    bundle: true,
    minify: true,
    splitting: true,
    alias: { dashjs: dashPlayer() },
    format: 'esm',
    target: 'es2022',
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    metafile: true,
  });
  writeFileSync(join(site, LICENCES), licenceTexts(metafile));
  const page = readdirSync(join(ROOT, 'player'));
  esbuild.buildSync({
    entryPoints: page.filter((name) => name.endsWith('.css')).map((name) => join(ROOT, 'player', name)),
    outdir: site,
    minify: true,
  });
  for (const name of page.filter((file) => /\.(html|svg)$/.test(file))) {
    cpSync(join(ROOT, 'player', name), join(site, name));
  }
  const clip = join(folder, 'bucket-content', 'test-clip');
  cpSync(join(ROOT, 'assets', 'test-clip.mp4'), join(clip, 'test-clip.mp4'));
  const functions = Object.entries(FUNCTIONS).map(([key, name]) => [key, { folder: name, contentHashes: {} }]);
  return {
    ...(Object.fromEntries(functions) as Record<keyof typeof FUNCTIONS, Bundle>),
    bucketContent: {
      folder: 'bucket-content',
      contentHashes: { site: hash(['.'], site), 'test-clip': hash(['.'], clip) },
    },
    gate: { folder: '', contentHashes: {}, inline: gateCode() },
  };
}

/** Makes the folders of bundles absolute. A bundle that is code alone has none. */
function inFolder(folder: string, all: Bundles): Bundles {
  const at = ([name, bundle]: readonly [string, Bundle]) => [
    name,
    bundle.inline === undefined ? { ...bundle, folder: join(folder, bundle.folder) } : bundle,
  ];
  return Object.fromEntries(Object.entries(all).map(at)) as Bundles;
}

/** Computes one hash over files and folders, given relative to the project or another folder. */
export function hash(paths: readonly string[], within = ROOT): string {
  const sum = createHash('sha256');
  const add = (path: string) => {
    const full = join(within, path);
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
