import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../src/api-server';
import { Credentials } from '../../src/wire/credentials';
import { quietCloud } from '../cloudformation/quiet-cloud';

let server: ApiServer;

beforeEach(async () => {
  server = new ApiServer(quietCloud(), {
    services: [],
    credentials: new Credentials(),
    responses: { receive: () => ({ status: 200 }) },
    dashboard: { token: 'the-key', page: () => '<p>the page</p>' },
  });
  await server.start();
});

afterEach(() => server.stop());

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });

describe('the page with the dashboards', () => {
  test('is shown to a browser that has its address, and may load nothing', async () => {
    const answer = await ask('/dashboard/the-key', { 'sec-fetch-site': 'none' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<p>the page</p>');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
  });

  test('may ask for itself again', async () => {
    expect((await ask('/dashboard/the-key', { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test.each([
    ['another key', '/dashboard/a-key', {}, 404],
    ['another key of the same length', '/dashboard/the-kez', {}, 404],
    ['a page of another site', '/dashboard/the-key', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of another port', '/dashboard/the-key', { 'sec-fetch-site': 'same-site' }, 403],
    ['a page that names its origin', '/dashboard/the-key', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page of its own that asks for something else', '/', { 'sec-fetch-site': 'same-origin' }, 403],
  ])('refuses %s', async (_, path, headers, status) => {
    expect((await ask(path, headers as Record<string, string>)).status).toBe(status);
  });
});
