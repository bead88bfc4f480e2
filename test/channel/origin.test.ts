import { describe, expect, test } from '@jest/globals';
import { liveStream } from '../../lib/channel/live-stream';
import { originOf } from '../../lib/channel/origin';
import { viewerCostPerHour } from '../../lib/cost/cost';

const channels = [{ name: 'main', input: { kind: 'test-clip' } }];
const settled = (origin: unknown) => originOf(liveStream({ origin, channels }));

describe('the origin media-package', () => {
  test('is the same by its name and by its kind', () => {
    const all = {
      kind: 'media-package',
      formats: ['ll-hls', 'hls', 'dash', 'hls-ts'],
      forceEndpointErrors: [],
      ingest: 'media-package',
      inputSwitching: 'lost-input',
    };
    expect(settled('media-package')).toEqual(all);
    expect(settled({ kind: 'media-package' })).toEqual(all);
  });

  test.each([
    ['no format', { formats: [] }, 'origin.formats: nothing was given; the player needs one of ll-hls, hls'],
    ['what the player cannot play', { formats: ['mss'] }, 'origin.formats: mss was given; the player needs one of'],
    ['a format twice', { formats: ['hls', 'dash', 'hls'] }, 'origin.formats[2]: "hls" was given twice'],
    ['a format that is none', { formats: ['hls', 'flv'] }, 'flv'],
    ['an error twice', { forceEndpointErrors: ['slate-input', 'slate-input'] }, '[1]: "slate-input" was given twice'],
    ['an error that is none', { forceEndpointErrors: ['STALE_MANIFEST'] }, 'STALE_MANIFEST'],
    [
      'scores without the ingest that has them',
      { inputSwitching: 'media-quality' },
      'origin.inputSwitching: media-quality was given with ingest "media-package"; MediaLive sends the scores with ingest "cmaf" only',
    ],
    ['less than a minute of start-over', { startOverSeconds: 59 }, 'origin.startOverSeconds: 59'],
    ['more than two weeks of start-over', { startOverSeconds: 1_209_601 }, 'origin.startOverSeconds: 1209601'],
  ])('refuses %s', (_, options, sentence) => {
    expect(() => settled({ kind: 'media-package', ...options })).toThrow(sentence);
  });

  test('refuses HEVC without a format of CMAF', () => {
    const rendition = { width: 640, height: 360, bitrate: 600_000, codec: 'hevc', profile: 'MAIN', quality: 6 };
    const described = (formats: readonly string[]) => ({
      origin: { kind: 'media-package', formats },
      channels: [{ ...channels[0], ladder: [rendition] }],
    });
    expect(() => liveStream(described(['hls-ts', 'mss']))).toThrow(
      'channels[0].ladder: HEVC was given with the formats hls-ts, mss; players take HEVC in CMAF only: add one of ll-hls, hls, dash',
    );
    expect(() => liveStream(described(['hls-ts', 'dash']))).not.toThrow();
  });
});

describe('the origin media-package-v1', () => {
  test('is the same by its name and by its kind', () => {
    const all = { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf'], startOverSeconds: 0 };
    expect(settled('media-package-v1')).toEqual(all);
    expect(settled({ kind: 'media-package-v1' })).toEqual(all);
  });

  test.each([
    [
      'a CMAF endpoint alone, whose address CloudFormation does not tell',
      { formats: ['cmaf'] },
      '"cmaf" was given; hls',
    ],
    ['what the player cannot play', { formats: ['mss'] }, '"mss" was given; hls or dash must be among them'],
    ['no format', { formats: [] }, 'nothing was given'],
    ['a format twice', { formats: ['hls', 'hls'] }, '"hls" was given twice'],
    ['a format that is none', { formats: ['hls', 'flv'] }, 'flv'],
    ['more than two weeks of start-over', { startOverSeconds: 1_209_601 }, '1209600'],
  ])('refuses %s', (_, options, sentence) => {
    expect(() => settled({ kind: 'media-package-v1', ...options })).toThrow(sentence);
  });

  test('gets requests for whole segments with any latency', () => {
    const requests = (origin: 'media-package' | 'media-package-v1') =>
      viewerCostPerHour({ ladder: 'hd-720p', latency: 'low' }, {}, { origin }).parts.find(
        ({ name }) => name === 'edge requests',
      )?.quantity ?? 0;
    expect(requests('media-package-v1')).toBeLessThan(requests('media-package'));
  });
});
