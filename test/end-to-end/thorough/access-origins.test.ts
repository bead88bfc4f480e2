import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { StackUrls } from '../../../bin/live/urls';
import { signingKey } from '../../../lambda/shared/viewers/key-ring';
import { signed } from '../../../lambda/shared/viewers/token';
import type { LiveStreamInput } from '../../../lib/channel/live-stream';
import { PATIENCE } from '../patience';
import { PrivateRun } from '../private-run';

jest.setTimeout(3 * PATIENCE);

let run: PrivateRun | undefined;

afterEach(async () => {
  await run?.command.end();
});

/** Asks until the answer is 200, as players do while a channel starts. @returns its body */
async function untilThere(started: PrivateRun, path: string): Promise<string> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { status, body } = await started.ask(path);
    if (status === 200) return body;
    if (Date.now() > end) throw new Error(`${path} answers ${status}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** Finds the last address in a playlist, which is relative to it. */
function lastIn(playlist: string, path: string): string {
  const line = playlist.match(/^[^#\s].*$/gm)?.at(-1) ?? '';
  return new URL(line, `http://edge${path}`).pathname;
}

describe('a private channel', () => {
  test.each<NonNullable<LiveStreamInput['origin']>>([
    'media-package-v1',
    's3',
    { kind: 'media-store', acknowledgeDiscontinued: true },
  ])('is played with a token alone, from the origin %j', async (origin) => {
    run = await PrivateRun.start({ origin });
    const { channels }: StackUrls = JSON.parse(run.live('urls', 'main', '--json'));
    const { pathname } = new URL(Object.values(channels[0]?.manifests ?? {})[0] ?? '');
    const now = Math.floor(Date.now() / 1000);
    const claims = { sid: 'a'.repeat(16), v: 'v', ch: ['main'], iat: now, exp: now + 3600 };
    const door = `/s/${signed(claims, signingKey(await run.keyRing(), now))}`;
    const media = lastIn(await untilThere(run, door + pathname), door + pathname);
    const segment = lastIn(await untilThere(run, media), media);
    for (const path of [door + pathname, media, segment]) {
      expect({ path, status: (await run.ask(path)).status }).toEqual({ path, status: 200 });
      const clean = path.slice(door.length);
      expect({ clean, status: (await run.ask(clean)).status }).toEqual({ clean, status: 401 });
    }
  });
});
