import { describe, expect, test } from '@jest/globals';
import { madeFragment, madeInit } from '../made-media';
import { bench, NOON, opening } from './channel-bench';

describe('sessions of a channel', () => {
  test('end when a newer session of the same input begins', () => {
    const { encoder } = bench();
    const old = encoder('a', 0);
    old.send(1);
    encoder('b', 2);
    expect(old.dropped).toEqual(['video', 'audio']);
  });

  test('wait for the first media of every track before they go on air', () => {
    const { channel, encoder } = bench();
    const one = encoder('a', 0);
    one.request('audio')?.push(madeFragment(0, 500, true));
    expect(channel.media.epochSeconds).toBeUndefined();
    one.request('video')?.push(madeFragment(0, 500, true));
    expect(channel.media.epochSeconds).toBeDefined();
  });

  test('go on air after ten seconds without a silent track, and warn', () => {
    const { channel, encoder, told } = bench();
    const late = encoder('a', 0, { tracks: ['video'] });
    channel.open(opening('audio'));
    late.send(9.5);
    expect(channel.media.epochSeconds).toBeUndefined();
    late.send(12);
    expect(channel.media.epochSeconds).toBe(NOON);
    expect(told).toEqual(['on air without audio: no media arrived for it']);
  });

  test('accept a track that the encoder opens late', () => {
    const { channel, encoder } = bench();
    const { send } = encoder('a', 0, { tracks: ['video'] });
    send(2);
    const audio = channel.open(opening('audio'));
    audio.push(madeInit('audio'));
    audio.push(madeFragment(1500, 500, true));
    expect(channel.figures?.tracks).toEqual(['video', 'audio']);
    expect(channel.media.segmenter(2)?.segments('audio')).toHaveLength(1);
  });

  test('hand over to the other pipeline at a keyframe and on the clock when they end on air', () => {
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

  test('refuse a repeated track', () => {
    const { channel, encoder } = bench();
    encoder('a', 0);
    expect(() => channel.open(opening('video'))).toThrow("already sends track 'video'");
  });

  test('refuse a track after a newer session has replaced them', () => {
    const { channel, encoder } = bench();
    encoder('a', 0);
    encoder('b', 1);
    expect(() => channel.open(opening('video'))).toThrow("session 'a' has ended");
  });

  test('refuse an encoder without a video track', () => {
    const { encoder } = bench();
    expect(() => encoder('a', 0, { tracks: ['audio'] }).send(1)).toThrow('no video track');
  });
});
