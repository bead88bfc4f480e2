import { describe, expect, test } from '@jest/globals';
import type { Status } from '../../player/status';
import {
  type Action,
  backoffSeconds,
  beginning,
  type SupervisorEvent,
  type SupervisorState,
  staleAfterSeconds,
  step,
} from '../../player/supervisor';

const SEGMENT_SECONDS = 2;

const moving: SupervisorEvent = { kind: 'tick', moving: true, paused: false, ended: false };
const still: SupervisorEvent = { kind: 'tick', moving: false, paused: false, ended: false };
const paused: SupervisorEvent = { kind: 'tick', moving: false, paused: true, ended: false };
const over: SupervisorEvent = { kind: 'tick', moving: false, paused: true, ended: true };
const manifest: SupervisorEvent = { kind: 'manifest' };
const edge: SupervisorEvent = { kind: 'edge' };
const missing: SupervisorEvent = { kind: 'refused', cause: { kind: 'http', status: 404 } };
const unreachable: SupervisorEvent = { kind: 'refused', cause: { kind: 'unreachable' } };
const broken: SupervisorEvent = { kind: 'media-error', code: 'broken' };

type Line = readonly [at: number, event: SupervisorEvent, status: Status, action?: Action];

/** Sends events one after the other, and expects each line's status and action. */
function follow(lines: readonly Line[], from: SupervisorState = beginning(0)): SupervisorState {
  return lines.reduce((state, [at, event, status, action = 'none'], line) => {
    const next = step(state, event, at, SEGMENT_SECONDS);
    expect({ line, status: next.state.status, action: next.action }).toEqual({ line, status, action });
    return next.state;
  }, from);
}

const playing = (): SupervisorState =>
  follow([
    [1, manifest, 'loading'],
    [2, moving, 'playing'],
  ]);

