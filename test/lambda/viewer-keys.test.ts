import { describe, expect, test } from '@jest/globals';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { linkSecretOf, readLink } from '../../lambda/shared/viewers/link';
import type { Session } from '../../lambda/shared/viewers/viewer';
import { keyTask, viewerKeysHandler } from '../../lambda/viewer-keys/handler';
import { BEGUN, FakeKeys, LINK_SECRET } from './fake-viewers';

const HOUR = 3600;

function session(sid: string, overrides: Partial<Session> = {}): Session {
  return {
    sid,
    channel: 'main',
    device: 'Chrome on Windows',
    since: BEGUN - 60,
    seen: BEGUN - 60,
    until: BEGUN + 12 * HOUR,
    silence: 800,
    signedIn: true,
    seenFrom: { countries: ['DE'], networks: [], agents: [] },
    reported: false,
    ...overrides,
  };
}

function viewers(around: FakeKeys, all: Readonly<Record<string, readonly Session[]>>): FakeKeys {
  for (const [name, sessions] of Object.entries(all)) {
    around.book.pages.set(`id of ${name}`, { viewer: { name, sessions }, version: 1 });
  }
  return around;
}

const event = (type: 'Create' | 'Update' | 'Delete') =>
  ({
    RequestType: type,
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/live/1',
    LogicalResourceId: 'Provided',
    PhysicalResourceId: 'known',
  }) as unknown as CloudFormationCustomResourceEvent;

async function provide(around: FakeKeys, type: 'Create' | 'Update' | 'Delete' = 'Create') {
  return viewerKeysHandler(around).handle(event(type), (around.time + 100) * 1000);
}

describe('the keys of a stack', () => {
  test('are one at first, which the secret has before the edge', async () => {
    const around = new FakeKeys();
    await provide(around);
    expect(around.calls).toEqual(['secret write', 'edge put']);
    expect(around.settings).toEqual({ keys: { k1: Buffer.alloc(32, 1).toString('base64url') }, voidBefore: 0 });
  });

  test('stay as they are at an update, and are handed to the edge again', async () => {
    const around = new FakeKeys();
    await provide(around);
    const { settings } = around;
    around.edge.entries = {};
    expect(await provide(around, 'Update')).toEqual({ physicalId: 'known' });
    expect(around.settings).toEqual(settings);
  });

  test('are left to the resources of the stack at its deletion', async () => {
    const around = new FakeKeys();
    await provide(around, 'Delete');
    expect(around.calls).toEqual([]);
  });

  test('are not given up when the store refuses: the permission may be new', async () => {
    const around = new FakeKeys();
    const put = around.edge.put.bind(around.edge);
    let refusals = 0;
    around.edge.put = async (entries) => {
      refusals += 1;
      if (refusals < 3) {
        throw Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
      }
      await put(entries);
    };
    await provide(around);
    expect(Object.keys(around.settings.keys)).toEqual(['k1']);
  });
});

