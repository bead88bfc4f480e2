import { describe, expect, test } from '@jest/globals';
import { parseRequest } from '../../../bin/live/arguments';
import { run } from '../../../bin/live/commands';
import { FakeLive, sdkError } from './fake-live';

const EMAIL = 'ana@example.com';

function withPool(): FakeLive {
  const live = new FakeLive();
  live.outputs = { ViewerPoolId: 'pool' };
  return live;
}

function ask(words: string, live: FakeLive) {
  const request = parseRequest(words.split(' '));
  if (request === 'help') throw new Error('The test asked for help');
  return run(request, live.context());
}

describe('viewer add', () => {
  test('lets Cognito invite the viewer, on AWS', async () => {
    const live = withPool();
    expect(await ask(`viewer add ${EMAIL} --group main --group stage`, live)).toBe(0);
    expect(live.viewers.added).toEqual([{ email: EMAIL, temporaryPassword: undefined, invites: true }]);
    expect(live.viewers.calls).toEqual([`add pool ${EMAIL}`, `join ${EMAIL} main`, `join ${EMAIL} stage`]);
    expect(live.answer).toEqual([
      `Viewer ${EMAIL} is added in groups main, stage. Cognito sends the invitation to ${EMAIL}.`,
    ]);
  });

  test('prints a temporary password in a local run, which sends no e-mail', async () => {
    const live = withPool();
    await ask(`viewer add ${EMAIL} --local`, live);
    const [added] = live.viewers.added;
    expect(added).toMatchObject({ invites: false, temporaryPassword: expect.stringMatching(/^\S{20}$/) });
    expect(live.answer[0]).toContain(`Temporary password: ${added?.temporaryPassword} `);
  });

  test.each(['', ' --local', ' --json'])('sets a password that is given, and never shows it%s', async (place) => {
    const live = withPool();
    await ask(`viewer add ${EMAIL} --password Secret-Word-1${place}`, live);
    expect(live.viewers.added).toEqual([{ email: EMAIL, temporaryPassword: 'Secret-Word-1', invites: false }]);
    expect(live.viewers.calls).toContain(`password ${EMAIL} Secret-Word-1`);
    expect([...live.answer, ...live.remarks].join()).not.toContain('Secret-Word-1');
  });

  test('changes nothing when a group does not exist', async () => {
    const live = withPool();
    await expect(ask(`viewer add ${EMAIL} --group mian`, live)).rejects.toMatchObject({
      message: 'Group "mian" was given; the stack has main, stage.',
      exitCode: 2,
    });
    expect(live.viewers.calls).toEqual([]);
  });

  test('says that a viewer exists, and which rule a password breaks', async () => {
    const live = withPool();
    live.viewers.with(EMAIL);
    await expect(ask(`viewer add ${EMAIL}`, live)).rejects.toMatchObject({
      message: expect.stringContaining(`Viewer ${EMAIL} exists already`),
      exitCode: 1,
    });
    live.viewers.refusal = sdkError('InvalidPasswordException', 'Password not long enough');
    await expect(ask(`viewer add other@example.com --password p`, live)).rejects.toMatchObject({
      message: 'The password was refused: Password not long enough.',
      exitCode: 1,
    });
  });
});

describe('viewer groups', () => {
  test('tells the groups of a viewer', async () => {
    const live = withPool();
    live.viewers.with(EMAIL, 'stage').with('none@example.com');
    await ask(`viewer groups ${EMAIL}`, live);
    await ask('viewer groups none@example.com', live);
    expect(live.answer).toEqual([`Viewer ${EMAIL} is in group stage.`, 'Viewer none@example.com is in no group.']);
  });

  test('changes them', async () => {
    const live = withPool();
    live.viewers.with(EMAIL, 'stage');
    await ask(`viewer groups ${EMAIL} --add main --remove stage --json`, live);
    expect(live.viewers.calls).toEqual([`join ${EMAIL} main`, `leave ${EMAIL} stage`]);
    expect(JSON.parse(live.answer[0] ?? '')).toEqual({ email: EMAIL, groups: ['main'] });
  });
});

describe('viewer remove and viewer list', () => {
  test('remove one, and list all', async () => {
    const live = withPool();
    live.viewers.with(EMAIL, 'main', 'stage').with('b@example.com');
    await ask('viewer list', live);
    expect(live.answer).toEqual([`${EMAIL}  main, stage\nb@example.com    no group`]);
    await ask(`viewer remove ${EMAIL}`, live);
    expect(live.answer[1]).toBe(`Viewer ${EMAIL} is removed and signed out.`);
    await expect(ask(`viewer remove ${EMAIL}`, live)).rejects.toMatchObject({
      message: `There is no viewer ${EMAIL}; npm run live -- viewer list shows all.`,
      exitCode: 2,
    });
  });
});

describe('every viewer command', () => {
  test.each(['list', `add ${EMAIL}`, `remove ${EMAIL}`, `groups ${EMAIL}`])(
    'says that the stack has no sign-in by Cognito: %s',
    async (words) => {
      await expect(ask(`viewer ${words}`, new FakeLive())).rejects.toMatchObject({
        message: expect.stringContaining('Stack "live-streaming" has no sign-in by Cognito'),
        exitCode: 2,
      });
    },
  );
});
