import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ObjectStore, UnsupportedError } from '../../contract';
import type { Assets } from './assets';
import type { FunctionCode } from './function-configuration';
import { unzip } from './unzip';

/** The packages that Lambda's Node.js runtimes bring along. */
const RUNTIME_PACKAGES = ['@aws-sdk', '@smithy'];

/**
 * A folder in which functions unpack their code. Nothing but the AWS SDK can be found above the code, as in Lambda: a
 * package that somebody forgot to bundle is missing here too.
 *
 * @param folder - made when it is not there.
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

/** The packages of this project, in which those of the runtime are. @throws Error when they are not installed. */
export function installedPackages(): string {
  return dirname(nearestFolder(__dirname, join('node_modules', '@aws-sdk')));
}

/**
 * Unpacks the code of one function.
 *
 * @param store - where uploaded code is; `assets` has what nobody uploaded, because the template is run from its cloud
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
