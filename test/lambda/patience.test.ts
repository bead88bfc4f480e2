import { describe, expect, test } from '@jest/globals';
import { patient } from '../../lambda/channel-state/patience';
import { FakeMediaLive } from './fake-media-live';

const named = (name: string) => Object.assign(new Error(`${name} was thrown`), { name });

/** Asks for a state that MediaLive refuses `times` before it answers. */
async function ask(name: string, times: number, seconds = 600) {
  const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
  const begun = media.clock.now();
  const look = media.look.bind(media);
  let asked = 0;
  media.look = async (id) => {
    asked += 1;
    if (asked <= times) throw named(name);
    return look(id);
  };
  const asking = patient(media, media.clock, begun + seconds * 1000).look('1');
  const ended = await asking.then(
    ({ state }) => state,
    (error: Error) => error.message,
  );
  return { ended, seconds: (media.clock.now() - begun) / 1000 };
}

describe('patience with MediaLive', () => {
  test.each(['TooManyRequestsException', 'InternalServerErrorException', 'TimeoutError'])(
    'outlives many a %s',
    async (name) => {
      expect((await ask(name, 50)).ended).toBe('RUNNING');
    },
  );

  test('ends at the deadline', async () => {
    const { ended, seconds } = await ask('TooManyRequestsException', Number.POSITIVE_INFINITY, 60);
    expect(ended).toMatch('was thrown');
    expect(seconds).toBeLessThan(60);
  });

  test('waits for a permission that is still on its way', async () => {
    expect((await ask('AccessDeniedException', 3)).ended).toBe('RUNNING');
  });

  test('does not wait for a permission that does not come', async () => {
    const { ended, seconds } = await ask('AccessDeniedException', Number.POSITIVE_INFINITY);
    expect(ended).toMatch('was thrown');
    expect(seconds).toBeLessThan(20);
  });

  test('hands on at once what does not pass by itself', async () => {
    expect(await ask('ConflictException', 1)).toEqual({ ended: 'ConflictException was thrown', seconds: 0 });
  });
});
