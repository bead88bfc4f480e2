import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { licenceTexts } from '../../bin/build/licences';

const ROOT = resolve(__dirname, '..', '..');
/** A module that the launch template's bundler provides, and one that has types only. */
const NOT_INSTALLED = ['packed-files', 'aws-lambda'];
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('package-lock.json', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Readonly<Record<string, { integrity?: string; inBundle?: boolean; link?: boolean; resolved?: string }>>;
  };
  const installed = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));

  test('has the hash of every package, including those for other operating systems', () => {
    expect(installed.length).toBeGreaterThan(300);
    const bare = installed.filter(([, { integrity, inBundle, link }]) => !integrity && !inBundle && !link);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('has no URL that packages were downloaded from', () => {
    expect(installed.filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual([]);
  });
});

describe('package.json', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Readonly<Record<string, string>> };

  test('lists as dependencies all packages that deploying and running need', () => {
    const missing = ['bin', 'lib', 'lambda', 'player'].flatMap((folder) =>
      filesIn(folder).flatMap((file) => importedPackages(read(file)).filter((name) => !(name in dependencies))),
    );
    expect([...new Set(missing)]).toEqual([]);
    const { dependencies: own } = JSON.parse(read('packages/small-cloud/package.json')) as { dependencies: object };
    const used = filesIn('packages/small-cloud/src').flatMap((file) => importedPackages(read(file)));
    expect([...new Set(used)].sort()).toEqual(Object.keys(own).sort());
    // These two are run, not imported.
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['aws-cdk', 'tsx']));
  });
});

describe('the licences beside a bundle', () => {
  test('are complete, and include those of packages inside another package', () => {
    const texts = licenceTexts({
      inputs: { 'player/main.ts': {}, 'node_modules/dashjs/dist/modern/esm/dash.all.min.js': {} },
    });
    expect(texts).toMatch(/^dashjs \S+ \(BSD-3-Clause\)$/m);
    expect(texts).toMatch(/Redistributions in binary form must reproduce/);
    expect(texts).toMatch(/^codem-isoboxer \S+ \(MIT\)$/m);
    expect(texts).not.toMatch(/^hls\.js/m);
  });

  test('include the Apache licence for a package that only names it', () => {
    const texts = licenceTexts({ inputs: { 'node_modules/hls.js/dist/hls.mjs': {} } });
    expect(texts).toMatch(/Brightcove/);
    expect(texts).toMatch(/TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION/);
  });

  test('are refused for a package without a licence file', () => {
    expect(() => licenceTexts({ inputs: { 'test/house/node_modules/nothing/index.js': {} } })).toThrow();
  });
});

describe('the GitHub workflows', () => {
  const folder = join(ROOT, '.github', 'workflows');
  interface Workflow {
    readonly jobs: Readonly<Record<string, Job>>;
  }
  interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly steps: readonly { uses?: string; run?: string; with?: Readonly<Record<string, unknown>> }[];
  }
  const jobs = readdirSync(folder).flatMap((file) =>
    Object.entries((parse(readFileSync(join(folder, file), 'utf8')) as Workflow).jobs),
  );

  test('pin every action to a commit', () => {
    const actions = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(actions.length).toBeGreaterThan(3);
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('give no write token to a job that runs code of packages, and leave none in a checkout', () => {
    for (const [, { permissions = {}, steps }] of jobs) {
      const runsPackages = steps.some(({ run }) => /\b(npm|npx|\.ci\/run)\b/.test(run ?? ''));
      expect(runsPackages && Object.values(permissions).includes('write')).toBe(false);
      for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      }
    }
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|cjs|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

/** Packages that a source file imports at run time, without Node's own. */
function importedPackages(source: string): readonly string[] {
  const statements = source.split(/;\n|\n(?=import )/).filter((text) => !/^\s*import type /.test(text));
  return statements
    .flatMap((text) => [...text.matchAll(/(?:\bfrom |^import |\brequire\(|\bimport\()'([@a-z][\w@/.-]*)'/gm)])
    .map((match) => match[1] ?? '')
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name) && !NOT_INSTALLED.includes(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
}
