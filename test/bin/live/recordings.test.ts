import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import type { Context } from '../../../bin/live/context';
import { FakeLive, NOW } from './fake-live';

const CLIP = {
  id: '20261124T115000Z-600',
  channel: 'main',
  title: 'The goal',
  state: 'harvesting',
  start: '2026-11-24T11:50:00.000Z',
  end: '2026-11-24T12:00:00.000Z',
};
const SHOW = {
  id: '20261123T190000Z',
  channel: 'main',
  kind: 'show',
  title: 'main, 23 November 2026',
  start: '2026-11-23T19:00:00.000Z',
  seconds: 5400,
  state: 'done',
  address: '?recording=main/20261123T190000Z',
  mp4: '/vod/main/20261123T190000Z/recording.mp4',
};

function stack(...invocations: unknown[]): FakeLive {
  const live = new FakeLive();
  live.outputs = { RecorderFunction: 'recorder', PlayerUrl: 'https://d1.cloudfront.net/' };
  live.invocations.push(...invocations);
  return live;
}

function ask(words: readonly string[], live: FakeLive, localAddress?: Context['localAddress']) {
  const request = parseRequest(words);
  if (request === 'help') throw new Error('The test asked for help');
  const context = live.context();
  return run(request, localAddress === undefined ? context : { ...context, localAddress });
}

describe('clip', () => {
  test('asks for the last ten minutes, and tells where they will be', async () => {
    const live = stack({ clip: CLIP });
    expect(await ask(['clip', 'main', '--from', '-10m', '--title', 'The goal', '--mp4'], live)).toBe(0);
    const task = {
      task: 'clip',
      channel: 'main',
      from: new Date(NOW - 600_000).toISOString(),
      to: new Date(NOW).toISOString(),
      title: 'The goal',
      mp4: true,
    };
    expect(live.calls).toEqual([`invoke recorder ${JSON.stringify(task)}`]);
    expect(live.answer[0]?.split('\n')).toEqual([
      'Clip main/20261124T115000Z-600 of 10 min is being made: The goal',
      'It is listed in a minute or so; then viewers find it at https://d1.cloudfront.net/?recording=main/20261124T115000Z-600',
    ]);
  });

  test('tells the address on this machine of a clip in a local run', async () => {
    const live = stack({ clip: CLIP });
    const find = (url: string, endpoint: string) => `${endpoint} ${url.replace('https://d1.cloudfront.net', '')}`;
    await ask(['clip', 'main', '--from', '-10m', '--local'], live, find);
    expect(live.answer[0]).toContain('find it at http://127.0.0.1:4566 /?recording=main/20261124T115000Z-600');
    expect(live.remarks).toEqual([]);
  });

  test('says where the player is of a local run that does not tell its addresses', async () => {
    const live = stack({ clip: CLIP });
    await ask(['clip', 'main', '--from', '-10m', '--local'], live, () => undefined);
    expect(live.answer[0]).toContain('https://d1.cloudfront.net/?recording=main/');
    expect(live.remarks).toEqual([expect.stringContaining('printed the address of the edge on this machine')]);
  });

  test('takes times with their offset', async () => {
    const live = stack({ clip: CLIP });
    await ask(['clip', 'main', '--from', '2026-11-24T12:50+01:00', '--to', '2026-11-24T12:00:00Z'], live);
    expect(live.calls[0]).toContain('"from":"2026-11-24T11:50:00.000Z","to":"2026-11-24T12:00:00.000Z"');
  });

  test('says why it was refused', async () => {
    const live = stack({ clip: { ...CLIP, state: 'failed', reason: 'too early' } });
    await expect(ask(['clip', 'main', '--from=-10m'], live)).rejects.toThrow('The clip was refused: too early');
  });

  test.each([
    [['clip'], 'clip takes the name of one channel.'],
    [['clip', 'main'], 'clip was given no --from; a time such as 2026-11-28T19:00:00Z, -10m or now is needed.'],
    [['clip', 'main', '--from', '2026-11-24T12:00'], '--from 2026-11-24T12:00 was given; a time such as'],
    [['clip', 'main', '--from', '-10m', '--to', 'later'], '--to later was given; a time such as'],
    [['status', '--from', '-10m'], '--from was given to status; it belongs to clip, ads.'],
  ])('refuses %j', (words, sentence) => {
    expect(() => parseRequest(words)).toThrow(sentence);
  });
});

describe('recordings', () => {
  test('are listed with their length, or with what is missing', async () => {
    const live = stack({ recordings: [{ ...CLIP, kind: 'clip' }, SHOW] });
    expect(await ask(['recordings', 'main'], live)).toBe(0);
    expect(live.calls).toEqual(['invoke recorder {"task":"recordings","channel":"main"}']);
    expect(live.answer[0]?.split('\n')).toEqual([
      'main/20261124T115000Z-600  clip  harvesting  The goal',
      'main/20261123T190000Z      show  1 h 30 min  main, 23 November 2026  MP4',
    ]);
  });

  test('are removed one at a time', async () => {
    const live = stack({ removed: { channel: 'main', id: SHOW.id, files: 12 } });
    await ask(['recordings', 'remove', `main/${SHOW.id}`], live);
    expect(live.calls).toEqual([`invoke recorder {"task":"remove","channel":"main","id":"${SHOW.id}"}`]);
    expect(live.answer).toEqual([`Recording main/${SHOW.id} is removed, with 12 files.`]);
    expect(() => parseRequest(['recordings', 'remove', SHOW.id])).toThrow('recordings remove takes one recording');
    expect(() => parseRequest(['recordings', 'main', 'stage'])).toThrow('recordings takes the name of one channel');
  });

  test('are none of a stack that records nothing', async () => {
    await expect(ask(['recordings'], new FakeLive())).rejects.toThrow(
      'records nothing; deploy it with recording: true for a channel.',
    );
  });
});
