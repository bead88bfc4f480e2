import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { synthesizeTo } from '../../bin/live-streaming/assembly';
import { type KeyRing, readKeyRing, signingKey } from '../../lambda/shared/viewers/key-ring';
import { signed, type TokenKey } from '../../lambda/shared/viewers/token';
import type { LiveStreamInput } from '../../lib/channel/live-stream';
import { openBrowser, untilPlaying } from './browser';
import { LocalCommand } from './command';
import { PATIENCE } from './patience';

jest.setTimeout(2 * PATIENCE);

const SMALL = { input: { kind: 'test-clip' as const }, ladder: [{ width: 426, height: 240, bitrate: 300_000 }] };
const DESCRIPTION: LiveStreamInput = {
  access: { signIn: 'cognito', tokenMinutes: 5, maxSessions: 2 },
  channels: [
    { name: 'main', ...SMALL, latency: 'low' },
    // They do not run: who may watch them shows without a picture, and one encoder leaves the machine its breath.
    { name: 'gold', ...SMALL, running: false, access: { groups: ['gold'] } },
    { name: 'free', ...SMALL, running: false, access: 'public' },
  ],
};
/** Lifetime of a token here, in seconds: too short for a description, long enough for a busy machine. */
const TOKEN_SECONDS = 15;
const PASSWORD = 'Local-viewer-1';
const MAIN = '/out/v1/live-streaming/main/cmaf/index.m3u8';
const EMPTY_BODY = { 'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' };

let command: LocalCommand;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  command = await LocalCommand.ofTemplate(async (folder) => {
    const config = join(folder, 'access.json');
    writeFileSync(config, JSON.stringify(DESCRIPTION));
    const template = await synthesizeTo(folder, config);
    const text = readFileSync(template, 'utf8');
    const short = text.replace('\\"tokenMinutes\\":5', `\\"tokenMinutes\\":${TOKEN_SECONDS / 60}`);
    expect(short).not.toBe(text);
    writeFileSync(template, short);
    return template;
  });
});

afterAll(async () => {
  await browser.close();
  await command.end();
});

/** Opens the player in a browser profile of its own, as on another device. */
async function device(query: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${command.playerUrl}${query}`);
  return page;
}

/** Opens the player and signs in on the page of the user pool. */
async function signedIn(query: string, name = 'viewer@example.com'): Promise<Page> {
  const page = await device(query);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

const untilPanel = (page: Page, headline: string) => page.getByRole('heading', { name: headline }).waitFor();

/** Runs `npm run live`, as an operator does. */
function live(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bin/live.ts', ...args, '--endpoint', command.apiUrl],
    { cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`live ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Ends every session, so that a test begins with none. */
async function closeAll(): Promise<void> {
  for (const context of contexts.splice(0)) await context.close();
  live('revoke', '--all');
  // Tokens of the same second are void as well.
  await new Promise((done) => setTimeout(done, 2100));
}

const settings = () => ({ endpoint: command.apiUrl, region: 'us-east-1', credentials: command.keys });

/** Finds a resource of the stack by the beginning of its logical id. */
async function resource(prefix: string): Promise<string> {
  const { StackResources = [] } = await new CloudFormationClient(settings()).send(
    new DescribeStackResourcesCommand({ StackName: 'live-streaming' }),
  );
  const found = StackResources.find(({ LogicalResourceId = '' }) => LogicalResourceId.startsWith(prefix));
  return found?.PhysicalResourceId ?? '';
}

/** Reads the keys of the stack, as its functions do. */
async function keyRing(): Promise<KeyRing> {
  const SecretId = await resource('AccessKeySecret');
  const { SecretString = '{}' } = await new SecretsManagerClient(settings()).send(
    new GetSecretValueCommand({ SecretId }),
  );
  const ring = readKeyRing(SecretString);
  if (ring === undefined) throw new Error('the stack has no keys');
  return ring;
}

/** Claims of a token for the channel main that is good for a minute. */
function claims(more: object = {}): object {
  const iat = Math.floor(Date.now() / 1000);
  return { sid: 'a'.repeat(16), v: 'v', ch: ['main'], iat, exp: iat + 60, ...more };
}

/** Asks the edge with a path as it stands: `fetch` would tidy it. */
function ask(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: command.port, path, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', failed).end();
  });
}

/** Asks for a session with a link. */
async function sessionByLink(link: string): Promise<{ status: number; base: string; error?: string }> {
  const headers = { ...EMPTY_BODY, 'x-viewer-link': link, 'content-length': '0' };
  const { status, body } = await ask('/api/session?channel=main', { method: 'POST', headers });
  return { status, ...JSON.parse(body) };
}

