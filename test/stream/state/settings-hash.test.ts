import { describe, expect, test } from '@jest/globals';
import { settingsHash } from '../../../lib/stream/state/settings-hash';

describe('the hash of settings', () => {
  const settings = { name: 'main', video: { width: 640, height: 360 }, outputs: ['low', 'high'] };

  test('is the same for the same settings in another order', () => {
    const reordered = { outputs: ['low', 'high'], video: { height: 360, width: 640 }, name: 'main' };
    expect(settingsHash(reordered)).toBe(settingsHash(settings));
  });

  test.each([
    ['a value deep inside', { ...settings, video: { width: 640, height: 361 } }],
    ['the order of a list', { ...settings, outputs: ['high', 'low'] }],
    ['a setting that is new', { ...settings, audio: {} }],
  ])('is another for %s', (_, changed) => {
    expect(settingsHash(changed)).not.toBe(settingsHash(settings));
  });
});
