import { describe, expect, test } from '@jest/globals';
import { mediaGate } from '../../../player/access/media-gate';
import { withoutToken, withToken } from '../../../player/access/token-path';

const PAGE = 'https://live.example/?channel=main';
const PLAYLIST = 'https://live.example/out/v1/group/main/index.m3u8?_HLS_msn=7';

describe('the token in the path', () => {
  test('is put in front of the path, and the query stays', () => {
    expect(withToken(PLAYLIST, '/s/one', PAGE)).toBe(
      'https://live.example/s/one/out/v1/group/main/index.m3u8?_HLS_msn=7',
    );
    expect(withToken('/live/main/a.mpd', '/s/one', PAGE)).toBe('https://live.example/s/one/live/main/a.mpd');
  });

  test('takes the place of an older one', () => {
    const old = withToken(PLAYLIST, '/s/h.e.ad_er-1', PAGE);
    expect(withToken(old, '/s/two', PAGE)).toBe(withToken(PLAYLIST, '/s/two', PAGE));
  });

  test('is removed without a trace', () => {
    expect(withoutToken(withToken(PLAYLIST, '/s/one', PAGE), PAGE)).toBe(PLAYLIST);
    expect(withoutToken(PLAYLIST, PAGE)).toBe(PLAYLIST);
    expect(withoutToken('https://live.example/s/only', PAGE)).toBe('https://live.example/s/only');
  });

  test.each([
    'https://other.example/s/old/a.m3u8',
    'http://live.example/a.m3u8',
    'blob:https://other.example/1',
    'https://[',
  ])('never goes to another site: %s', (url) => {
    expect(withToken(url, '/s/one', PAGE)).toBe(url);
    expect(withoutToken(url, PAGE)).toBe(url);
  });
});

describe('the gate of a channel', () => {
  /** A gate whose token is the newest entry of a list, and the reports that it passes on. */
  const gateWith = (engine: 'hls.js' | 'native') => {
    const tokens = ['one'];
    const reports: (readonly [status: number, current: boolean])[] = [];
    const gate = mediaGate({
      engine,
      page: PAGE,
      base: () => `/s/${tokens.at(-1)}`,
      refused: (...report) => reports.push(report),
    });
    return { gate, tokens, reports };
  };
  const http = (status: number) => ({ kind: 'refused', cause: { kind: 'http', status } }) as const;

  test('gives every request the newest token', () => {
    const { gate, tokens } = gateWith('hls.js');
    const before = gate.address(PLAYLIST);
    tokens.push('two');
    expect([gate.address(PLAYLIST), gate.address(before)]).toEqual(
      Array(2).fill('https://live.example/s/two/out/v1/group/main/index.m3u8?_HLS_msn=7'),
    );
  });

  test('passes on 401, 410 and 451, and whether the token was the newest', () => {
    const { gate, tokens, reports } = gateWith('hls.js');
    const first = gate.address(PLAYLIST);
    for (const status of [200, 401, 403, 404, 410, 451, 500]) gate.answered(status, first);
    tokens.push('two');
    gate.answered(401, first);
    expect(reports).toEqual([
      [401, true],
      [410, true],
      [451, true],
      [401, false],
    ]);
  });

  test('keeps them from the supervisor, which would retry them', () => {
    const { gate, reports } = gateWith('hls.js');
    const taken = [401, 410, 451, 403, 404, 500].filter((status) => gate.takes(http(status)));
    expect(taken).toEqual([401, 410, 451]);
    expect(gate.takes({ kind: 'manifest' })).toBe(false);
    expect(reports).toEqual([]);
  });

  test('learns them from the report of the browser’s own player, which tells nothing else', () => {
    const { gate, reports } = gateWith('native');
    expect(gate.takes(http(410))).toBe(true);
    expect(reports).toEqual([[410, true]]);
  });
});
