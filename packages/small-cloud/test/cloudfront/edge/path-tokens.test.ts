import { afterEach, describe, expect, test } from '@jest/globals';
import { distribution } from '../test-edge';
import { cacheable, EdgeBench } from './edge-bench';

const bench = new EdgeBench();
afterEach(() => bench.stop());

const VIEWERS = 100;

describe('a function that removes a token from the path', () => {
  test('lets a hundred viewers with a token each share one cached object', async () => {
    const edge = bench.make(cacheable);
    const { ref: FunctionARN } = await edge.create('Function', {
      Name: 'f',
      FunctionCode: `function handler(event) {
        event.request.uri = event.request.uri.replace(/^\\/s\\/[^/]+/, '');
        return event.request;
      }`,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    });
    const FunctionAssociations = [{ EventType: 'viewer-request', FunctionARN }];
    await edge.start(distribution({ FunctionAssociations }));
    const tokens = Array.from({ length: VIEWERS }, (_, index) => `token${index}`);
    const answers = await Promise.all(tokens.map((token) => edge.get(`/s/${token}/out/v1/main/seg1.m4s`)));
    expect(new Set(answers.map(({ body }) => body.toString()))).toEqual(new Set(['body of /out/v1/main/seg1.m4s']));
    expect(edge.origin.asked).toHaveLength(1);
    // The same path without a token leads to the same object.
    expect((await edge.get('/out/v1/main/seg1.m4s')).headers['x-cache']).toBe('Hit from cloudfront');
    expect(edge.service.status()[0]?.detail).toContain('101 requests, 99 % hits');
  });
});
