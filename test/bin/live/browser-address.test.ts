import { describe, expect, test } from '@jest/globals';
import { localAddress } from '../../../bin/live/browser-address';

const API = 'http://127.0.0.1:4566';
const run = () => ({
  apiUrl: API,
  keys: { accessKeyId: 'AKIA1', secretAccessKey: 'secret' },
  names: { 'd1.cloudfront.net': 'http://127.0.0.1:8080' },
});

describe('the address of a page of a local run', () => {
  test.each([
    ['https://d1.cloudfront.net/?recording=main/1#x', 'http://127.0.0.1:8080/?recording=main/1#x'],
    ['https://d2.cloudfront.net/', undefined],
    ['https://toString/', undefined],
    ['', undefined],
  ])('of %j is %j', (url, address) => {
    expect(localAddress(url, API, run)).toBe(address);
  });

  test('is none without a run', () => {
    expect(localAddress('https://d1.cloudfront.net/', API, () => undefined)).toBeUndefined();
  });
});
