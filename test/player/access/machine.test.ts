import { describe, expect, test } from '@jest/globals';
import { retrySeconds } from '../../../player/access/machine';
import type { AccessEvent } from '../../../player/access/state';
import {
  admits,
  BEGIN,
  baseOf,
  CURRENT_401,
  follow,
  OLD_401,
  opened,
  press,
  RENEW,
  RENEWED,
  refusalOf,
  refuses,
  SESSION,
  TICK,
  UNANSWERED,
  watching,
} from './follow';

describe('a stranger', () => {
  test('is asked to sign in, and leaves the page only by a button', () => {
    follow([
      [0, opened('none'), 'signed-out', 'stop'],
      [100, TICK, 'signed-out'],
      [101, press('sign-in'), 'signed-out', { kind: 'leave-for-sign-in' }],
    ]);
  });

  test('watches after the sign-in has led back to the page', () => {
    follow([
      [0, { kind: 'opened', credential: 'none', native: false, redeem: true }, 'redeeming', { kind: 'redeem' }],
      [1, { kind: 'signed-in' }, 'asking', BEGIN],
      [2, admits(SESSION), 'watching', 'play'],
    ]);
  });

  test('is told when the sign-in did not work', () => {
    const redeem: AccessEvent = { kind: 'opened', credential: 'none', native: false, redeem: true };
    const state = follow([
      [0, redeem, 'redeeming', { kind: 'redeem' }],
      [1, { kind: 'sign-in-failed' }, 'signed-out', 'stop'],
    ]);
    expect(refusalOf(state)).toBe('sign-in-failed');
  });
});

describe('a request for a session', () => {
  test('that is answered 401 is repeated once with a fresh sign-in; then the viewer signs in again', () => {
    const state = follow([
      [0, opened('sign-in'), 'asking', BEGIN],
      [1, refuses('sign-in'), 'asking', { kind: 'begin', refresh: true, takeover: false }],
      [2, refuses('sign-in'), 'signed-out', 'stop'],
    ]);
    expect(state.credential).toBe('none');
  });

  test('ends with the sign-in page when the sign-in cannot be refreshed', () => {
    follow([
      [0, opened('sign-in'), 'asking', BEGIN],
      [1, { kind: 'sign-in-lost' }, 'signed-out', 'stop'],
    ]);
  });

  test('for one device too many shows the others, and takes over by a button', () => {
    const state = follow([
      [0, opened('sign-in'), 'asking', BEGIN],
      [1, refuses('too-many-sessions'), 'refused', 'stop'],
      [90, TICK, 'refused'],
    ]);
    expect(state).toMatchObject({ refusal: { devices: [{ device: 'Safari on iPhone' }] } });
    follow(
      [
        [91, press('take-over'), 'asking', { kind: 'begin', refresh: false, takeover: true }],
        [92, refuses('sign-in'), 'asking', { kind: 'begin', refresh: true, takeover: true }],
        [93, admits(SESSION), 'watching', 'play'],
      ],
      state,
    );
  });

  test.each(['not-entitled', 'no-such-channel', 'link-used', 'link-expired', 'country'] as const)(
    'that is refused as %s is not repeated',
    (name) => {
      const state = follow([
        [0, opened('link'), 'asking', BEGIN],
        [1, refuses(name), 'refused', 'stop'],
        [1000, TICK, 'refused'],
      ]);
      expect(refusalOf(state)).toBe(name);
    },
  );

  test('with a link that is not valid is not repeated', () => {
    const state = follow([
      [0, opened('link'), 'asking', BEGIN],
      [1, refuses('sign-in'), 'signed-out', 'stop'],
    ]);
    expect(refusalOf(state)).toBe('link-invalid');
  });

  test('without an answer is repeated, later each time, and the words stay', () => {
    const state = follow([
      [0, opened('sign-in'), 'asking', BEGIN],
      [1, UNANSWERED, 'refused', 'stop'],
      [2.9, TICK, 'refused'],
      [3, TICK, 'asking', BEGIN],
    ]);
    expect(refusalOf(state)).toBe('unavailable');
    follow(
      [
        [3, UNANSWERED, 'refused', 'stop'],
        [6.9, TICK, 'refused'],
        [7, TICK, 'asking', BEGIN],
        [8, admits(SESSION), 'watching', 'play'],
      ],
      state,
    );
  });

  test.each([
    [0, 2],
    [3, 16],
    [4, 30],
    [100, 30],
  ])('after %i attempts waits %i s', (attempt, expected) => {
    expect(retrySeconds(attempt)).toBe(expected);
  });
});

