import { describe, expect, test } from '@jest/globals';
import {
  momentAddress,
  readMoment,
  readRecordingName,
  readSeconds,
  recordingAddress,
  startOverAddress,
} from '../../../player/replay/links';

const PAGE = 'https://live.example/player/?channel=second&format=dash#stats';

describe('a moment in the address of the page', () => {
  test.each([
    ['2026-11-28T19:30:05Z', '2026-11-28T19:30:05.000Z'],
    ['2026-11-28T19:30:05.250Z', '2026-11-28T19:30:05.250Z'],
    ['2026-11-28T20:30:05+01:00', '2026-11-28T19:30:05.000Z'],
    ['2026-11-28T20:30:05 01:00', '2026-11-28T19:30:05.000Z'],
    ['2026-11-28T20:30Z', '2026-11-28T20:30:00.000Z'],
  ])('may be %s', (text, moment) => {
    expect(new Date(readMoment(text) ?? 0).toISOString()).toBe(moment);
  });

  test.each([
    '',
    '1',
    'yesterday',
    '2026-13-45T99:99:99Z',
    '<script>',
    '2026-11-28',
    `2026-11-28T19:30:05Z${' '.repeat(9)}x`,
  ])('refuses %j', (text) => {
    expect(readMoment(text)).toBeUndefined();
  });

  test('leads back to the same second', () => {
    const address = momentAddress(PAGE, 'main', Date.parse('2026-11-28T19:30:05.900Z'));
    expect(address).toBe('https://live.example/player/?channel=main&t=2026-11-28T19:30:05Z');
    expect(readMoment(new URL(address).searchParams.get('t') ?? '')).toBe(Date.parse('2026-11-28T19:30:05Z'));
  });
});

describe('a recording in the address of the page', () => {
  test('is a channel and an id', () => {
    expect(readRecordingName('main/20261128T190000Z')).toEqual({ channel: 'main', id: '20261128T190000Z' });
  });

  test.each(['', 'main', 'main/', '/x', 'main/a/b', 'main/<b>', `main/${'x'.repeat(300)}`])('refuses %j', (text) => {
    expect(readRecordingName(text)).toBeUndefined();
  });

  test('is found again with its moment', () => {
    expect(recordingAddress(PAGE, { channel: 'main', id: 'one' })).toBe(
      'https://live.example/player/?recording=main/one',
    );
    expect(recordingAddress(PAGE, { channel: 'main', id: 'one' }, 61.7)).toMatch(/\?recording=main\/one&t=61$/);
  });

  test.each([
    ['90', 90],
    ['1.5', 1.5],
    ['-3', 0],
    ['1e9', 0],
    ['Infinity', 0],
    [undefined, 0],
  ])('begins at %j, which is %d s', (text, seconds) => {
    expect(readSeconds(text)).toBe(seconds);
  });
});

test('a manifest from the start of a show is asked for with encoded separators', () => {
  const start = Date.parse('2026-11-28T21:00:00Z');
  expect(startOverAddress('/out/index.m3u8', start)).toBe('/out/index.m3u8?aws.manifestsettings=start%3A1795899600');
  expect(startOverAddress('/out/index.m3u8?start=', start)).toBe('/out/index.m3u8?start=1795899600');
  expect(startOverAddress('/out/index.m3u8?a=b', start)).toBe(
    '/out/index.m3u8?a=b&aws.manifestsettings=start%3A1795899600',
  );
});
