import { describe, expect, test } from '@jest/globals';
import { given } from '../../lib/channel/given';
import { liveStream } from '../../lib/channel/live-stream';

describe('control characters in a description', () => {
  test('are escaped in the error sentences, in a value and in a key', () => {
    expect(given('\u001b]0;PWNED\u0007\u001b[2J\u009b31m\u202egnp.exe')).toContain('\\u009b31m\\u202egnp');
    const description = JSON.parse(JSON.stringify({ channels: [], ['\u001b[31mX\u009b']: 1 }));
    expect(() => liveStream(description)).toThrow('\\u001b[31mX\\u009b: there is no such option');
  });
});
