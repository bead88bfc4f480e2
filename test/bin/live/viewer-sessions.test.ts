import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { FakeLive } from './fake-live';

const SESSION = {
  sid: 'abcdefghijklmnop',
  viewer: 'anna@example.com',
  channel: 'main',
  device: 'Chrome on Windows',
  since: Date.parse('2026-11-24T11:30:00Z') / 1000,
  seen: Date.parse('2026-11-24T11:59:00Z') / 1000,
  countries: ['DE'],
  reported: false,
};

function stack(...invocations: unknown[]): FakeLive {
  const live = new FakeLive();
  live.outputs = { ViewerKeysFunction: 'keys', PlayerUrl: 'https://d1.cloudfront.net/' };
  live.invocations.push(...invocations);
  return live;
}

function ask(words: string, live: FakeLive) {
  const request = parseRequest(words.split(' '));
  if (request === 'help') throw new Error('The test asked for help');
  return run(request, live.context());
}

describe('the sessions of viewers', () => {
  test('are listed with viewer, channel, device, time and country', async () => {
    const live = stack({ sessions: [SESSION, { ...SESSION, viewer: 'b', channel: 'gold', reported: true }] });
    expect(await ask('sessions', live)).toBe(0);
    expect(live.answer[0]?.split('\n')).toEqual([
      'abcdefghijklmnop  anna@example.com  main  Chrome on Windows  since 2026-11-24 11:30Z  DE',
      'abcdefghijklmnop  b                 gold  Chrome on Windows  since 2026-11-24 11:30Z  DE (looks shared)',
    ]);
  });

  test('are listed for one channel', async () => {
    const live = stack({ sessions: [SESSION] });
    await ask('sessions gold', live);
    expect(live.answer).toEqual(['Nobody watches a private channel now.']);
  });

  test('end by session or viewer', async () => {
    const live = stack({ ended: [SESSION] });
    expect(await ask('revoke anna@example.com', live)).toBe(0);
    expect(live.calls).toEqual(['invoke keys {"task":"revoke","which":"anna@example.com"}']);
    expect(live.answer[0]).toMatch(/^Ended:\nabcdefghijklmnop/);
  });

  test('name viewers of a user pool by e-mail, and end by it', async () => {
    const listed = { ...SESSION, viewer: 'uuid-of-anna@example.com' };
    const live = stack({ sessions: [listed] }, { ended: [listed] });
    live.outputs['ViewerPoolId'] = 'pool';
    live.viewers.with('anna@example.com');
    await ask('sessions', live);
    expect(live.answer[0]).toContain(' anna@example.com ');
    await ask('revoke anna@example.com', live);
    expect(live.calls.at(-1)).toBe('invoke keys {"task":"revoke","which":"uuid-of-anna@example.com"}');
  });

  test('end all at once', async () => {
    const live = stack({ voidBefore: 1 });
    await ask('revoke --all', live);
    expect(live.calls).toEqual(['invoke keys {"task":"revoke-all"}']);
    expect(live.answer).toEqual(['Every session that began before now is over.']);
  });

  test.each(['revoke', 'revoke anna --all'])('%s is refused: one of the two is needed', async (words) => {
    await expect(ask(words, stack())).rejects.toMatchObject({ exitCode: 1 });
  });

  test('refuses to end what is not there', async () => {
    await expect(ask('revoke nobody', stack({ ended: [] }))).rejects.toMatchObject({
      message: 'No open session is "nobody" or of a viewer of that name.',
      exitCode: 2,
    });
  });
});

describe('a link', () => {
  test('is an address of the player, with the link in its fragment', async () => {
    const live = stack({ link: 'a.b.c' });
    await ask('link main --hours 3 --once', live);
    expect(live.calls).toEqual(['invoke keys {"task":"link","channel":"main","hours":3,"once":true}']);
    expect(live.answer).toEqual(['https://d1.cloudfront.net/?channel=main#link=a.b.c']);
  });

  test.each(['0', 'x', '9000'])('refuses --hours %s', (hours) => {
    expect(() => parseRequest(['link', 'main', '--hours', hours])).toThrow(/more than 0 and at most a year/);
  });
});

test('a stack without access is named', async () => {
  await expect(ask('sessions', new FakeLive())).rejects.toMatchObject({
    message: expect.stringContaining('lets everybody watch'),
    exitCode: 2,
  });
});
