import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PackagedChannel } from '../../../src/services/mediapackage/ingest/packaged-channel';
import { madeFragment, madeInit } from '../made-media';
import { bench, NOON, opening } from './channel-bench';

describe('the timeline of a channel', () => {
  test('begins at the wall clock of the first media', () => {
    const { channel, encoder, timeline } = bench();
    encoder('a', 3).send(4);
    expect(channel.media.epochSeconds).toBe(NOON + 3);
    expect(timeline()).toEqual([
      [3, 3.5],
      [3.5, 4],
    ]);
  });

  test('begins at the earliest possible wall clock while an encoder catches up after a late start', () => {
    const { channel, push } = byHand();
    push('video', 0, 3);
    push('video', 500, 3.1);
    push('video', 1000, 3.2);
    push('audio', 0, 3.2);
    expect(channel.media.epochSeconds).toBe(NOON + 1.7);
  });

  test('warns once when an encoder has sent more media than the clock allows', () => {
    const { told, push } = byHand();
    push('video', 0, 0.5);
    push('audio', 0, 0.5);
    for (let index = 1; index < 8; index += 1) push('video', index * 500, 0.6);
    expect(told).toEqual([
      'the encoder has sent 1.4 s more than the clock allows; dates are ahead by that until it restarts',
    ]);
  });

  test('continues on the clock and without a discontinuity when an encoder restarts', () => {
    const { channel, encoder, timeline } = bench();
    encoder('a', 0).send(2);
    encoder('b', 5).send(6);
    expect(timeline().slice(-2)).toEqual([
      [5, 5.5],
      [5.5, 6],
    ]);
    expect(channel.media.segmenter(2)?.cuts.at(-1)).toMatchObject({ discontinuity: false, startSeconds: 5 });
  });

  test('marks a discontinuity when the init segment changes', () => {
    const { channel, encoder } = bench();
    encoder('a', 0).send(2);
    encoder('b', 5, { level: 31 }).send(6);
    expect(channel.media.segmenter(2)?.cuts.at(-1)?.discontinuity).toBe(true);
  });

  test('writes the channel’s time into the fragments', async () => {
    const { channel, encoder } = bench();
    encoder('a', 0).send(1);
    encoder('b', 7).send(8);
    const last = await channel.media.store.all().at(-1)?.fragment.data.read();
    const tfdt = (last?.indexOf('tfdt') ?? 0) - 4;
    expect(last?.readBigUInt64BE(tfdt + 12)).toBe(7500n);
  });

  test('does not overlap when an encoder starts before the old one has ended', () => {
    const { encoder, timeline } = bench();
    encoder('a', 0).send(3);
    encoder('b', 2).send(3);
    expect(timeline().slice(-3)).toEqual([
      [2.5, 3],
      [3, 3.5],
      [3.5, 4],
    ]);
  });

  test('never goes back and stays on the clock, however often encoders restart', () => {
    const pauses = fc.array(fc.record({ pause: fc.nat(8), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 20 });
    fc.assert(
      fc.property(pauses, (sessions) => {
        const { encoder, timeline } = bench();
        let at = 0;
        for (const [index, { pause, length }] of sessions.entries()) {
          at += pause;
          encoder(`s${index}`, at).send(at + length);
          at += length;
          expect(timeline().at(-1)?.[1]).toBeCloseTo(at, 2);
        }
        for (const track of ['video', 'audio']) {
          timeline(track).forEach(([start], index, all) => {
            expect(start).toBeGreaterThanOrEqual(all[index - 1]?.[1] ?? 0);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('falls behind the clock, without counting as silent, when an encoder is too slow', () => {
    const { channel, encoder } = bench();
    const one = encoder('a', 0);
    one.send(1);
    encoder('later', 9, { input: 2, tracks: [] });
    one.request('video')?.push(madeFragment(1000, 500, true));
    expect(channel.figures).toMatchObject({ behindSeconds: 7.5, silentSeconds: 0 });
  });

  test('keeps media for the longest manifest window and a minute more', () => {
    const { channel, encoder } = bench();
    channel.media.windowSeconds = 30;
    encoder('a', 0).send(300);
    expect(channel.figures?.heldSeconds).toBeLessThanOrEqual(91);
    expect(channel.media.segmenter(2)?.segments('audio').length).toBeLessThanOrEqual(46);
  });
});

/** Builds a channel with one session. `push` sends half a second; it takes milliseconds of media time, then seconds. */
function byHand() {
  let now = NOON;
  const told: string[] = [];
  const channel = new PackagedChannel((line) => told.push(line), { clock: () => now * 1000 });
  const requests = {
    video: channel.open(opening('video')),
    audio: channel.open(opening('audio')),
  };
  requests.video.push(madeInit('video'));
  requests.audio.push(madeInit('audio'));
  const push = (track: 'video' | 'audio', start: number, at: number) => {
    now = NOON + at;
    requests[track].push(madeFragment(start, 500, true));
  };
  return { channel, told, push };
}
