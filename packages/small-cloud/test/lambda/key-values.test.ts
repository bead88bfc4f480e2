import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CloudFront } from '../../src/services/cloudfront/cloudfront';
import { LambdaBench } from './lambda-bench';

let bench: LambdaBench;
let cloudFront: CloudFront;

beforeEach(() => {
  bench = new LambdaBench({
    services: (cloud) => {
      cloudFront = new CloudFront(cloud, { port: 0 });
      return [cloudFront];
    },
  });
  return bench.api.start();
});

afterEach(() => bench.close());

describe('a function that writes a key value store', () => {
  test('reaches it with the client of AWS and no settings', async () => {
    const code = bench.asset('code', {
      'index.js': `
        require('@aws-sdk/signature-v4a');
        const kvs = require('@aws-sdk/client-cloudfront-keyvaluestore');
        const client = new kvs.CloudFrontKeyValueStoreClient({});
        exports.handler = async ({ KvsARN }) => {
          const { ETag } = await client.send(new kvs.DescribeKeyValueStoreCommand({ KvsARN }));
          const Puts = [{ Key: 'r.1', Value: '1' }];
          const { ItemCount } = await client.send(new kvs.UpdateKeysCommand({ KvsARN, IfMatch: ETag, Puts }));
          return ItemCount;
        };`,
    });
    const state = await cloudFront.resources['AWS::CloudFront::KeyValueStore']?.create({
      stackName: 'Live',
      stackId: 'stack-id',
      logicalId: 'Store',
      type: 'AWS::CloudFront::KeyValueStore',
      properties: { Name: 'tokens' },
    });
    const arn = await bench.create({ Code: code, Timeout: 60 });
    expect(await bench.lambda.invoke(arn, { KvsARN: state?.attributes['Arn'] ?? '' })).toEqual({ payload: 1 });
  });
});
