import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { circles, filesBelow, type Import, importsOf, ROOT, SOURCE_FOLDERS, textOf } from './import-graph';

/** A row of the import table: a folder, and what its files may import. */
interface Row {
  readonly from: string;
  /** Folders, files and packages. `own` is the row's folder, `node` any Node module; a word that ends in `/` is a prefix. */
  readonly may: readonly string[];
}

/** Folder with the names of a channel's tags, which templates and functions share. */
const TAGS = 'lambda/shared/channels';
const CLOUD = 'packages/small-cloud/src';
const CONTRACT = `${CLOUD}/contract`;
const HOST = `${CLOUD}/host`;
const WIRE = `${CLOUD}/wire`;
const TEMPLATE = `${CLOUD}/template`;
const KIT = `${CLOUD}/services/kit`;

/** Packages of single services: a parser judges the code of CloudFront's functions, files of the lake are Parquet, a chat is
 * a WebSocket, and ad servers and manifests speak XML. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  athena: ['@duckdb/node-api'],
  cloudfront: ['acorn'],
  firehose: ['hyparquet-writer'],
  ivschat: ['ws'],
  mediatailor: ['@xmldom/xmldom'],
};

/** The services of the small cloud: none imports another. They know one another by the contract. */
const SERVICES: readonly Row[] = readdirSync(join(ROOT, CLOUD, 'services'))
  .map((name) => `${CLOUD}/services/${name}`)
  .filter((folder) => folder !== KIT)
  .map((from) => ({ from, may: ['own', 'node', CONTRACT, HOST, WIRE, KIT, ...(PACKAGES[basename(from)] ?? [])] }));

/** The import table. The first row whose folder a file is in counts. */
const ROWS: readonly Row[] = [
  { from: 'lib/channel', may: ['own', 'zod'] },
  { from: 'lib/cost', may: ['own', 'lib/channel'] },
  {
    from: 'lib/stream',
    may: ['own', 'lib/channel', 'lib/cost', TAGS, 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs', 'node:crypto'],
  },
  {
    from: 'lib/operations',
    may: ['own', 'lib/channel', 'lib/stream', TAGS, 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  {
    from: 'lib/access',
    may: ['own', 'lib/channel', 'lib/stream', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  {
    from: 'lib/recording',
    may: ['own', 'lib/channel', 'lib/stream', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  {
    from: 'lib/polls',
    may: ['own', 'lib/channel', 'lib/stream', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  {
    from: 'lib/advertising',
    may: ['own', 'lib/channel', 'lib/stream', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  {
    from: 'lib/analytics',
    may: ['own', 'lib/channel', 'lib/stream', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'],
  },
  { from: 'lib', may: ['own', 'aws-cdk-lib', 'aws-cdk-lib/', 'constructs'] },
  // `packed-files` is made when a function is bundled for a launch template.
  {
    from: 'lambda',
    may: [
      'own',
      '@aws-sdk/',
      '@smithy/signature-v4',
      'aws-jwt-verify',
      'aws-jwt-verify/',
      'aws-lambda',
      'node',
      'packed-files',
    ],
  },
  // The code of CloudFront Functions knows the modules of its runtime alone.
  { from: 'edge', may: ['own', 'cloudfront', 'crypto'] },
  { from: 'player', may: ['own', 'hls.js', 'hls.js/', 'dashjs', 'dashjs/'] },
  {
    from: 'bin',
    may: [
      'own',
      'lib',
      'lambda/shared',
      'small-cloud',
      'aws-cdk-lib',
      '@aws-sdk/',
      '@hpcc-js/wasm-graphviz',
      'esbuild',
      'node',
      'zod',
    ],
  },
  { from: CONTRACT, may: ['own'] },
  { from: HOST, may: ['own', 'node', CONTRACT] },
  { from: WIRE, may: ['own', 'node', CONTRACT, HOST] },
  { from: TEMPLATE, may: ['own', 'node', CONTRACT, HOST] },
  { from: KIT, may: ['own', 'node', CONTRACT, HOST, WIRE] },
  ...SERVICES,
  { from: `${CLOUD}/cloudformation`, may: ['own', 'node', 'yaml', CONTRACT, HOST, WIRE, TEMPLATE, KIT] },
  { from: CLOUD, may: ['own', 'node'] },
  {
    from: 'packages/small-cloud/test',
    // The function that empties containers is tested against the container service itself.
    may: [
      'own',
      CLOUD,
      'node',
      '@jest/globals',
      'fast-check',
      'ws',
      '@aws-sdk/',
      '@smithy/',
      'lambda/container-content',
    ],
  },
];

describe('the import table', () => {
  test.each(ROWS.map((row) => [row.from, row] as const))('of %s is kept', (_, row) => {
    const found = filesOf(row).flatMap(importsOf);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => !isAllowed(one, row)).map(described)).toEqual([]);
  });
});

describe('the small cloud', () => {
  test('is imported by its front door alone, and by tests and benchmarks through `small-cloud/testing` as well', () => {
    const outside = SOURCE_FOLDERS.filter((folder) => folder !== 'packages').flatMap((folder) => filesBelow(folder));
    const deep = outside.flatMap(importsOf).filter(({ file, specifier, target = '' }) => {
      if (specifier === 'small-cloud/testing') return !/^(test|bench)\//.test(file);
      return specifier.startsWith('small-cloud/') || target.startsWith('packages/');
    });
    expect(deep.map(described)).toEqual([]);
  });

  test('has a front door of at most 24 names, of which at most 14 are values', () => {
    const names = exportedNames(textOf(`${CLOUD}/index.ts`));
    const values = names.filter(({ isType }) => !isType);
    expect(values.length).toBeGreaterThan(0);
    expect(values.length).toBeLessThanOrEqual(14);
    expect(names.length).toBeLessThanOrEqual(24);
  });
});

describe('the import graph', () => {
  test('has no circle', () => {
    const files = SOURCE_FOLDERS.flatMap((folder) => filesBelow(folder));
    expect(files.length).toBeGreaterThan(500);
    expect(circles(files)).toEqual([]);
  });
});

function described({ file, specifier }: Import): string {
  return `${file} imports ${specifier}`;
}

function isAllowed({ specifier, target }: Import, { from, may }: Row): boolean {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return may.includes('node') || may.includes(specifier);
  }
  const path = target ?? specifier;
  return may.some((word) => {
    if (word.endsWith('/')) return path.startsWith(word);
    if (target === undefined) return path === word;
    return target.startsWith(`${word === 'own' ? from : word}/`) || target.replace(/\.\w+$/, '') === word;
  });
}

/** Lists the files of a row, without those that a row before it speaks for. */
function filesOf(row: Row): readonly string[] {
  const earlier = ROWS.slice(0, ROWS.indexOf(row)).map(({ from }) => from);
  return filesBelow(row.from).filter((file) => !earlier.some((other) => file.startsWith(`${other}/`)));
}

/** Reads the names that a module exports, in lists (`export { a, type B } from`) and in declarations. */
function exportedNames(text: string): readonly { readonly name: string; readonly isType: boolean }[] {
  const lists = [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, type, list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, isType: type !== undefined || name.startsWith('type ') })),
  );
  const pattern = /^export (?:async |abstract )*(function|const|class|interface|type|enum) (\w+)/gm;
  const declared = [...text.matchAll(pattern)].map(([, kind, name = '']) => {
    return { name, isType: kind === 'interface' || kind === 'type' };
  });
  return [...lists, ...declared];
}
