import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { functionBuild } from '../build';
import { toZ85 } from './z85';

/**
 * Bundles a Lambda function into one string, without the AWS SDK, which is part of the runtime.
 *
 * @param files - a folder whose files become part of the code.
 */
export async function inlineCode(name: string, files?: string): Promise<string> {
  const { outputFiles } = await build({
    ...functionBuild(name),
    external: ['@aws-sdk/*'],
    charset: 'ascii',
    write: false,
    plugins: files === undefined ? [] : [packed(files)],
  });
  return outputFiles[0]?.text ?? '';
}

/** Replaces the folder beside the code by its files, packed into the code. */
function packed(folder: string): Plugin {
  return {
    name: 'packed-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/bundled-folder$/ }, ({ resolveDir }) => ({
        path: join(resolveDir, 'packed-folder.ts'),
      }));
      onResolve({ filter: /^packed-files$/ }, () => ({ path: 'packed-files', namespace: 'packed-files' }));
      onLoad({ filter: /.*/, namespace: 'packed-files' }, () => ({ contents: pack(folder), loader: 'js' }));
    },
  };
}

/** Lists the files of a folder that a launch template carries. The licences of the page are among them. */
export function packedNames(folder: string): readonly string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      // Without the code itself, and without the licences of the SDK, which is not in the inline code.
      .filter((file) => file !== 'index.js' && file !== 'licences.txt')
      // Without what is not open in a launch, so that no page asks for it: viewer access, ads, chats and polls.
      .filter(
        (file) =>
          !/^site\/((viewer-access|ads|chat|polls|dash-breaks|hls-breaks|tailored)-\w+\.js|(access|ads|chat|polls)\.css)$/.test(
            file,
          ),
      )
      .sort()
  );
}

function pack(folder: string): string {
  const files = packedNames(folder);
  const contents = files.map((file) => readFileSync(join(folder, file)));
  const all = Buffer.concat(contents);
  const compressed = brotliCompressSync(all, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: all.length,
    },
  });
  const index = files.map((file, number) => [file, contents[number]?.length ?? 0]);
  return `export const FILES = ${JSON.stringify(index)}; export const CONTENT = ${JSON.stringify(toZ85(compressed))};`;
}
