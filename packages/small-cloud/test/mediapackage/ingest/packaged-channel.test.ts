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

  test('begins by the media that came soonest, while an encoder catches up that was late with its first', () => {
    const { channel, push } = byHand();
    push('video', 0, 3);
    push('video', 500, 3.1);
    push('video', 1000, 3.2);
    push('audio', 0, 3.2);
    expect(channel.media.epochSeconds).toBe(NOON + 1.7);
  });

  test('says once that an encoder has sent more than the clock allows', () => {
    const { told, push } = byHand();
    push('video', 0, 0.5);
    push('audio', 0, 0.5);
    for (let index = 1; index < 8; index += 1) push('video', index * 500, 0.6);
    expect(told).toEqual([
      'the encoder has sent 1.4 s more than the clock allows; dates are ahead by that until it restarts',
    ]);
  });

  test('goes on, on the clock and without a discontinuity, when an encoder starts again', () => {
    const { channel, encoder, timeline } = bench();
    encoder('a', 0).send(2);
    encoder('b', 5).send(6);
    expect(timeline().slice(-2)).toEqual([
      [5, 5.5],
      [5.5, 6],
    ]);
    expect(channel.media.segmenter(2)?.cuts.at(-1)).toMatchObject({ discontinuity: false, startSeconds: 5 });
  });

  test('marks a discontinuity when the init segment is another one', () => {
    const { channel, encoder } = bench();
    encoder('a', 0).send(2);
    encoder('b', 5, { level: 31 }).send(6);
    expect(channel.media.segmenter(2)?.cuts.at(-1)?.discontinuity).toBe(true);
  });

  test('writes the time of the channel into the bytes that it hands on', () => {
    const { channel, encoder } = bench();
    encoder('a', 0).send(1);
    encoder('b', 7).send(8);
    const last = channel.media.store.all().at(-1)?.fragment;
    const tfdt = (last?.data.indexOf('tfdt') ?? 0) - 4;
    expect(last?.data.readBigUInt64BE(tfdt + 12)).toBe(7500n);
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

  test('never goes back and stays on the clock, however often encoders start', () => {
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

  test('falls behind the clock with an encoder that is too slow, which is not the same as silence', () => {
    const { channel, encoder } = bench();
    const one = encoder('a', 0);
    one.send(1);
    encoder('later', 9, { input: 2, tracks: [] });
    one.request('video')?.push(madeFragment(1000, 500, true));
    expect(channel.figures).toMatchObject({ behindSeconds: 7.5, silentSeconds: 0 });
  });

  test('is kept for the longest manifest window and a minute more', () => {
    const { channel, encoder } = bench();
    channel.media.windowSeconds = 30;
    encoder('a', 0).send(300);
    expect(channel.figures?.heldSeconds).toBeLessThanOrEqual(91);
    expect(channel.media.segmenter(2)?.segments('audio').length).toBeLessThanOrEqual(46);
  });
});

describe('sessions of a channel', () => {
  test('drops the older session of an input when a newer one begins', () => {
    const { encoder } = bench();
    const old = encoder('a', 0);
    old.send(1);
    encoder('b', 2);
    expect(old.dropped).toEqual(['video', 'audio']);
  });

  test('waits for the first media of every track before it goes on air', () => {
    const { channel, encoder } = bench();
    const one = encoder('a', 0);
    one.request('audio')?.push(madeFragment(0, 500, true));
    expect(channel.media.epochSeconds).toBeUndefined();
    one.request('video')?.push(madeFragment(0, 500, true));
    expect(channel.media.epochSeconds).toBeDefined();
  });

  test('goes on air after ten seconds without a track that sends nothing, and says so', () => {
    const { channel, encoder, told } = bench();
    const late = encoder('a', 0, { tracks: ['video'] });
    channel.open(opening('audio'));
    late.send(9.5);
    expect(channel.media.epochSeconds).toBeUndefined();
    late.send(12);
    expect(channel.media.epochSeconds).toBe(NOON);
    expect(told).toEqual(['on air without audio: no media arrived for it']);
  });

  test('takes in a track that the encoder opens late', () => {
    const { channel, encoder } = bench();
    const { send } = encoder('a', 0, { tracks: ['video'] });
    send(2);
    const audio = channel.open(opening('audio'));
    audio.push(madeInit('audio'));
    audio.push(madeFragment(1500, 500, true));
    expect(channel.figures?.tracks).toEqual(['video', 'audio']);
    expect(channel.media.segmenter(2)?.segments('audio')).toHaveLength(1);
  });

  test('lets the other pipeline take over when the one on air ends, at a keyframe and on the clock', () => {
    const { encoder, timeline } = bench();
    const [one, two] = [encoder('a', 0, { input: 1 }), encoder('b', 0.2, { input: 2 })];
    one.send(0.5);
    two.send(0.7);
    one.send(4);
    two.send(3.7);
    one.close();
    two.send(8.2);
    expect(timeline().slice(7, 10)).toEqual([
      [3.5, 4],
      [4.2, 4.7],
      [4.7, 5.2],
    ]);
  });

  test('refuses a track twice in one session', () => {
    const { channel, encoder } = bench();
    encoder('a', 0);
    expect(() => channel.open(opening('video'))).toThrow("already sends track 'video'");
  });

  test('refuses a session that a newer one has replaced', () => {
    const { channel, encoder } = bench();
    encoder('a', 0);
    encoder('b', 1);
    expect(() => channel.open(opening('video'))).toThrow("session 'a' has ended");
  });

  test('refuses an encoder without a video track', () => {
    const { encoder } = bench();
    expect(() => encoder('a', 0, { tracks: ['audio'] }).send(1)).toThrow('no video track');
  });
});

/** A channel with a session whose fragments of half a second come when the test says; milliseconds, then seconds. */
function byHand() {
  let now = NOON;
  const told: string[] = [];
  const channel = new PackagedChannel(
    (line) => told.push(line),
    () => now * 1000,
  );
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
