import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAssets } from '../../src/services/lambda/assets';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the asset manifest', () => {
  test('says which file stands behind which object key', () => {
    const manifest = join(folder, 'Live.assets.json');
    const destination = (objectKey: string) => ({ here: { bucketName: 'cdk-assets', objectKey } });
    writeFileSync(
      manifest,
      JSON.stringify({
        version: '48.0.0',
        files: {
          abc: { source: { path: 'asset.abc', packaging: 'zip' }, destinations: destination('abc.zip') },
          def: { source: { path: 'Live.template.json', packaging: 'file' }, destinations: destination('def.json') },
          ghi: { source: { executable: ['make'] }, destinations: destination('ghi.zip') },
        },
        dockerImages: {},
      }),
    );
    expect([...readAssets(manifest)]).toEqual([
      ['abc.zip', join(folder, 'asset.abc')],
      ['def.json', join(folder, 'Live.template.json')],
    ]);
  });
});
