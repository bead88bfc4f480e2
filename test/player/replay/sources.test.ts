import { describe, expect, test } from '@jest/globals';
import { Reader } from '../../../player/reader';
import { partAt, partStart } from '../../../player/replay/parts';
import { NO_SOURCES, readSources } from '../../../player/replay/sources';

const HLS = { format: 'hls', url: '/out/dvr.m3u8' };
const REWIND = { seconds: 7200, manifests: [HLS, { format: 'dash', url: '/out/dvr-dash.mpd' }] };

function read(past: object | undefined) {
  const reader = new Reader();
  return { sources: readSources(reader, past), problems: reader.problems };
}

describe('the ways into the past', () => {
  test('are none for a channel that offers none', () => {
    expect(read(undefined)).toEqual({ sources: NO_SOURCES, problems: [] });
    expect(read({})).toEqual({ sources: NO_SOURCES, problems: [] });
    expect(read({ startOver: [] })).toEqual({ sources: NO_SOURCES, problems: [] });
  });

  test('are read as config.json gives them', () => {
    const past = { rewind: REWIND, recordings: '/vod/catalogue.json', startOver: [HLS] };
    expect(read(past)).toEqual({ sources: past, problems: [] });
  });

  test('leave out a format that the page does not know', () => {
    const startOver = [{ format: 'hologram', url: '/x' }, { format: 'toString', url: '/x' }, HLS];
    expect(read({ startOver })).toEqual({ sources: { ...NO_SOURCES, startOver: [HLS] }, problems: [] });
  });

  test.each([
    [{ rewind: true }, 'rewind: true was given; an object is needed'],
    [{ rewind: { ...REWIND, seconds: -1 } }, 'rewind.seconds: -1 was given; seconds greater than 0 are needed'],
    [
      { rewind: { ...REWIND, manifests: [{ format: 'hls', url: 'https://evil.example/' }] } },
      'rewind.manifests[0].url: "https://evil.example/" was given; a path on this site is needed',
    ],
    [
      { recordings: 'javascript:alert(1)' },
      'recordings: "javascript:alert(1)" was given; a path on this site is needed',
    ],
    [{ startOver: {} }, 'startOver: {} was given; a list with at least one entry is needed'],
  ])('refuse %j, and leave it out', (past, problem) => {
    const { sources, problems } = read(past);
    expect(problems).toContain(problem);
    expect(sources).toEqual(NO_SOURCES);
  });
});

describe('the parts of a recording', () => {
  const parts = [{ seconds: 86_400 }, { seconds: 3600 }];

  test.each([
    [0, 0],
    [86_399.9, 0],
    [86_400, 1],
    [999_999, 1],
  ])('hold the position %d s in number %d', (seconds, index) => {
    expect(partAt(parts, seconds)).toBe(index);
  });

  test('follow one another', () => {
    expect([0, 1, 2].map((index) => partStart(parts, index))).toEqual([0, 86_400, 90_000]);
  });
});
