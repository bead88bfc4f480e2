import { describe, expect, test } from '@jest/globals';
import { begun, HOURS_12, post, renew, stack } from './ask-sessions';
import { BEGUN } from './fake-viewers';

describe('the limit of devices', () => {
  test('refuses one device more, and names the others', async () => {
    const around = stack();
    await begun(around);
    around.time += 5;
    await begun(around);
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toEqual({
      statusCode: 409,
      error: 'too-many-sessions',
      message: 'You are watching on too many devices.',
      devices: [
        { device: 'Chrome on Windows', since: BEGUN },
        { device: 'Chrome on Windows', since: BEGUN + 5 },
      ],
    });
  });

  test('counts the devices of one viewer only', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    await begun(around, 'channel=main', { 'x-viewer-token': 'gold' });
    expect(around.book.sessions).toHaveLength(2);
  });

  test('ends the oldest device at the edge when the viewer takes over', async () => {
    const around = stack();
    const first = await begun(around);
    around.time += 5;
    const second = await begun(around);
    const third = await begun(around, 'channel=main&takeover=1');
    expect(around.revoked).toEqual([{ sids: [first.sid], until: BEGUN + HOURS_12 }]);
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual([second.sid, third.sid]);
    expect(await renew(first, around)).toMatchObject({ statusCode: 410, error: 'session-ended' });
  });

  test('ends no device where a further one is refused', async () => {
    const around = stack({ whenFull: 'refuse', maxSessions: 1 });
    await begun(around);
    const answer = await post('/api/session?channel=main&takeover=1', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 409 });
    expect(around.revoked).toEqual([]);
  });

  test('keeps the older device when the edge cannot be told, so that the next try ends it', async () => {
    const around = stack({ maxSessions: 1 });
    const first = await begun(around);
    around.failing = 'revoke';
    const answer = await post('/api/session?channel=main&takeover=1', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(around.book.sessions.map(({ sid }) => sid)).toEqual([first.sid]);
    around.failing = undefined;
    await begun(around, 'channel=main&takeover=1');
    expect(around.revoked.map(({ sids }) => sids)).toEqual([[first.sid]]);
  });

  test('gives a place away when its device is silent for two renewals', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around);
    around.time += 800;
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toMatchObject({
      statusCode: 409,
    });
    around.time += 1;
    await begun(around);
  });

  test('keeps the place of a native player for as long as its token opens the media', async () => {
    const around = stack({ maxSessions: 1 });
    const { expiresAt } = await begun(around, 'channel=main&native=1');
    expect(expiresAt).toBe(BEGUN + HOURS_12);
    around.time += HOURS_12 - 1;
    expect(await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around)).toMatchObject({
      statusCode: 409,
    });
    around.time += 1;
    await begun(around);
  });

  test('is kept when two devices ask at once', async () => {
    const around = stack({ maxSessions: 1 });
    const ask = () => post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around);
    const statuses = (await Promise.all([ask(), ask(), ask()])).map(({ statusCode }) => statusCode);
    expect(statuses.toSorted()).toEqual([200, 409, 409]);
  });

  test('tries again when the viewer was changed meanwhile, up to six times', async () => {
    const around = stack();
    around.book.disturbed = 5;
    await begun(around);
    around.book.disturbed = 6;
    const answer = await post('/api/session?channel=main', { 'x-viewer-token': 'anna' }, around);
    expect(answer).toMatchObject({ statusCode: 503 });
  });

  test('leaves no place to sessions that were made void', async () => {
    const around = stack({ maxSessions: 1 });
    await begun(around, 'channel=main&native=1');
    around.time += 60;
    await around.book.setVoidBefore(around.time);
    await begun(around);
  });
});
