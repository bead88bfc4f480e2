import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type EdgeObject, madeObject } from '../../../src/services/cloudfront/edge/edge-object';
import { ObjectCache } from '../../../src/services/cloudfront/edge/object-cache';
import { SharedBody } from '../../../src/services/cloudfront/edge/shared-body';

const KB = 1024;
const object = (size: number, uri = '/'): EdgeObject => ({ ...madeObject(200, {}, Buffer.alloc(size)), uri });

describe('the cache', () => {
  test('drops the least recently used objects', () => {
    const cache = new ObjectCache(40 * KB);
    for (const key of ['a', 'b', 'c']) cache.set(key, object(10 * KB));
    cache.get('a');
    cache.set('d', object(10 * KB));
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
  });

  test('never exceeds its limit, and subtracts the objects that it drops', () => {
    const cache = new ObjectCache(40 * KB);
    for (let index = 0; index < 1000; index++) {
      cache.set(`${index % 7}`, object((index % 30) * KB));
      expect(cache.size).toBeLessThanOrEqual(40 * KB);
    }
    cache.forget(() => true);
    expect(cache.size).toBe(0);
  });

  test('counts a body once it is complete', async () => {
    const cache = new ObjectCache(100 * KB);
    const source = new PassThrough();
    cache.set('a', { ...object(0), body: new SharedBody(source) });
    const before = cache.size;
    source.end(Buffer.alloc(10 * KB));
    await turn();
    await turn();
    expect(cache.size - before).toBe(10 * KB);
    cache.delete('a');
    expect(cache.size).toBe(0);
  });

  test('counts the memory of its objects: body, headers, key and overhead', () => {
    const measured = spawnSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', join(__dirname, 'cache-memory.ts')],
      { encoding: 'utf8' },
    );
    const { taken, counted } = JSON.parse(measured.stdout) as { taken: number; counted: number };
    expect(taken).toBeGreaterThan(counted / 4);
    expect(taken).toBeLessThan(counted * 1.5);
  });

  test('counts an arriving body with its declared length', () => {
    const cache = new ObjectCache(100 * KB);
    cache.set('a', { ...object(0), length: 90 * KB, body: new SharedBody(new PassThrough()) });
    cache.set('b', { ...object(0), length: 90 * KB, body: new SharedBody(new PassThrough()) });
    expect(cache.size).toBeLessThan(100 * KB);
    expect([cache.get('a'), cache.get('b')?.length]).toEqual([undefined, 90 * KB]);
  });

  test('drops objects by path', () => {
    const cache = new ObjectCache(100 * KB);
    cache.set('a', object(1, '/a'));
    cache.set('b', object(1, '/b'));
    cache.forget((uri) => uri === '/a');
    expect([cache.get('a'), cache.get('b')?.uri]).toEqual([undefined, '/b']);
  });
});

describe('a body that grows beyond what may be kept', () => {
  test('still reaches its readers, and is not kept', async () => {
    const body = new SharedBody(Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(KB, 'x'))), 10 * KB);
    let bytes = 0;
    for await (const chunk of body.read()) bytes += chunk.length;
    expect(bytes).toBe(100 * KB);
    expect([await body.finished, body.whole]).toEqual([false, undefined]);
  });

  test('holds the origin back while its reader is behind', async () => {
    let made = 0;
    const source = new Readable({
      read() {
        made += 64 * KB;
        this.push(made > 64 * 1024 * KB ? null : Buffer.alloc(64 * KB));
      },
    });
    const body = new SharedBody(source, 64 * KB);
    const reader = body.read();
    await reader.next();
    for (let index = 0; index < 2000; index++) await turn();
    expect(made).toBeLessThan(8 * 1024 * KB);
    let bytes = 64 * KB;
    for await (const chunk of reader) bytes += chunk.length;
    expect(bytes).toBe(64 * 1024 * KB);
  });

  test('ends when nobody reads it', async () => {
    const source = new Readable({
      read() {
        this.push(Buffer.alloc(KB));
      },
    });
    const body = new SharedBody(source, 10 * KB);
    expect(await body.finished).toBe(false);
    expect(source.destroyed).toBe(true);
  });
});
