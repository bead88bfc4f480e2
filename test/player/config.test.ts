import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../player/config';

const MANIFEST = { format: 'll-hls', url: '/out/v1/group/main/cmaf/low-latency.m3u8', targetLatencySeconds: 3 };
const CHANNEL = { name: 'main', running: true, segmentSeconds: 2, manifests: [MANIFEST] };
const CONFIG = { title: 'Live', channels: [CHANNEL] };

const channelWith = (change: object) => ({ ...CONFIG, channels: [{ ...CHANNEL, ...change }] });
const manifestWith = (change: object) => channelWith({ manifests: [{ ...MANIFEST, ...change }] });

describe('player configuration', () => {
  test('is read as it is written', () => {
    expect(readConfig(CONFIG)).toEqual({ kind: 'config', config: CONFIG });
  });

  test('lets keys of a newer stack pass', () => {
    expect(readConfig({ ...CONFIG, colour: 'red' })).toEqual({ kind: 'config', config: CONFIG });
  });

  test.each([
    ['nothing', undefined, 'config.json: nothing; must be an object'],
    ['a list', [], 'config.json: []; must be an object'],
    ['a missing title', { ...CONFIG, title: '' }, 'title: ""; must be a text'],
    ['no channel', { ...CONFIG, channels: [] }, 'channels: []; must be a list with at least one entry'],
    ['a state in words', channelWith({ running: 'yes' }), 'channels[0].running: "yes"; must be true or false'],
    [
      'segments without length',
      channelWith({ segmentSeconds: 0 }),
      'channels[0].segmentSeconds: 0; must be seconds, more than 0',
    ],
    ['a channel without manifests', channelWith({ manifests: [] }), 'channels[0].manifests: []; must be a list'],
    [
      'an unknown format',
      manifestWith({ format: 'rtmp' }),
      'channels[0].manifests[0].format: "rtmp"; must be one of ll-hls, hls, dash, hls-ts',
    ],
    [
      'an address on another site',
      manifestWith({ url: '//cdn.example/a.m3u8' }),
      'channels[0].manifests[0].url: "//cdn.example/a.m3u8"; must be a path on this site',
    ],
    [
      'a target latency in words',
      manifestWith({ targetLatencySeconds: '3' }),
      'channels[0].manifests[0].targetLatencySeconds: "3"; must be seconds',
    ],
    [
      'two channels of one name',
      { ...CONFIG, channels: [CHANNEL, CHANNEL] },
      'channels[1].name: "main"; must be unique',
    ],
  ])('refuses %s', (_, value, problem) => {
    expect(readConfig(value)).toMatchObject({
      kind: 'problems',
      problems: expect.arrayContaining([expect.stringContaining(problem)]),
    });
  });

  test('refuses with every problem at once', () => {
    const reading = readConfig({ title: 1, channels: [{ ...CHANNEL, name: '', running: 0 }] });
    expect(reading).toMatchObject({ problems: [expect.any(String), expect.any(String), expect.any(String)] });
  });
});
