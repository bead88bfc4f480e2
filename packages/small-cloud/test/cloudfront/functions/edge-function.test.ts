import { afterEach, describe, expect, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../../src/contract';
import { EdgeFunction } from '../../../src/services/cloudfront/functions/edge-function';
import { distribution, SIMPLE_CORS, TestEdge } from '../test-edge';

describe('a function', () => {
  test('may be asynchronous and import CloudFront’s modules', () => {
    const code = `import crypto from 'crypto';
      import querystring from 'querystring';
      async function handler(event) {
        await Promise.resolve();
        return { hash: crypto.createHash('md5').update(event.text).digest('hex'), query: querystring.parse('a=1').a };
      }`;
    expect(new EdgeFunction('f', code).run({ text: 'hello' })).toEqual({
      hash: '5d41402abc4b2a76b9719d911017c592',
      query: '1',
    });
  });

  test('sees the time of the cloud, which stands still during a call', () => {
    let now = Date.parse('2030-01-01T00:00:00Z');
    const clock = { now: () => now++ };
    const code = `function handler() {
      const first = Date.now();
      for (let i = 0; i < 1000; i++) { new Date(); }
      return { same: first === Date.now() && first === new Date().getTime(), year: new Date().getUTCFullYear() };
    }`;
    expect(new EdgeFunction('f', code, { clock }).run({})).toEqual({ same: true, year: 2030 });
  });

  test('does not see Node’s globals', () => {
    const code = `function handler() { return { types: [typeof globalThis.process, typeof globalThis.fetch, typeof globalThis.setTimeout] }; }`;
    expect(new EdgeFunction('f', code).run({})).toEqual({ types: ['undefined', 'undefined', 'undefined'] });
  });

  test.each([
    ['one that throws', 'function handler() { throw new Error("no seats"); }', 'f: Error: no seats'],
    ['one that rejects', 'async function handler() { throw new Error("no seats"); }', 'f: Error: no seats'],
    [
      'one that never answers',
      'function handler() { return new Promise(() => {}); }',
      'neither a request nor a response',
    ],
    [
      'an algorithm that CloudFront does not have',
      "import crypto from 'crypto'; function handler() { return crypto.createHash('sha512'); }",
      'The algorithm sha512 was given',
    ],
    ['eval', 'function handler() { return globalThis.eval("1"); }', 'Code generation from strings disallowed'],
  ])('reports %s', (_, code, sentence) => {
    const edgeFunction = new EdgeFunction('f', code);
    expect(() => edgeFunction.run({})).toThrow(sentence);
  });

  test.each([
    ['a loop', 'function handler() { for (;;); }'],
    ['a loop that catches errors', 'function handler() { for (;;) try { for (;;); } catch (e) {} }'],
    ['a loop after an await', 'async function handler() { await null; while (true) {} }'],
    ['a wait', 'async function wait() { await null; return wait(); } function handler() { return wait(); }'],
  ])('ends %s without end', (_, code) => {
    const edgeFunction = new EdgeFunction('f', code, { limitMilliseconds: 100 });
    expect(() => edgeFunction.run({})).toThrow('f: Error: the function timed out');
  });

  test('may have loops and functions of any form', () => {
    const code = `import crypto from 'crypto';
      const add = (a) => (b) => a + b, text = 'x';
      function handler() {
        let sum = 0;
        for (let i = 0; i < 3; i++) sum = add(sum)(i);
        do sum++; while (sum < 10);
        outer: for (const key in { a: 1, b: 2 }) { for (;;) continue outer; }
        return { sum: sum, list: [1, 2].map(x => ({ x: x })), text: text };
      }`;
    expect(new EdgeFunction('f', code).run({})).toMatchObject({ sum: 10, list: [{ x: 1 }, { x: 2 }], text: 'x' });
  });

  test('refuses unknown modules, and code that is too large or broken', () => {
    expect(() => new EdgeFunction('f', "const fs = require('fs'); function handler() {}")).toThrow(UnsupportedError);
    expect(() => new EdgeFunction('f', "import fs from 'fs'; function handler() {}")).toThrow('line 1: the module fs');
    expect(() => new EdgeFunction('f', `//${' '.repeat(10_240)}`)).toThrow('at most 10240');
    expect(() => new EdgeFunction('f', 'function handler( {')).toThrow('f: the code does not load: SyntaxError');
  });
});

describe('a function at the edge', () => {
  let edge: TestEdge;
  afterEach(() => edge.stop());

  async function start(eventType: string, FunctionCode: string, behavior: Properties = {}) {
    edge = new TestEdge((request, response) => {
      response.writeHead(request.url === '/missing' ? 404 : 200, { 'x-player': request.headers['x-player'] ?? 'none' });
      response.end(`body of ${request.url}`);
    });
    const made = await edge.create('Function', {
      Name: 'f',
      AutoPublish: true,
      FunctionCode,
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    });
    expect(made.ref).toBe('arn:aws:cloudfront::111122223333:function/f');
    expect(made.attribute('FunctionARN')).toBe(made.ref);
    const FunctionAssociations = [{ EventType: eventType, FunctionARN: made.ref }];
    const CachePolicyId = await edge.cachePolicy([1, 1, 9], {
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-player'] },
    });
    await edge.start(distribution({ FunctionAssociations, CachePolicyId, ...behavior }));
  }

  test('may change the request', async () => {
    await start(
      'viewer-request',
      `function handler(event) {
        const request = event.request;
        request.uri = request.uri.replace(/\\/$/, '/index.html');
        request.querystring.a.multiValue.push({ value: '3' });
        request.headers['x-player'] = { value: request.cookies.p.value };
        return request;
      }`,
    );
    const answer = await edge.get('/dir/?a=1&a=2&b', { cookie: 'p=hls' });
    expect(answer.body.toString()).toBe('body of /dir/index.html?a=1&a=2&a=3&b');
    expect(answer.headers['x-player']).toBe('hls');
  });

  test('may answer a viewer request without the origin', async () => {
    await start(
      'viewer-request',
      `function handler(event) {
        return { statusCode: 302, headers: { location: { value: '/new' } }, cookies: { c: { value: '1', attributes: 'Path=/' } },
          body: { encoding: 'base64', data: 'aGVsbG8=' } };
      }`,
    );
    const { status, headers, body } = await edge.get('/old');
    expect([status, headers.location, headers['set-cookie'], body.toString()]).toEqual([
      302,
      '/new',
      ['c=1; Path=/'],
      'hello',
    ]);
    expect(headers['x-cache']).toBe('FunctionGeneratedResponse from cloudfront');
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('answers as it says, without the response headers policy', async () => {
    await start(
      'viewer-request',
      `function handler(event) {
        return { statusCode: 401, statusDescription: 'Unauthorized', body: '{"error":"sign-in"}',
          headers: { 'cache-control': { value: 'no-store' }, 'access-control-allow-origin': { value: 'https://own' }, etag: { value: '"a"' } } };
      }`,
      { ResponseHeadersPolicyId: SIMPLE_CORS },
    );
    const asked = { origin: 'https://player.example', 'if-none-match': '"a"', range: 'bytes=0-1' };
    const { status, headers, body } = await edge.get('/a', asked);
    expect([status, body.toString()]).toEqual([401, '{"error":"sign-in"}']);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'access-control-allow-origin': 'https://own',
      'content-length': '19',
      'x-cache': 'FunctionGeneratedResponse from cloudfront',
    });
    expect(headers).not.toHaveProperty('vary');
  });

  test('gets no CORS headers from the policy for an answer without its own', async () => {
    const policy = { ResponseHeadersPolicyId: SIMPLE_CORS };
    await start('viewer-request', 'function handler() { return { statusCode: 401 }; }', policy);
    const { headers } = await edge.get('/a', { origin: 'https://player.example' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('may change a response, but not an error', async () => {
    await start(
      'viewer-response',
      `function handler(event) {
        const value = event.request.uri + ' of ' + event.context.distributionId;
        event.response.headers['x-seen'] = { value: value };
        return event.response;
      }`,
    );
    for (const result of ['Miss', 'Hit']) {
      const { headers, body } = await edge.get('/a');
      expect([headers['x-seen'], headers['x-cache']]).toEqual([`/a of ${edge.id}`, `${result} from cloudfront`]);
      expect(body.toString()).toBe('body of /a');
    }
    expect((await edge.get('/missing')).headers['x-seen']).toBeUndefined();
  });

  test.each([
    [
      'viewer-request',
      "event.request.headers.host = { value: 'a' }; return event.request;",
      'the header host was changed',
    ],
    [
      'viewer-request',
      "event.request.headers['x-edge-a'] = { value: 'a' }; return event.request;",
      'x-edge-a was answered',
    ],
    ['viewer-request', "event.request.uri = 'a'; return event.request;", 'must begin with a slash'],
    ['viewer-request', "event.request.querystring = 'a=b c'; return event.request;", 'the query string has a space'],
    ['viewer-request', "event.request.uri = '/'.repeat(8192); return event.request;", 'a uri of 8193 characters'],
    ['viewer-request', "return { statusCode: 200, headers: { 'x-cache': { value: 'a' } } };", 'x-cache was answered'],
    [
      'viewer-response',
      "event.response.headers.via = { value: 'a' }; return event.response;",
      'the header via was changed',
    ],
  ])('on %s answers 502 for what CloudFront does not take: %s', async (eventType, body, sentence) => {
    await start(eventType, `function handler(event) { ${body} }`);
    const answer = await edge.get('/a');
    expect([answer.status, answer.body.toString()]).toEqual([502, expect.stringContaining(sentence)]);
  });

  test('sees neither the headers of the connection nor those of the edge', async () => {
    await start(
      'viewer-request',
      'function handler(event) { return { statusCode: 200, body: Object.keys(event.request.headers).join() }; }',
    );
    const { body } = await edge.get('/a', { connection: 'close', 'x-real-ip': '1.2.3.4', 'x-player': 'p' });
    expect(body.toString()).toBe('x-player,host');
  });

  test.each(['viewer-request', 'viewer-response'])(
    'that fails on %s answers 503 with its message',
    async (eventType) => {
      await start(eventType, 'function handler() { throw new Error("no seats"); }');
      const { status, headers, body } = await edge.get('/a');
      expect([status, headers['x-cache']]).toEqual([503, 'FunctionExecutionError from cloudfront']);
      expect(body.toString()).toContain('no seats');
      expect(edge.cloud.told).toEqual(['f: Error: no seats']);
      expect((await edge.get('/a')).headers['x-cache']).toBe('FunctionExecutionError from cloudfront');
    },
  );
});
