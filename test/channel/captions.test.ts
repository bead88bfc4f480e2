import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';

const described =
  (captions: unknown, more: object = {}) =>
  () =>
    liveStream({ origin: 's3', channels: [{ name: 'main', input: { kind: 'test-clip' }, captions, ...more }] });

describe('captions', () => {
  test('come from the first channel of CEA-608 by default', () => {
    expect(described([{ language: 'eng' }])().channels[0]?.captions).toEqual([{ language: 'eng', channel: 1 }]);
  });

  test.each<[string, unknown, object, string]>([
    [
      'two languages in one channel',
      [{ language: 'eng' }, { language: 'spa' }],
      {},
      'channels[0].captions[1].channel: 1 is also the channel of other captions; each language has a channel of its own',
    ],
    [
      'a fifth channel',
      [{ language: 'eng', channel: 5 }],
      {},
      'channels[0].captions[0].channel: 5 was given; it must be at most 4',
    ],
    [
      'a channel without a picture',
      [{ language: 'eng' }],
      { ladder: 'audio-only' },
      'channels[0].captions: captions were given with the ladder audio-only; captions need video',
    ],
    ['another word', 'all', {}, 'channels[0].captions: "all" was given; "none", or a list of your own is possible'],
  ])('refuse %s', (_, captions, more, sentence) => {
    expect(described(captions, more)).toThrow(sentence);
  });
});
