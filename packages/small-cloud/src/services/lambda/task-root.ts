import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ObjectStore, UnsupportedError } from '../../contract';
import type { Assets } from './assets';
import type { FunctionCode } from './function-configuration';
import { unzip } from './unzip';

/** The packages that Lambda's Node.js runtimes provide. */
const RUNTIME_PACKAGES = ['@aws-sdk', '@smithy'];

/**
 * Prepares the folder in which functions unpack their code. Only the AWS SDK can be found above the code, as in Lambda, so
 * that a package that was not bundled is missing in the local run too.
 *
 * @param folder - created when it does not exist.
 */
export function prepareTaskRoots(folder: string): void {
  const packages = join(folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  const installed = installedPackages();
  for (const name of RUNTIME_PACKAGES) {
    const link = join(packages, name);
    if (!existsSync(link)) symlinkSync(join(installed, name), link);
  }
}

/** The folder of this project's packages, which hold those of the runtime. @throws Error when they are not installed. */
export function installedPackages(): string {
  return dirname(nearestFolder(__dirname, join('node_modules', '@aws-sdk')));
}

/**
 * Unpacks the code of one function.
 *
 * @param store - holds uploaded code. `assets` has code that is not uploaded, because the template runs from its cloud
 * assembly.
 * @param root - a new folder below one made by {@link prepareTaskRoots}.
 * @throws UnsupportedError for code that is in neither.
 */
export function unpack(code: FunctionCode, store: ObjectStore, assets: Assets, root: string): void {
  mkdirSync(root, { recursive: true });
  if (code.kind === 'inline') {
    writeFileSync(join(root, 'index.js'), code.source);
    return;
  }
  const source = store.file(code.bucket, code.key) ?? assets.get(code.key);
  if (source === undefined) {
    throw new UnsupportedError(
      `Code.S3Key ${code.key}: neither bucket ${code.bucket} nor an asset manifest has it; publish it, or run cdk synth again`,
    );
  }
  if (statSync(source).isDirectory()) cpSync(source, root, { recursive: true, dereference: true });
  else unzip(readFileSync(source), root);
}

function nearestFolder(from: string, wanted: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, wanted);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`${wanted} is not installed; run npm ci`);
  }
}
