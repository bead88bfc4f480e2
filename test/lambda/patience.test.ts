import { describe, expect, test } from '@jest/globals';
import { NoAnswerError } from '../../lambda/shared/answer';
import { patientChannels } from '../../lambda/shared/channels/patient';
import { FakeMediaLive } from './fake-media-live';

/** A refusal as the SDK throws it. */
const refusal = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name} was thrown`), {
    name,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode },
  });

/** Asks for a state that MediaLive refuses `times` before it answers. */
async function ask(error: Error, times: number, seconds = 600) {
  const media = new FakeMediaLive().add('1', { state: 'RUNNING' });
  const begun = media.clock.now();
  const look = media.look.bind(media);
  let asked = 0;
  media.look = async (id) => {
    asked += 1;
    if (asked <= times) throw error;
    return look(id);
  };
  const asking = patientChannels(media, media.clock, begun + seconds * 1000).look('1');
  const ended = await asking.then(
    ({ state }) => state,
    (error: Error) => error.message,
  );
  return { ended, seconds: (media.clock.now() - begun) / 1000 };
}

describe('patience with MediaLive', () => {
  test.each([
    ['TooManyRequestsException', refusal('TooManyRequestsException', 429)],
    ['InternalServerErrorException', refusal('InternalServerErrorException', 500)],
    ['ServiceUnavailableException', refusal('ServiceUnavailableException', 503)],
    ['error of the server that has no name', refusal('Unknown', 504)],
    ['throttling with status 400', refusal('ThrottlingException', 400)],
    ['broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: {} })],
    ['page of HTML', Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 200 } })],
    ['answer that is null', Object.assign(new TypeError('of null'), { $metadata: { httpStatusCode: 200 } })],
    ['answer without a state', new NoAnswerError('MediaLive gave an answer without the state of the channel')],
  ])('outlives many a %s', async (_, error) => {
    expect((await ask(error, 50)).ended).toBe('RUNNING');
  });

  test('ends before the deadline, with the words of the service', async () => {
    const { ended, seconds } = await ask(refusal('TooManyRequestsException', 429), Number.POSITIVE_INFINITY, 60);
    expect(ended).toMatch('TooManyRequestsException was thrown');
    expect(seconds).toBeLessThanOrEqual(45);
    expect(seconds).toBeGreaterThan(40);
  });

  test('ends with a sentence when what came was no answer', async () => {
    const html = Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 503 } });
    const { ended } = await ask(html, Number.POSITIVE_INFINITY, 60);
    expect(ended).toBe('MediaLive gave an answer that cannot be read (HTTP status 503)');
  });

  test('waits for a permission that is still on its way for the best part of a minute', async () => {
    expect((await ask(refusal('AccessDeniedException', 403), 25)).ended).toBe('RUNNING');
  });

  test('does not wait for a permission that does not come', async () => {
    const { ended, seconds } = await ask(refusal('AccessDeniedException', 403), Number.POSITIVE_INFINITY);
    expect(ended).toMatch('was thrown');
    expect(seconds).toBeLessThan(65);
  });

  test.each([
    ['a conflict', refusal('ConflictException', 409)],
    ['a call that does not exist', refusal('NotImplementedException', 501)],
    ['a mistake of its own', new TypeError('x is not a function')],
  ])('hands on %s at once', async (_, error) => {
    expect(await ask(error, 1)).toEqual({ ended: error.message, seconds: 0 });
  });
});
