import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { childEnvironment } from '../../src/host/child-environment';
import { Processes } from '../../src/host/processes';

const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
const PROXY = 'http://192.0.2.1:3128';

afterEach(() => {
  for (const name of PROXIES) delete process.env[name];
});

describe('the environment of a child process', () => {
  test('has none of the proxies of its parent, and keeps the other variables', () => {
    const given = Object.fromEntries([...PROXIES, 'no_proxy', 'NO_PROXY'].map((name) => [name, PROXY]));
    expect(childEnvironment({ ...given, NODE_USE_ENV_PROXY: '1', TZ: 'UTC' })).toEqual({
      TZ: 'UTC',
      http_proxy: 'http://127.0.0.1:1',
      no_proxy: '127.0.0.1,localhost,::1',
      NO_PROXY: '127.0.0.1,localhost,::1',
    });
  });

  test.each([
    ['its parent gives it none', undefined],
    ['its parent passes its own on', { ...process.env, http_proxy: PROXY, HTTPS_PROXY: PROXY }],
  ])('has no proxy in any process of a run: %s', async (_, env) => {
    for (const name of PROXIES) process.env[name] = PROXY;
    const folder = mkdtempSync(join(tmpdir(), 'environment-test-'));
    const processes = new Processes(folder);
    const child = processes.spawn(process.execPath, ['-p', 'JSON.stringify(process.env)'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    await once(child, 'close');
    await processes.stop();
    rmSync(folder, { recursive: true, force: true });
    const environment = JSON.parse(printed) as Record<string, string>;
    expect(printed).not.toContain(PROXY);
    expect(environment['PATH']).toBe(process.env['PATH']);
    expect(environment['no_proxy']).toBe('127.0.0.1,localhost,::1');
  });
});
