import { relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';

const ROOT = resolve(__dirname, '..', '..', '..');
/** Bytes of the scripts that the page begins with, compressed: the engine comes after them. */
const MOST_BYTES = 9100;

describe('the script of the page', () => {
  test('loads what measures the audience only where the configuration asks for it, and does not grow by it', async () => {
    const { metafile, outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: ['player/main.ts'],
      outdir: 'out',
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      write: false,
      metafile: true,
    });
    const first = ['out/main.js'];
    for (const name of first) {
      const needed = metafile.outputs[name]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
      first.push(...needed.map(({ path }) => path).filter((path) => !first.includes(path)));
    }
    const inputs = first.flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}));
    expect(inputs).toContain('player/playback.ts');
    expect(inputs.filter((path) => path.includes('audience'))).toEqual([]);
    const scripts = outputFiles.filter(({ path }) => first.includes(relative(ROOT, path)));
    const bytes = scripts.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
    expect(bytes).toBeGreaterThan(5000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });
});
