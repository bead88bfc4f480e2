import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { toZ85 } from '../../bin/launch/z85';
import { fromZ85 } from '../../lambda/bucket-content/z85';

describe('Z85', () => {
  test('is what RFC 32 of ZeroMQ has as its example', () => {
    const bytes = Buffer.from('864fd26fb559f75b', 'hex');
    expect(toZ85(bytes)).toBe('HelloWorld');
    expect(fromZ85('HelloWorld')).toEqual(bytes);
  });

  test.each([0, 1, 2, 3, 4, 5, 1023])('gives back %i bytes, filled up to whole groups', (length) => {
    const bytes = randomBytes(length);
    const back = fromZ85(toZ85(bytes));
    expect(back.subarray(0, length)).toEqual(bytes);
    expect(back.length).toBe(Math.ceil(length / 4) * 4);
    expect(JSON.stringify(toZ85(bytes)).length).toBe((back.length / 4) * 5 + 2);
  });
});
