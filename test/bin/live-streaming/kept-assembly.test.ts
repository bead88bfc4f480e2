import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keptAssembly } from '../../../bin/live-streaming/kept-assembly';

const TEXT = "import type { LiveStreamInput } from '../lib/channel/live-stream';\n\nexport default {};\n";

let folder: string;
let all: string;
let description: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-assembly-'));
  all = join(folder, 'assemblies');
  description = join(folder, 'channels.ts');
  writeFileSync(description, TEXT);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes an assembly as a synth does, and keeps it. */
function synthesizeAndKeep(content: string): void {
  const made = join(folder, 'cdk.out');
  mkdirSync(join(made, 'asset.1'), { recursive: true });
  writeFileSync(join(made, 'asset.1', 'index.js'), 'code');
  writeFileSync(join(made, 'LiveStreaming.template.json'), content);
  keptAssembly(all, description).keep(join(made, 'LiveStreaming.template.json'));
  rmSync(made, { recursive: true });
}

describe('the assembly of the default description', () => {
  test('is found by the next run, with its assets', () => {
    expect(keptAssembly(all, description).template).toBeUndefined();
    synthesizeAndKeep('first');
    const { template } = keptAssembly(all, description);
    expect(readFileSync(template ?? '', 'utf8')).toBe('first');
    expect(existsSync(join(dirname(template ?? ''), 'asset.1', 'index.js'))).toBe(true);
    expect(readdirSync(all)).toHaveLength(1);
  });

  test('is synthesized again when the description has changed', () => {
    synthesizeAndKeep('first');
    writeFileSync(description, `${TEXT}// another\n`);
    expect(keptAssembly(all, description).template).toBeUndefined();
  });

  test('is synthesized again when the environment gives CDK another value', () => {
    synthesizeAndKeep('first');
    process.env['CDK_KEPT_ASSEMBLY_TEST'] = '1';
    try {
      expect(keptAssembly(all, description).template).toBeUndefined();
    } finally {
      delete process.env['CDK_KEPT_ASSEMBLY_TEST'];
    }
  });

  test.each([
    "import { ladder } from './mine';",
    'const ladder = require("./mine");',
    "const name = process.env['NAME'];",
    'const today = new Date();',
  ])('is never kept of a description that reads more than its own text: %s', (line) => {
    writeFileSync(description, `${line}\n${TEXT}`);
    synthesizeAndKeep('first');
    expect(keptAssembly(all, description).template).toBeUndefined();
    expect(existsSync(all)).toBe(false);
  });

  test('is kept for the description of the repository', () => {
    const kept = keptAssembly(all);
    const made = join(folder, 'cdk.out', 'LiveStreaming.template.json');
    mkdirSync(dirname(made));
    writeFileSync(made, 'default');
    kept.keep(made);
    expect(readdirSync(all)).toHaveLength(1);
  });
});
