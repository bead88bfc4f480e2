import { describe, expect, test } from '@jest/globals';
import { Meter, type Sight } from '../../../player/audience/meter';

type State = Partial<Sight['snapshot']> & { readonly seeking?: boolean };

/** A player in the test's own time, looked at four times a second. */
class Watched {
  now = 1000;
  readonly meter = new Meter(1000);
  readonly found: unknown[] = [];
  private snapshot: Sight['snapshot'] = {
    status: 'loading',
    paused: false,
    cause: null,
    currentTime: 0,
    droppedFrames: 0,
    totalFrames: 0,
    rebuilds: 0,
  };

  /** Lets time pass in a state; the position advances while it plays, unless the state says otherwise. */
  pass(seconds: number, { seeking = false, ...state }: State = {}): this {
    for (let passed = 0; passed < seconds; passed += 0.25) {
      this.now += 250;
      const moves = (state.status ?? this.snapshot.status) === 'playing' ? 0.25 : 0;
      this.snapshot = { ...this.snapshot, currentTime: this.snapshot.currentTime + moves, ...state };
      this.found.push(...this.meter.look({ now: this.now, snapshot: this.snapshot, seeking }));
    }
    return this;
  }
}

describe('the meter of a session', () => {
  test('tells the time from being told to play to the first frame, once', () => {
    const { found } = new Watched()
      .pass(1.75)
      .pass(3, { status: 'playing' })
      .pass(1, { status: 'buffering' })
      .pass(1, { status: 'playing' });
    expect(found).toEqual([
      { e: 'ps', sta: 'p', msd: 2000 },
      { e: 'ps', sta: 'r' },
      { e: 'ps', sta: 'p' },
    ]);
  });

  test('counts what played and what stood still, from the moment at which the picture stopped', () => {
    const watched = new Watched().pass(1).pass(10, { status: 'playing' });
    // The player calls it buffering after 0.75 s.
    watched.pass(0.75, { currentTime: 7 }).pass(2, { status: 'buffering' }).pass(5, { status: 'playing' });
    const { playedMs, stallMs, stalls } = watched.meter.take();
    expect(stalls).toBe(1);
    // The first of the three looks still saw it move to 7.
    expect(stallMs).toBe(2500);
    expect(playedMs).toBe(15_250);
    expect(watched.meter.takeStarved()).toBe(true);
    expect(watched.meter.takeStarved()).toBe(false);
  });

  test('begins new sums with every report', () => {
    const watched = new Watched().pass(10, { status: 'playing', totalFrames: 100, droppedFrames: 2 });
    watched.meter.take();
    watched.pass(1, { totalFrames: 125, droppedFrames: 3 }).pass(1, { totalFrames: 10, droppedFrames: 0, rebuilds: 1 });
    expect(watched.meter.take()).toMatchObject({ playedMs: 2000, frames: 35, droppedFrames: 1, rebuilds: 1 });
    expect(watched.meter.take()).toEqual({
      playedMs: 0,
      stallMs: 0,
      stalls: 0,
      droppedFrames: 0,
      frames: 0,
      rebuilds: 0,
    });
  });

  test('counts neither pauses nor seeks as stalls', () => {
    const watched = new Watched().pass(2, { status: 'playing' });
    watched.pass(30, { status: 'paused', paused: true }).pass(1, { status: 'playing', paused: false });
    watched.pass(0.5, { status: 'buffering', seeking: true }).pass(1, { status: 'playing' });
    expect(watched.meter.take()).toMatchObject({ stalls: 0, stallMs: 0 });
  });

  test('does not count the time before the first frame as a stall, nor a click that the browser wanted', () => {
    const watched = new Watched().pass(5, { status: 'blocked' }).pass(1, { status: 'loading' });
    watched.pass(1, { status: 'playing' });
    expect(watched.meter.take()).toMatchObject({ stalls: 0, stallMs: 0 });
    expect(watched.found.at(-1)).toEqual({ e: 'ps', sta: 'p', msd: 1250 });
  });

  test('does not count the sleep of a device', () => {
    const watched = new Watched().pass(1, { status: 'playing' });
    watched.meter.take();
    watched.now += 3_600_000;
    watched.pass(0.25);
    expect(watched.meter.take().playedMs).toBe(5000);
  });

  test('tells an error once, and again when it comes back after the video has played', () => {
    const cause = { kind: 'http', status: 404 } as const;
    const watched = new Watched().pass(2, { status: 'error', cause }).pass(1, { status: 'loading' });
    watched
      .pass(1, { status: 'error' })
      .pass(1, { status: 'playing', cause: null })
      .pass(1, { status: 'stale', cause });
    const errors = watched.found.filter((one) => Object(one).e === 'e');
    expect(errors).toEqual([
      { e: 'e', sta: 'f', ec: 'http-404' },
      { e: 'e', sta: 'r', ec: 'http-404' },
    ]);
  });
});
