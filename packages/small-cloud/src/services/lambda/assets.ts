import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The stack's assets: object key in S3 (`<hash>.zip`) → file or directory on this machine. */
export type Assets = ReadonlyMap<string, string>;

/** The part of an asset manifest that is read. */
interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/**
 * Reads `<Stack>.assets.json`, which `cdk synth` writes beside the template. Assets that a command makes (`executable`) have
 * no path and are left out; a function that needs one is refused by its key.
 *
 * @param manifestFile - its path; the paths inside it are relative to its folder.
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
 */
export function readAssets(manifestFile: string): Assets {
  const manifest: AssetManifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const folder = dirname(manifestFile);
  return new Map(
    Object.values(manifest.files ?? {}).flatMap(({ source: { path }, destinations }) =>
      path === undefined
        ? []
        : Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(folder, path)] as const),
    ),
  );
}
