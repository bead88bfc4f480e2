import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../player/config';

const MANIFEST = { format: 'll-hls', url: '/out/v1/group/main/cmaf/low-latency.m3u8', targetLatencySeconds: 3 };
const CHANNEL = { name: 'main', running: true, segmentSeconds: 2, manifests: [MANIFEST] };
const CONFIG = { title: 'Live', channels: [CHANNEL] };

const channelWith = (change: object) => ({ ...CONFIG, channels: [{ ...CHANNEL, ...change }] });
const manifestWith = (change: object) => channelWith({ manifests: [{ ...MANIFEST, ...change }] });

describe('player configuration', () => {
  test('is read unchanged when it is valid', () => {
    expect(readConfig(CONFIG)).toEqual({ kind: 'config', config: CONFIG });
  });

  test('may have unknown keys, which a newer stack has written', () => {
    expect(readConfig({ ...CONFIG, colour: 'red' })).toEqual({ kind: 'config', config: CONFIG });
  });

  test('keeps what a channel says about its past, as it was given', () => {
    const past = { rewind: { seconds: 'many' }, recordings: '//evil.example', startOver: 7 };
    const reading = readConfig(channelWith(past));
    expect(reading).toEqual({ kind: 'config', config: channelWith({ past }) });
  });

  test('has private channels only where it says so', () => {
    const access = { signIn: { issuer: 'https://id.example' } };
    const second = { ...CHANNEL, name: 'second', access: 'private' };
    const reading = readConfig({ ...CONFIG, access, channels: [{ ...CHANNEL, access: 'public' }, second] });
    expect(reading).toEqual({ kind: 'config', config: { ...CONFIG, access, channels: [CHANNEL, second] } });
  });

  test.each([
    ['a missing object', undefined, 'config.json: nothing was given; an object is needed'],
    ['a list in place of the object', [], 'config.json: [] was given; an object is needed'],
    ['a missing title', { ...CONFIG, title: '' }, 'title: "" was given; a string of at least one character is needed'],
    ['no channel', { ...CONFIG, channels: [] }, 'channels: [] was given; a list with at least one entry is needed'],
    [
      'a running state that is not a Boolean',
      channelWith({ running: 'yes' }),
      'channels[0].running: "yes" was given; true or false is needed',
    ],
    [
      'segments of no length',
      channelWith({ segmentSeconds: 0 }),
      'channels[0].segmentSeconds: 0 was given; seconds greater than 0 are needed',
    ],
    ['a channel without manifests', channelWith({ manifests: [] }), 'channels[0].manifests: [] was given; a list'],
    [
      'an unknown format',
      manifestWith({ format: 'rtmp' }),
      'channels[0].manifests[0].format: "rtmp" was given; one of ll-hls, hls, dash, hls-ts is needed',
    ],
    [
      'an address on another site',
      manifestWith({ url: '//cdn.example/a.m3u8' }),
      'channels[0].manifests[0].url: "//cdn.example/a.m3u8" was given; a path that begins with one slash',
    ],
    [
      'a target latency that is a string',
      manifestWith({ targetLatencySeconds: '3' }),
      'channels[0].manifests[0].targetLatencySeconds: "3" was given; seconds',
    ],
    [
      'an access that is neither public nor private',
      channelWith({ access: 'secret' }),
      'channels[0].access: "secret" was given; public or private is needed',
    ],
    [
      'two channels with the same name',
      { ...CONFIG, channels: [CHANNEL, CHANNEL] },
      'channels[1].name: "main" was given; a name of its own',
    ],
  ])('refuses %s', (_, value, problem) => {
    expect(readConfig(value)).toMatchObject({
      kind: 'problems',
      problems: expect.arrayContaining([expect.stringContaining(problem)]),
    });
  });

  test('is refused with all its problems at once', () => {
    const reading = readConfig({ title: 1, channels: [{ ...CHANNEL, name: '', running: 0 }] });
    expect(reading).toMatchObject({ problems: [expect.any(String), expect.any(String), expect.any(String)] });
  });
});