describe('a rotation', () => {
  test('hands the new key to the edge before the secret, from which it is signed', async () => {
    const around = new FakeKeys();
    await provide(around);
    around.calls.length = 0;
    expect(await keyTask({ task: 'rotate' }, around)).toEqual({ keys: ['k1', 'k2'] });
    expect(around.calls.slice(-3)).toEqual(['edge put', 'secret write', 'edge put']);
    expect(Object.keys(around.settings.keys)).toEqual(['k1', 'k2']);
  });

  test('signs with no key that the edge does not have', async () => {
    const around = new FakeKeys();
    await provide(around);
    around.edge.failing = true;
    const before = around.text;
    await expect(keyTask({ task: 'rotate' }, around)).rejects.toThrow('does not answer');
    expect(around.text).toBe(before);
  });

  test.each([
    ['keeps an old key while a session may have a token of it', 12 * HOUR + 59, ['k1', 'k2', 'k3']],
    ['drops an old key after that', 12 * HOUR + 60, ['k2', 'k3']],
  ])('%s', async (_, seconds, kids) => {
    const around = new FakeKeys();
    await provide(around);
    await keyTask({ task: 'rotate' }, around);
    around.time += seconds;
    expect(await keyTask({ task: 'rotate' }, around)).toEqual({ keys: kids });
  });

  test('tells no key to whoever asks for it', async () => {
    const around = new FakeKeys();
    await provide(around);
    expect(JSON.stringify(await keyTask({ task: 'rotate' }, around))).not.toContain(around.settings.keys['k1']);
  });

  test('keeps the time before which all is void', async () => {
    const around = new FakeKeys();
    await keyTask({ task: 'revoke-all' }, around);
    await keyTask({ task: 'rotate' }, around);
    expect(around.settings.voidBefore).toBe(BEGUN + 1);
  });

  test('leaves the edge its key and the time, when everything is revoked at any moment of it', async () => {
    const moments = 6;
    for (let moment = 1; moment <= moments; moment += 1) {
      const around = new FakeKeys();
      await provide(around);
      let reached = 0;
      const interrupt = async () => {
        reached += 1;
        if (reached === moment) await keyTask({ task: 'revoke-all' }, around);
      };
      const { read, write } = around.secret;
      around.secret.read = async () => read().then(async (text) => interrupt().then(() => text));
      around.secret.write = async (text) => interrupt().then(() => write(text));
      const voidBefore = around.book.voidBefore.bind(around.book);
      around.book.voidBefore = async () => voidBefore().then(async (time) => interrupt().then(() => time));
      await keyTask({ task: 'rotate' }, around);
      expect(reached).toBeGreaterThanOrEqual(moments);
      expect({ moment, ...around.settings }).toMatchObject({ moment, voidBefore: BEGUN + 1 });
      expect(Object.keys(around.settings.keys)).toEqual(['k1', 'k2']);
      expect(JSON.parse(around.text).keys).toHaveLength(2);
    }
  });
});

describe('a revocation', () => {
  const two = () =>
    viewers(new FakeKeys(), {
      'anna@example.com': [session('a1'), session('a2', { until: BEGUN + HOUR })],
      'bert@example.com': [session('b1')],
    });

  test('of a session ends it at the edge first, and then in the book', async () => {
    const around = two();
    expect(await keyTask({ task: 'revoke', which: 'a2' }, around)).toMatchObject({
      ended: [{ sid: 'a2', viewer: 'anna@example.com', channel: 'main' }],
    });
    expect(around.calls).toEqual(['edge put', 'book write']);
    expect(around.edge.entries).toEqual({ 'r.a2': String(BEGUN + HOUR) });
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual(['a1', 'b1']);
  });

  test('of a viewer ends all sessions of that name, in whichever letters', async () => {
    const around = two();
    await keyTask({ task: 'revoke', which: 'Anna@Example.com' }, around);
    expect(Object.keys(around.edge.entries)).toEqual(['r.a1', 'r.a2']);
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual(['b1']);
  });

  test('ends a session that begins meanwhile as well', async () => {
    const around = two();
    const write = around.book.write.bind(around.book);
    around.book.write = async (_, page) => {
      around.book.write = write;
      viewers(around, {
        'anna@example.com': [...(page.viewer.sessions ?? []), session('a1'), session('a2'), session('a3')],
      });
      return false;
    };
    await keyTask({ task: 'revoke', which: 'anna@example.com' }, around);
    expect(Object.keys(around.edge.entries)).toEqual(['r.a1', 'r.a2', 'r.a3']);
  });

  test('can be repeated when the edge does not answer: the sessions are still there', async () => {
    const around = two();
    around.edge.failing = true;
    await expect(keyTask({ task: 'revoke', which: 'a1' }, around)).rejects.toThrow('does not answer');
    around.edge.failing = false;
    expect(await keyTask({ task: 'revoke', which: 'a1' }, around)).toMatchObject({ ended: [{ sid: 'a1' }] });
  });

  test('of nobody ends nothing, and writes nothing', async () => {
    const around = two();
    expect(await keyTask({ task: 'revoke', which: 'eve' }, around)).toEqual({ ended: [] });
    expect(around.calls).toEqual([]);
  });

  test('of all is in the book before the edge, and takes in the tokens of this second', async () => {
    const around = two();
    await provide(around);
    around.calls.length = 0;
    expect(await keyTask({ task: 'revoke-all' }, around)).toEqual({ voidBefore: BEGUN + 1 });
    expect(around.calls).toEqual(['book setVoidBefore', 'edge put']);
    expect(around.settings.voidBefore).toBe(BEGUN + 1);
  });
});