describe('the supervisor', () => {
  test('starts over for an early viewer, after a wait that grows each time', () => {
    follow([
      [0, missing, 'waiting'],
      [0.9, still, 'waiting'],
      [1, still, 'waiting', 'rebuild'],
      [1, missing, 'waiting'],
      [1.9, still, 'waiting'],
      [2, still, 'waiting', 'rebuild'],
      [2, missing, 'waiting'],
      [2.9, still, 'waiting'],
      [3, still, 'waiting', 'rebuild'],
      [3, missing, 'waiting'],
      [4.9, still, 'waiting'],
      [5, still, 'waiting', 'rebuild'],
      [5.2, manifest, 'loading'],
      [6, moving, 'playing'],
    ]);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [6, 5],
    [100, 5],
  ])('after %i attempts without a frame, waits %i s', (attempt, expected) => {
    expect(backoffSeconds(attempt)).toBe(expected);
  });

  test('waits 1 s again once there was a frame', () => {
    const state = follow([
      [0, missing, 'waiting'],
      [1, still, 'waiting', 'rebuild'],
      [2, moving, 'playing'],
      [2, missing, 'playing'],
    ]);
    expect(state.retryAt).toBe(3);
  });

  test('waits while the manifest has no segment yet', () => {
    follow([[0, { kind: 'refused', cause: { kind: 'empty' } }, 'waiting']]);
  });

  test.each([
    [0.5, 6],
    [2, 6],
    [6, 18],
  ])('takes a stream with segments of %d s for stopped after %d s', (segmentSeconds, expected) => {
    expect(staleAfterSeconds(segmentSeconds)).toBe(expected);
  });

  test('reports that the stream has stopped once neither video nor live edge moves, and never replays it', () => {
    follow(
      [
        [3, edge, 'playing'],
        [9, moving, 'playing'],
        [9.5, still, 'playing'],
        [10, still, 'stale'],
        [60, still, 'stale'],
        [600, still, 'stale'],
      ],
      playing(),
    );
  });

  test('reports buffering while the video stands still and the live edge moves', () => {
    follow(
      [
        [3, edge, 'playing'],
        [3, still, 'buffering'],
        [5, edge, 'buffering'],
        [6, still, 'buffering'],
        [6.2, moving, 'playing'],
      ],
      playing(),
    );
  });

  test('starts over when a stopped stream comes back, even after minutes', () => {
    const stale = follow([[20, still, 'stale']], playing());
    follow(
      [
        [600, edge, 'loading', 'rebuild'],
        [600.5, manifest, 'loading'],
        [602, edge, 'loading'],
        [603, moving, 'playing'],
      ],
      stale,
    );
    follow([[600, { kind: 'returned' }, 'loading', 'rebuild']], stale);
  });

  test('reports that the stream has stopped when its manifest disappears after the first frame', () => {
    follow(
      [
        [3, missing, 'playing'],
        [4, moving, 'playing'],
        [5, still, 'stale', 'rebuild'],
        [5, missing, 'stale'],
        [7, still, 'stale', 'rebuild'],
        [7.1, edge, 'stale'],
        [7.1, manifest, 'loading'],
        [8, moving, 'playing'],
      ],
      playing(),
    );
  });

  test('plays the rest of the buffer before it replaces an engine that gave up', () => {
    follow(
      [
        [3, unreachable, 'playing'],
        [10, moving, 'playing'],
        [10.5, still, 'playing'],
        [11, still, 'error', 'rebuild'],
      ],
      playing(),
    );
  });

  test('tries again immediately when the network is back', () => {
    follow([
      [0, unreachable, 'error'],
      [0.3, { kind: 'online' }, 'error'],
      [0.8, still, 'error', 'rebuild'],
    ]);
  });

  test('lets the engine repair its decoder once, then starts over', () => {
    const failed = follow(
      [
        [3, broken, 'playing', 'recover-media'],
        [4, moving, 'playing'],
        [5, broken, 'error'],
        [6, still, 'error', 'rebuild'],
        [7, moving, 'playing'],
      ],
      playing(),
    );
    follow([[40, broken, 'playing', 'recover-media']], failed);
  });

  test('replaces an engine that has media and shows no frame, and gives the next one more time', () => {
    follow([
      [0.5, manifest, 'loading'],
      [12, still, 'loading'],
      [13, still, 'loading', 'rebuild'],
      [37, still, 'loading'],
      [38, still, 'loading', 'rebuild'],
    ]);
    follow(
      [
        [13, edge, 'playing'],
        [14, still, 'buffering'],
        [14.1, still, 'buffering', 'rebuild'],
        [15, moving, 'playing'],
      ],
      playing(),
    );
  });

  test('lets a viewer pause for any length of time', () => {
    follow(
      [
        [3, paused, 'paused'],
        [300, edge, 'paused'],
        [300, paused, 'paused'],
        [300.5, still, 'paused'],
        [301, moving, 'playing'],
      ],
      playing(),
    );
  });

  test('waits for the click that the browser requires', () => {
    follow([
      [1, manifest, 'loading'],
      [1, { kind: 'blocked' }, 'blocked'],
      [100, still, 'blocked'],
      [101, moving, 'playing'],
    ]);
  });

  test('ends with the manifest, and starts over when the manifest changes', () => {
    follow(
      [
        [3, { kind: 'finished' }, 'playing'],
        [30, still, 'buffering', 'rebuild'],
      ],
      playing(),
    );
    follow(
      [
        [3, { kind: 'finished' }, 'playing'],
        [30, over, 'ended'],
        [300, over, 'ended'],
        [301, { kind: 'returned' }, 'loading', 'rebuild'],
      ],
      playing(),
    );
  });
});

describe('a viewer who went back', () => {
  const behind: SupervisorEvent = { kind: 'tick', moving: false, paused: false, ended: false, behind: true };

  test('is not told that the stream has stopped, because there is media ahead', () => {
    follow(
      [
        [10, behind, 'buffering'],
        [11, moving, 'playing'],
        [12, behind, 'buffering'],
      ],
      playing(),
    );
  });

  test('is told so at the end of what there is', () => {
    follow([[10, still, 'stale']], playing());
  });
});
