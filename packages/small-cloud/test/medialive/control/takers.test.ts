import { describe, expect, test } from '@jest/globals';
import type { BucketIngest, PackagerIngest } from '../../../src/contract';
import { taker } from '../../../src/services/medialive/control/channel-checks';

const packager: PackagerIngest = {
  ingest: () => {
    throw new Error('a channel that writes to a bucket asks no packager');
  },
  insert: () => {
    throw new Error('a channel that writes to a bucket asks no packager');
  },
};
const buckets: BucketIngest = {
  bucket: (name) => (name === 'media' ? { arn: 'arn:aws:s3:::media', url: 'http://127.0.0.1:1/x/media/' } : undefined),
};
const containers: BucketIngest = {
  bucket: (domain) =>
    domain === 'id.data.example' ? { arn: 'arn:container/live', url: 'http://127.0.0.1:1/x/id/' } : undefined,
};
const place = (base: string, bucket = 'media') => ({ bucket, base });

describe('a channel that writes to a bucket', () => {
  test('writes where each pipeline is to write, and must be allowed so for each, in its folder', () => {
    const { urls, needs } = taker(
      { packager, buckets, containers },
      { kind: 'bucket', places: [place('live/main/index'), place('live/other/index')] },
    );
    expect(urls).toEqual(['live/main/index', 'live/other/index'].map((key) => `http://127.0.0.1:1/x/media/${key}`));
    expect(needs).toEqual(
      ['live/main/', 'live/other/'].flatMap((folder) => [
        ...['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:AbortMultipartUpload'].map((action) => ({
          action,
          resource: `arn:aws:s3:::media/${folder}index.m3u8`,
        })),
        { action: 's3:ListBucket', resource: 'arn:aws:s3:::media' },
      ]),
    );
  });

  test('refuses a bucket that is not there', () => {
    const nowhere = { kind: 'bucket', places: [place('live/main/index', 'elsewhere')] } as const;
    expect(() => taker({ packager, buckets, containers }, nowhere)).toThrow('there is no bucket elsewhere');
  });
});

describe('a channel that writes to a container', () => {
  test('writes where each pipeline is to write, and must be allowed so for each', () => {
    const places = [place('live/main/index', 'id.data.example'), place('live/main/other', 'id.data.example')] as const;
    const { urls, needs } = taker({ packager, buckets, containers }, { kind: 'container', places: [...places] });
    expect(urls).toEqual(['live/main/index', 'live/main/other'].map((key) => `http://127.0.0.1:1/x/id/${key}`));
    expect(needs).toEqual(
      ['index', 'other'].flatMap((base) =>
        ['PutObject', 'GetObject', 'DeleteObject', 'DescribeObject'].map((call) => ({
          action: `mediastore:${call}`,
          resource: `arn:container/live/live/main/${base}.m3u8`,
        })),
      ),
    );
  });

  test('refuses a container that is not there', () => {
    const nowhere = { kind: 'container', places: [place('live/main/index', 'other.data.example')] } as const;
    expect(() => taker({ packager, buckets, containers }, nowhere)).toThrow(
      'there is no MediaStore container at other.data.example',
    );
  });
});