describe('the list of sessions', () => {
  test('has the open ones, the newest first', async () => {
    const around = viewers(new FakeKeys(), {
      anna: [session('old', { since: BEGUN - 600 }), session('new')],
      bert: [session('silent', { seen: BEGUN - 801 }), session('over', { until: BEGUN })],
    });
    const { sessions } = (await keyTask({ task: 'sessions' }, around)) as {
      readonly sessions: readonly { sid: string }[];
    };
    expect(sessions.map(({ sid }) => sid)).toEqual(['new', 'old']);
  });

  test('leaves out those that were made void', async () => {
    const around = viewers(new FakeKeys(), { anna: [session('old')] });
    await keyTask({ task: 'revoke-all' }, around);
    expect(await keyTask({ task: 'sessions' }, around)).toEqual({ sessions: [] });
  });
});

describe('a sweep', () => {
  test('removes revocations whose last token is over, and nothing else', async () => {
    const around = new FakeKeys();
    await provide(around);
    around.edge.entries = {
      ...around.edge.entries,
      'r.over': String(BEGUN - 61),
      'r.graced': String(BEGUN - 60),
      'r.open': String(BEGUN + 5),
    };
    expect(await keyTask({ task: 'sweep' }, around)).toEqual({ removed: 1 });
    expect(Object.keys(around.edge.entries)).toEqual(['cfg', 'r.graced', 'r.open']);
  });

  test('of nothing writes nothing', async () => {
    const around = new FakeKeys();
    expect(await keyTask({ task: 'sweep' }, around)).toEqual({ removed: 0 });
    expect(around.calls).toEqual([]);
  });
});

describe('a link of the operator', () => {
  const task = { task: 'link', channel: 'gold', hours: 1.5, once: true } as const;

  test('opens one channel for some hours', async () => {
    const { link } = (await keyTask(task, new FakeKeys())) as { readonly link: string };
    expect(readLink(link, LINK_SECRET)).toEqual({
      jti: expect.stringMatching(/^id/),
      ch: ['gold'],
      exp: BEGUN + 5400,
      once: true,
    });
  });

  test.each([
    [
      'of a channel that is not private',
      { ...task, channel: 'free' },
      'free is no private channel of this stack; there is main, gold',
    ],
    ['of no hours', { ...task, hours: 0 }, 'hours: 0 was given'],
    ['of a negative number of hours', { ...task, hours: -1 }, 'hours: -1 was given'],
    ['of no number of hours', { ...task, hours: Number.NaN }, 'hours: NaN was given'],
    ['of more than a year', { ...task, hours: 24 * 367 }, 'hours: 8808 was given'],
  ])('%s is refused', async (_, wrong, sentence) => {
    await expect(keyTask(wrong, new FakeKeys())).rejects.toThrow(sentence);
  });

  test('is refused where links open nothing', async () => {
    const around = new FakeKeys();
    around.links = undefined;
    await expect(keyTask(task, around)).rejects.toThrow('links: false');
  });

  test('is signed with the text of the secret, as the backend of a platform reads it', () => {
    expect(linkSecretOf('{"key":"abc"}')).toEqual(Buffer.from('abc'));
    expect(() => linkSecretOf('{}')).toThrow('holds no key');
    expect(() => linkSecretOf('{"key":""}')).toThrow('holds no key');
  });
});

test('refuses a task that it does not know', async () => {
  await expect(keyTask({ task: 'dance' } as never, new FakeKeys())).rejects.toThrow('There is no task');
});