describe('a renewal', () => {
  test('is due when the session says so, and never starts playback over', () => {
    const state = follow(
      [
        [399, TICK, 'watching'],
        [400, TICK, 'watching', RENEW],
        [401, TICK, 'watching'],
        [402, admits(RENEWED), 'watching'],
        [801, TICK, 'watching'],
        [802, TICK, 'watching', RENEW],
      ],
      watching(),
    );
    expect(baseOf(state)).toBe('/s/two');
  });

  test('without an answer is repeated until the token expires; then playback ends, and a session is asked for', () => {
    const state = follow(
      [
        [400, TICK, 'watching', RENEW],
        [410, UNANSWERED, 'watching'],
        [411, TICK, 'watching'],
        [412, TICK, 'watching', RENEW],
        [422, UNANSWERED, 'watching'],
        [590, TICK, 'watching', RENEW],
        [599, UNANSWERED, 'watching'],
        [600, TICK, 'watching', RENEW],
        [601, UNANSWERED, 'refused', 'stop'],
      ],
      watching(),
    );
    expect(refusalOf(state)).toBe('unavailable');
    follow([[640, TICK, 'asking', BEGIN]], state);
  });

  test('that is answered 401 refreshes the sign-in, then begins another session, then asks to sign in', () => {
    follow(
      [
        [400, TICK, 'watching', RENEW],
        [401, refuses('sign-in'), 'watching', { kind: 'renew', refresh: true }],
        [402, refuses('sign-in'), 'watching', BEGIN],
        [403, refuses('sign-in'), 'signed-out', 'stop'],
      ],
      watching(),
    );
  });

  test.each(['not-entitled', 'session-ended', 'country', 'too-many-sessions'] as const)(
    'that is refused as %s ends playback',
    (name) => {
      const state = follow(
        [
          [400, TICK, 'watching', RENEW],
          [401, refuses(name), 'refused', 'stop'],
        ],
        watching(),
      );
      expect(refusalOf(state)).toBe(name);
    },
  );

  test('keeps the token of the browser’s own player', () => {
    const state = follow(
      [
        [400, TICK, 'watching', RENEW],
        [401, admits(RENEWED), 'watching'],
      ],
      watching('sign-in', true),
    );
    expect(baseOf(state)).toBe('/s/one');
  });
});

describe('a media request', () => {
  test('that is answered 401 leads to one renewal, after which playback starts over; the next 401 is final', () => {
    const state = follow(
      [
        [100, CURRENT_401, 'watching', RENEW],
        [100, CURRENT_401, 'watching'],
        [101, admits(RENEWED), 'watching', 'replay'],
        [102, CURRENT_401, 'refused', 'stop'],
      ],
      watching(),
    );
    expect(refusalOf(state)).toBe('rejected');
  });

  test('with an old token only starts playback over, because there is a new one', () => {
    follow([[100, OLD_401, 'watching', 'replay']], watching());
  });

  test('of the browser’s own player begins another session, because its token has lasted as long as the session', () => {
    const state = follow(
      [
        [5000, CURRENT_401, 'watching', BEGIN],
        [5001, admits(RENEWED), 'watching', 'replay'],
      ],
      watching('sign-in', true),
    );
    expect(baseOf(state)).toBe('/s/two');
  });

  test.each([
    [410, 'session-ended'],
    [451, 'country'],
  ])('that is answered %i is final: %s', (status, name) => {
    const state = follow([[100, { kind: 'edge', status, current: true }, 'refused', 'stop']], watching());
    expect(refusalOf(state)).toBe(name);
    follow([[900, TICK, 'refused']], state);
  });

  test('of a session that was replaced does not end the new one', () => {
    follow([[100, { kind: 'edge', status: 410, current: false }, 'watching']], watching());
  });
});

describe('a viewer', () => {
  test('can sign out at any time', () => {
    for (const state of [watching(), follow([[0, opened('sign-in'), 'asking', BEGIN]])]) {
      follow([[100, press('sign-out'), 'away', { kind: 'sign-out' }]], state);
    }
  });

  test('who chose something else gets no more requests', () => {
    follow(
      [
        [100, { kind: 'closed' }, 'away'],
        [400, TICK, 'away'],
        [401, admits(RENEWED), 'away'],
      ],
      watching(),
    );
  });
});
