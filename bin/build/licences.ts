import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const APACHE = readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim();
const NOTICE_FILE = /^(licen[cs]e|notice|copying)([.-].*)?$/i;
const RULE = '-'.repeat(80);

/** The source files of a bundle, as esbuild's metafile lists them. */
export interface BundledFiles {
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Collects the licence and notice texts of every package in a bundle, as one text to ship beside it. Packages with the
 * same text share one copy.
 *
 * @param files - the metafile of the bundle; a package is named by the folder under `node_modules` that a file lies in.
 * @throws Error for a package without a licence text, which must not be redistributed.
 */
export function licenceTexts({ inputs }: BundledFiles): string {
  const namesByText = new Map<string, Set<string>>();
  for (const folder of packageFolders(Object.keys(inputs).map((file) => resolve(ROOT, file)))) {
    const { name, version, license } = packageJson(folder);
    for (const text of textsOf(folder)) {
      namesByText.set(text, (namesByText.get(text) ?? new Set()).add(`${name} ${version} (${license})`));
    }
  }
  const sections = [...namesByText].map(([text, names]) => `${[...names].sort().join('\n')}\n\n${text}\n`);
  return ['This program contains software of others, under these licences.\n', ...sections.sort()].join(`\n${RULE}\n`);
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Finds the folders of the packages of files. A file that is itself a bundle adds the dependencies of its package. */
function packageFolders(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const addWithDependencies = (folder: string) => {
    if (folders.has(folder)) return;
    folders.add(folder);
    for (const name of Object.keys(packageJson(folder).dependencies ?? {})) {
      addWithDependencies(dependencyFolder(folder, name));
    }
  };
  for (const file of files) {
    const folder = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+(?=[/\\])/.exec(file)?.[0];
    if (folder === undefined) continue;
    if (existsSync(`${file}.LICENSE.txt`)) addWithDependencies(folder);
    else folders.add(folder);
  }
  return [...folders].sort();
}

/** Finds the folder of a package as another package would: in the nearest `node_modules` above. */
function dependencyFolder(from: string, name: string): string {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const folder = places.map((place) => join(place, name)).find((place) => existsSync(join(place, 'package.json')));
  if (folder === undefined) throw new Error(`${name}, which ${from} needs, is not installed; run npm ci.`);
  return folder;
}

function textsOf(folder: string): readonly string[] {
  const { name, license } = packageJson(folder);
  const texts = readdirSync(folder)
    .filter((file) => NOTICE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  // Many packages name this licence, or quote its notice, without its text.
  if (license === 'Apache-2.0' && !texts.some((text) => /TERMS AND CONDITIONS/.test(text))) texts.push(APACHE);
  if (texts.length === 0) {
    throw new Error(`${name} is part of a bundle and has no licence text (${license}); it may not be shipped without.`);
  }
  return texts;
}

function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
