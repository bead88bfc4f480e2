import { describe, expect, test } from '@jest/globals';
import { viewerCostPerHour } from '../../lib/channel/cost';
import { liveStream } from '../../lib/channel/live-stream';
import { originOf } from '../../lib/channel/origin';

const channels = [{ name: 'main', input: { kind: 'test-clip' } }];
const settled = (origin: unknown) => originOf(liveStream({ origin, channels }));

describe('the origin media-package-v1', () => {
  test('is the same by its name and by its kind', () => {
    const all = { kind: 'media-package-v1', formats: ['hls', 'dash', 'cmaf'], startOverSeconds: 0 };
    expect(settled('media-package-v1')).toEqual(all);
    expect(settled({ kind: 'media-package-v1' })).toEqual(all);
  });

  test.each([
    ['a CMAF endpoint alone, whose address CloudFormation does not tell', { formats: ['cmaf'] }, 'cmaf was given; hls'],
    ['what the player cannot play', { formats: ['mss'] }, 'mss was given; hls or dash must be among them'],
    ['no format', { formats: [] }, 'nothing was given'],
    ['a format twice', { formats: ['hls', 'hls'] }, '"hls" was given twice'],
    ['a format that is none', { formats: ['hls', 'flv'] }, 'flv'],
    ['more than two weeks of start-over', { startOverSeconds: 1_209_601 }, '1209600'],
  ])('refuses %s', (_, options, sentence) => {
    expect(() => settled({ kind: 'media-package-v1', ...options })).toThrow(sentence);
  });

  test('is asked for whole segments, however low the latency', () => {
    const requests = (origin: 'media-package' | 'media-package-v1') =>
      viewerCostPerHour({ ladder: 'hd-720p', latency: 'low' }, {}, { origin }).parts.find(
        ({ name }) => name === 'edge requests',
      )?.quantity ?? 0;
    expect(requests('media-package-v1')).toBeLessThan(requests('media-package'));
  });
});
