/**
 * Prints the memory of 5,000 cached objects and the cache's count for them, in bytes. Runs with `--expose-gc`, alone
 * in a process.
 */
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { madeObject } from '../../../src/services/cloudfront/edge/edge-object';
import { ObjectCache } from '../../../src/services/cloudfront/edge/object-cache';
import { SharedBody } from '../../../src/services/cloudfront/edge/shared-body';

const KB = 1024;

/** Builds a string in one piece, as a connection delivers it. `repeat` alone would build one of many pieces. */
const received = (text: string) => Buffer.from(text).toString('latin1');

const inUse = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Measures the bytes in use after garbage collection, when three rounds have freed nothing more. */
async function memory(): Promise<number> {
  let least = inUse();
  for (let idle = 0; idle < 3; idle++) {
    await sleep(50);
    const now = inUse();
    if (now < least - 100 * KB) idle = 0;
    least = Math.min(least, now);
  }
  return least;
}

async function fill(cache: ObjectCache): Promise<void> {
  const ends: Promise<unknown>[] = [];
  for (let index = 0; index < 5000; index++) {
    const source = Object.assign(new PassThrough(), { connection: Buffer.alloc(8 * KB) });
    const body = new SharedBody(source);
    const headers = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`x-${at}`, received(`${index} `.repeat(6))]),
    );
    cache.set(`/object/${index}`, { ...madeObject(200, headers, Buffer.alloc(0)), uri: `/object/${index}`, body });
    ends.push(body.finished);
    source.end(Buffer.alloc(200));
  }
  await Promise.all(ends);
}

async function main(): Promise<void> {
  const cache = new ObjectCache(1024 * 1024 * KB);
  const before = await memory();
  await fill(cache);
  console.log(JSON.stringify({ taken: (await memory()) - before, counted: cache.size }));
}

void main();