describe('a viewer of a private channel', () => {
  test.each(['ll-hls', 'hls', 'dash'])('signs in and watches in %s', async (format) => {
    const page = await device(`?channel=main&format=${format}`);
    await untilPanel(page, 'Sign in to watch');
    await closeAll();
    await untilPlaying(await signedIn(`?channel=main&format=${format}`));
  });

  test('is told that a channel is for another group; a member of it waits for the picture', async () => {
    await closeAll();
    await untilPanel(await signedIn('?channel=gold'), 'Your account may not watch this channel');
    const member = await signedIn('?channel=gold', 'gold@example.com');
    await member.locator('[data-status="waiting"]').waitFor({ state: 'attached' });
    expect(live('sessions', 'gold')).toContain('gold');
  });

  test('needs no session for a public channel', async () => {
    const page = await device('?channel=free');
    await page.locator('[data-status="waiting"]').waitFor({ state: 'attached' });
    expect((await ask(MAIN.replace('/main/', '/free/'))).status).toBe(404);
  });

  test('is asked on the third device of two, and takes over from the first', async () => {
    await closeAll();
    const first = await signedIn('?channel=main');
    await untilPlaying(first);
    await untilPlaying(await signedIn('?channel=main'));
    const third = await signedIn('?channel=main');
    await untilPanel(third, 'Too many devices');
    await third.getByRole('button', { name: 'Watch here instead' }).click();
    await untilPlaying(third);
    await untilPanel(first, 'Your session was ended');
  });

  test('is told within a minute that an operator ended the session', async () => {
    await closeAll();
    const page = await signedIn('?channel=main');
    await untilPlaying(page);
    const [, sid = ''] = /^(\S{16}) /m.exec(live('sessions')) ?? [];
    live('revoke', sid);
    const begun = Date.now();
    await untilPanel(page, 'Your session was ended');
    console.log(`the session ended at the viewer after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    expect(live('sessions')).toMatch(/Nobody watches/);
  });

  test('watches on through renewals and a rotation of the keys', async () => {
    await closeAll();
    const page = await signedIn('?channel=main&format=hls');
    await untilPlaying(page);
    const tokens = new Set<string>();
    let begins = 0;
    page.on('request', (asked) => {
      const [, found] = /\/s\/([^/]+)\//.exec(asked.url()) ?? [];
      if (found !== undefined) tokens.add(found);
      if (/\/api\/session\?/.test(asked.url())) begins += 1;
    });
    await new LambdaClient(settings()).send(
      new InvokeCommand({ FunctionName: await resource('AccessKeysFunction'), Payload: '{"task":"rotate"}' }),
    );
    const end = Date.now() + PATIENCE;
    while (tokens.size < 5 && Date.now() < end) await page.waitForTimeout(500);
    await untilPlaying(page);
    expect(tokens.size).toBeGreaterThanOrEqual(5);
    expect(begins).toBe(0);
    expect((await keyRing()).keys.length).toBeGreaterThanOrEqual(2);
  });

  test('uses a one-time link once', async () => {
    await closeAll();
    const [, link = ''] = live('link', 'main', '--once').split('#');
    const page = await device(`?channel=main#${link.trim()}`);
    await untilPlaying(page);
    expect(page.url()).not.toContain('link=');
    await untilPanel(await device(`?channel=main#${link.trim()}`), 'This link has been used');
  });
});

describe('the gate', () => {
  test('lets a token of the stack in, for its channel and no other', async () => {
    const key = signingKey(await keyRing(), Date.now() / 1000);
    const good = signed(claims(), key);
    expect((await ask(`/s/${good}${MAIN}`)).status).toBe(200);
    expect((await ask(`/s/${good}${MAIN.replace('/main/', '/gold/')}`)).status).toBe(401);
    expect((await ask(`/s/${good}${MAIN.replace('/main/', '/free/')}`)).status).toBe(400);
  });

  test.each<[string, (key: TokenKey) => string, number]>([
    ['the clean path', () => MAIN, 401],
    ['an expired token', (key) => `/s/${signed(claims({ exp: 1 }), key)}${MAIN}`, 401],
    ['a token of the future', (key) => `/s/${signed(claims({ iat: 4_000_000_000 }), key)}${MAIN}`, 401],
    ['claims that were changed', (key) => `/s/${tampered(signed(claims(), key))}${MAIN}`, 401],
    ['no algorithm', () => `/s/${unsigned()}${MAIN}`, 401],
    ['an unknown key', ({ secret }) => `/s/${signed(claims(), { kid: 'k99', secret })}${MAIN}`, 401],
    ['a key named constructor', ({ secret }) => `/s/${signed(claims(), { kid: 'constructor', secret })}${MAIN}`, 401],
    ['another secret', ({ kid }) => `/s/${signed(claims(), { kid, secret: Buffer.alloc(32) })}${MAIN}`, 401],
    [
      'a path that climbs into another channel',
      (key) => `/s/${signed(claims(), key)}/out/v1/live-streaming/main/../gold/cmaf/index.m3u8`,
      401,
    ],
    ['an encoded slash', (key) => `/s/${signed(claims(), key)}/out/v1/live-streaming/main%2f..%2fgold/index.m3u8`, 400],
    ['a doubled slash', (key) => `/s/${signed(claims(), key)}/${MAIN}`, 400],
  ])('refuses %s', async (_, path, status) => {
    const key = signingKey(await keyRing(), Date.now() / 1000);
    const answer = await ask(path(key));
    expect(answer).toMatchObject({ status, headers: { 'cache-control': 'no-store' } });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  test('believes no header that a viewer makes up', async () => {
    const headers = { 'x-viewer-session': 'a.b.c', 'x-viewer-token': 'a.b.c', 'cloudfront-viewer-country': 'DE' };
    expect((await ask(MAIN, { headers })).status).toBe(401);
    const sent = { ...EMPTY_BODY, ...headers, 'content-length': '0' };
    expect((await ask('/api/session?channel=main', { method: 'POST', headers: sent })).status).toBe(401);
  });

  test('makes one copy of an object in the cache for a hundred viewers', async () => {
    const key = signingKey(await keyRing(), Date.now() / 1000);
    const tokens = Array.from({ length: 100 }, (_, viewer) => signed(claims({ v: `viewer-${viewer}` }), key));
    const [media = ''] = (await ask(`/s/${tokens[0]}${MAIN}`)).body.match(/^[^#\n]+\.m3u8.*$/m) ?? [];
    const folder = MAIN.slice(0, MAIN.lastIndexOf('/') + 1);
    const playlist = (await ask(`/s/${tokens[0]}${folder}${media}`)).body;
    const segment = playlist.match(/^[^#\n]+$/m)?.[0] ?? '';
    const seen: string[] = [];
    for (const token of tokens) {
      const { status, headers } = await ask(`/s/${token}${folder}${segment}`);
      expect(status).toBe(200);
      seen.push(String(headers['x-cache']));
    }
    expect(seen.filter((cache) => cache.startsWith('Miss')).length).toBeLessThanOrEqual(1);
    // A query and a header of the viewer make no other copy either.
    const other = await ask(`/s/${tokens[1]}${folder}${segment}?x=1`, { headers: { 'x-forwarded-host': 'evil' } });
    expect(other.headers['x-cache']).toMatch(/^Hit/);
  });

  test('refuses a link that was used, and one of another key', async () => {
    const [, once = ''] = live('link', 'main', '--once').trim().split('#link=');
    expect(await sessionByLink(once)).toMatchObject({ status: 200 });
    expect(await sessionByLink(once)).toMatchObject({ status: 410, error: 'link-used' });
    const forged = signed({ jti: 'x', ch: ['main'], exp: 4_000_000_000 }, { kid: 'link', secret: Buffer.alloc(32) });
    expect(await sessionByLink(forged)).toMatchObject({ status: 401, error: 'sign-in' });
  });
});

test('no key, token or link of the run is in its log, its Outputs or its template', async () => {
  const { keys } = await keyRing();
  const [, link = ''] = live('link', 'main').trim().split('#link=');
  const outputs = live('urls', '--json');
  for (const secret of [...keys.map((key) => key.secret), link]) {
    expect(command.log + command.output + outputs).not.toContain(secret);
  }
  expect(command.log).not.toMatch(/\/s\/eyJ/);
});

/** Replaces the claims of a token, and keeps its signature. */
function tampered(token: string): string {
  const [head, , signature] = token.split('.');
  return [head, encoded(claims({ sid: 'b'.repeat(16) })), signature].join('.');
}

/** Makes a token that says that it needs no signature. */
function unsigned(): string {
  return [encoded({ alg: 'none', kid: 'k1' }), encoded(claims()), 'a'.repeat(43)].join('.');
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
