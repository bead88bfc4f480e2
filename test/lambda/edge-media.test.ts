import { describe, expect, test } from '@jest/globals';
import { type EdgeAnswer, edgeMedia } from '../../lambda/recorder/edge-media';
import { mayPass } from '../../lambda/shared/patience';
import { BEGIN, MAIN } from './fake-recordings';

const EDGE = 'https://edge.example.com';
const MULTIVARIANT = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow.m3u8?aws.manifestsettings=start%3A1\n';
const MEDIA = `#EXTM3U
#EXT-X-PROGRAM-DATE-TIME:2026-11-28T19:00:00.000Z
#EXTINF:4,
1.mp4
#EXTINF:4,
2.mp4
`;

/** An edge that answers some addresses, and 404 otherwise. */
function edge(answers: Readonly<Record<string, string | EdgeAnswer>>) {
  return {
    edge: EDGE,
    get: async (url: string) => {
      const answer = answers[url.slice(EDGE.length)] ?? { status: 404, body: '' };
      return typeof answer === 'string' ? { status: 200, body: answer } : answer;
    },
    tokenPath: async (channel: string) => `/s/token-of-${channel}`,
    now: () => BEGIN + 60_000,
  };
}

describe('the media of a channel at the edge', () => {
  test('is that of the first rendition, from a time on', async () => {
    const start = BEGIN / 1000;
    const reader = edge({
      [`${MAIN.path}?aws.manifestsettings=start:${start}`]: MULTIVARIANT,
      '/out/v1/live/main/cmaf/low.m3u8?aws.manifestsettings=start%3A1': MEDIA,
    });
    expect(await edgeMedia(MAIN, BEGIN + 300, reader)).toEqual([
      { start: BEGIN, end: BEGIN + 4000 },
      { start: BEGIN + 4000, end: BEGIN + 8000 },
    ]);
  });

  test('is asked of MediaPackage v1 by its own parameters', async () => {
    const reader = edge({ [`${MAIN.path}?start=${BEGIN / 1000}`]: MEDIA });
    expect(await edgeMedia({ ...MAIN, source: 'media-package-v1' }, BEGIN, reader)).toHaveLength(2);
  });

  test.each([
    [
      undefined,
      (start: number, end: number) => `aws.manifestsettings=start%3A${start}%3Bend%3A${end}`,
      'aws.manifestsettings=start:',
    ],
    ['media-package-v1' as const, (start: number, end: number) => `start=${start}&end=${end}`, 'start='],
  ])(
    'is read in pieces of 12 hours where it is older than MediaPackage lists at once: %s',
    async (source, piece, last) => {
      const HALF_DAY = 12 * 3600;
      const start = BEGIN / 1000;
      const later = MEDIA.replace('2026-11-28T19:00:00', '2026-11-29T07:00:00');
      const reader = edge({
        [`${MAIN.path}?${piece(start, start + HALF_DAY)}`]: MEDIA,
        [`${MAIN.path}?${last}${start + HALF_DAY}`]: later,
      });
      const day = { ...reader, now: () => BEGIN + 25 * 3_600_000 };
      const media = await edgeMedia(source === undefined ? MAIN : { ...MAIN, source }, BEGIN, day);
      expect(media.map((one) => one.start - BEGIN)).toEqual([0, 4000, 43_200_000, 43_204_000]);
    },
  );

  test('has no part of a gap', async () => {
    const gap = MEDIA.replace('#EXTINF:4,\n2.mp4', '#EXT-X-GAP\n#EXTINF:4,\n2.mp4');
    expect(await edgeMedia(MAIN, undefined, edge({ [MAIN.path]: gap }))).toEqual([{ start: BEGIN, end: BEGIN + 4000 }]);
  });

  test('is read with a token where viewers need one', async () => {
    const reader = edge({ [`/s/token-of-main${MAIN.path}`]: MEDIA });
    expect(await edgeMedia({ ...MAIN, isPrivate: true }, undefined, reader)).toHaveLength(2);
  });

  test('is none where the channel has no manifest', async () => {
    expect(await edgeMedia(MAIN, undefined, edge({}))).toEqual([]);
  });

  test('is none where the time is not kept any more', async () => {
    const old = `${MAIN.path}?aws.manifestsettings=start:${BEGIN / 1000}`;
    expect(await edgeMedia(MAIN, BEGIN, edge({ [old]: { status: 400, body: '' } }))).toEqual([]);
  });

  test.each([
    [503, true],
    [429, true],
    [200, true],
    [403, false],
  ])(
    'refuses an answer of %i without a playlist, without telling the token; it may pass: %s',
    async (status, passes) => {
      const reader = edge({ [`/s/token-of-main${MAIN.path}`]: { status, body: 'busy' } });
      const error: unknown = await edgeMedia({ ...MAIN, isPrivate: true }, undefined, reader).catch((thrown) => thrown);
      expect(String(error)).toContain(`${EDGE}/s/…${MAIN.path} answered ${status}, and no playlist`);
      expect(mayPass(error)).toBe(passes);
    },
  );
});
