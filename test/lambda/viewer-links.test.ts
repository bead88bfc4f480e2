import { describe, expect, test } from '@jest/globals';
import { signed } from '../../lambda/shared/viewers/token';
import { type Begun, begun, byLink, link, post, renew, stack } from './ask-sessions';
import { BEGUN, type FakeSessions, LINK_SECRET } from './fake-viewers';

describe('a link', () => {
  test('opens a session without a sign-in, which is renewed without one', async () => {
    const around = stack();
    const first = (await byLink(link(), around)) as unknown as Begun;
    const token = first.base.slice(3);
    expect(await renew({ sid: first.sid, token }, around, { 'x-viewer-token': '' })).toMatchObject({ statusCode: 200 });
  });

  test('opens a channel of a group, because whoever signed it has decided', async () => {
    expect(await byLink(link({ ch: ['gold'] }), stack(), 'channel=gold')).toMatchObject({ statusCode: 200 });
  });

  test.each([
    ['of another secret', link({}, Buffer.from('guessed')), 401, 'sign-in'],
    ['without a signature', 'e30.e30.', 401, 'sign-in'],
    ['that is no link', 'link', 401, 'sign-in'],
    ['of another channel', link({ ch: ['gold'] }), 403, 'not-entitled'],
    ['that has expired', link({ exp: BEGUN }), 410, 'link-expired'],
  ])('%s is refused', async (_, text, statusCode, error) => {
    expect(await byLink(text, stack())).toMatchObject({ statusCode, error });
  });

  test('is refused where links open nothing', async () => {
    const around = stack();
    around.links = undefined;
    expect(await byLink(link(), around)).toMatchObject({ statusCode: 401, error: 'sign-in' });
  });

  test('for one use is refused the second time', async () => {
    const around = stack();
    expect(await byLink(link({ once: true }), around)).toMatchObject({ statusCode: 200 });
    expect(await byLink(link({ once: true }), around)).toMatchObject({ statusCode: 410, error: 'link-used' });
  });

  test('for one use is one, however another language writes true', async () => {
    const around = stack();
    const text = signed({ jti: 'php', ch: ['main'], exp: BEGUN + 9, once: 1 }, { kid: 'link', secret: LINK_SECRET });
    await byLink(text, around);
    expect(await byLink(text, around)).toMatchObject({ statusCode: 410, error: 'link-used' });
  });

  test('for one use stays good while its viewer is asked about another device', async () => {
    const around = stack({ maxSessions: 1 });
    await byLink(link({ jti: 'a', viewer: 'no. 7' }), around);
    const text = link({ jti: 'b', viewer: 'no. 7', once: true });
    expect(await byLink(text, around)).toMatchObject({ statusCode: 409 });
    expect(await byLink(text, around, 'channel=main&takeover=1')).toMatchObject({ statusCode: 200 });
    expect(await byLink(text, around, 'channel=main&takeover=1')).toMatchObject({
      statusCode: 410,
      error: 'link-used',
    });
  });

  test('opens the session of a new viewer at every use, if it names none', async () => {
    const around = stack({ maxSessions: 1 });
    for (const _ of [1, 2, 3]) expect(await byLink(link(), around)).toMatchObject({ statusCode: 200 });
    expect(around.book.pages.size).toBe(3);
  });

  test('counts the devices of the viewer that it names', async () => {
    const around = stack({ maxSessions: 1 });
    expect(await byLink(link({ viewer: 'no. 7' }), around)).toMatchObject({ statusCode: 200 });
    expect(await byLink(link({ viewer: 'no. 7', jti: 'link-2' }), around)).toMatchObject({ statusCode: 409 });
    expect([...around.book.pages.values()].map(({ viewer }) => viewer.name)).toEqual(['no. 7 (link)']);
  });

  test('names no viewer of the sign-in', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    expect(await byLink(link({ viewer: 'sub-a' }), around)).toMatchObject({ statusCode: 200 });
  });
});

describe('the countries', () => {
  const around = () => stack({ countries: ['DE', 'AT'] });

  test('let viewers in who are there', async () => {
    await begun(around());
  });

  test.each(['FR', ''])('refuse a session from "%s" with 451', async (country) => {
    const headers = { 'x-viewer-token': 'anna', 'cloudfront-viewer-country': country };
    expect(await post('/api/session?channel=main', headers, around())).toMatchObject({
      statusCode: 451,
      error: 'country',
    });
  });

  test('refuse a renewal from elsewhere', async () => {
    const stackOfTwo = around();
    const first = await begun(stackOfTwo);
    expect(await renew(first, stackOfTwo, { 'cloudfront-viewer-country': 'FR' })).toMatchObject({ statusCode: 451 });
  });
});

describe('a session that looks like many viewers', () => {
  const renewedFrom = async (around: FakeSessions, countries: readonly string[]) => {
    const first = await begun(around);
    for (const country of countries) {
      expect(await renew(first, around, { 'cloudfront-viewer-country': country })).toMatchObject({ statusCode: 200 });
    }
    return first;
  };

  test('is reported once, with the command that ends it', async () => {
    const around = stack();
    const { sid } = await renewedFrom(around, ['FR', 'AT', 'CH', 'IT']);
    expect(around.notices).toHaveLength(1);
    expect(around.notices[0]).toMatch(/anna@example\.com on channel main looks like many viewers/);
    expect(around.notices[0]).toContain(`npm run live -- revoke ${sid}`);
    expect(around.notices[0]).toContain('3 countries (DE, FR, AT)');
    expect(around.book.sessions[0]?.reported).toBe(true);
  });

  test('is not one that was seen in two countries', async () => {
    const around = stack();
    await renewedFrom(around, ['FR', 'DE', 'FR']);
    expect(around.notices).toEqual([]);
  });

  test('is renewed all the same when the notice fails', async () => {
    const around = stack();
    around.failing = 'notify';
    await renewedFrom(around, ['FR', 'AT', 'CH']);
  });
});
