import { describe, expect, test } from '@jest/globals';
import { readCatalogue } from '../../../player/replay/catalogue';
import { sitePath } from '../../../player/replay/site-path';

const PART = {
  start: '2026-11-28T19:00:00.000Z',
  seconds: 3600,
  manifests: { hls: '/vod/main/one/1/index.m3u8', dash: '/vod/main/one/1/dash.mpd' },
};
const RECORDING = {
  id: '20261128T190000Z',
  channel: 'main',
  kind: 'show',
  title: 'main, 28 November 2026',
  start: '2026-11-28T19:00:00.000Z',
  end: '2026-11-28T20:00:00.000Z',
  seconds: 3600,
  parts: [PART],
  poster: '/vod/main/one/poster.jpg',
};
const RUNNING = [{ channel: 'main', start: '2026-11-28T21:00:00.000Z' }];

const read = (change: object) =>
  readCatalogue({ version: 1, recordings: [{ ...RECORDING, ...change }], running: RUNNING });
const only = (change: object) => read(change)?.recordings[0];

describe('the catalogue', () => {
  test('is read as the decision writes it', () => {
    const catalogue = read({});
    expect(catalogue?.recordings).toEqual([
      {
        id: RECORDING.id,
        channel: 'main',
        kind: 'show',
        title: RECORDING.title,
        start: Date.parse(RECORDING.start),
        seconds: 3600,
        parts: [{ ...PART, start: Date.parse(PART.start) }],
        poster: RECORDING.poster,
        storyboard: undefined,
        mp4: undefined,
      },
    ]);
    expect(catalogue?.running.get('main')).toBe(Date.parse('2026-11-28T21:00:00.000Z'));
  });

  test.each([undefined, null, [], 'text', {}, { version: 2, recordings: [] }, { version: 1, recordings: {} }])(
    'refuses %j',
    (value) => {
      expect(readCatalogue(value)).toBeUndefined();
    },
  );

  test.each([
    ['no id', { id: 7 }],
    ['an id that leads elsewhere', { id: '../../x' }],
    ['no start', { start: 'yesterday' }],
    ['no parts', { parts: [] }],
    ['parts that are no list', { parts: { length: 1 } }],
    ['a part of no length', { parts: [{ ...PART, seconds: 0 }] }],
    ['a part of endless length', { parts: [{ ...PART, seconds: '1e999' }] }],
    ['a part without a manifest', { parts: [PART, { ...PART, manifests: null }] }],
    ['a manifest of another site', { parts: [{ ...PART, manifests: { hls: '//evil.example/x.m3u8' } }] }],
  ])('leaves out a recording with %s', (_, change) => {
    expect(read(change)?.recordings).toEqual([]);
  });

  test('keeps the other recordings when one cannot be read', () => {
    const catalogue = readCatalogue({ version: 1, recordings: [null, 'x', RECORDING, { ...RECORDING, id: '' }] });
    expect(catalogue?.recordings).toHaveLength(1);
    expect(catalogue?.running.size).toBe(0);
  });

  test('adds up the parts of a recording, whatever its own length says', () => {
    expect(only({ seconds: -1, parts: [PART, PART] })?.seconds).toBe(7200);
  });

  test('shows at most 500 recordings', () => {
    const recordings = Array.from({ length: 2000 }, () => RECORDING);
    expect(readCatalogue({ version: 1, recordings })?.recordings).toHaveLength(500);
  });
});

describe('the title of a recording', () => {
  test('is a plain text, with HTML left as it is', () => {
    expect(only({ title: '<img src=x onerror=alert(1)>' })?.title).toBe('<img src=x onerror=alert(1)>');
  });

  test('loses characters that turn the text around or cannot be seen', () => {
    expect(only({ title: 'a\u202Eb\u0000c\u200B' })?.title).toBe('a b c');
  });

  test('has at most 200 characters', () => {
    expect(only({ title: 'x'.repeat(1_000_000) })?.title).toHaveLength(201);
  });

  test.each([undefined, 7, '   ', { toString: 'x' }])('falls back on the channel and the id for %j', (title) => {
    expect(only({ title })?.title).toBe('main, 20261128T190000Z');
  });
});

describe('a path of the site', () => {
  test.each([
    'javascript:alert(1)',
    'https://evil.example/x',
    '//evil.example/x',
    '/\\evil.example/x',
    '\t//evil.example',
    'vod/x',
    '',
    7,
    null,
    `/${'x'.repeat(3000)}`,
  ])('refuses %j', (given) => {
    expect(sitePath(given)).toBeUndefined();
  });

  test('stays on the site', () => {
    expect(sitePath('/vod/main/x.jpg?a=b')).toBe('/vod/main/x.jpg?a=b');
    expect(sitePath('/vod/../../secret')).toBe('/secret');
    expect(sitePath('/\t/evil.example/x')).toBeUndefined();
  });
});
