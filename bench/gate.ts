import { createHash, createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { gateCode } from '../bin/build/gate';
import { signed } from '../lambda/shared/viewers/token';
import type { Section } from './table';

/** Requests of one measurement. */
const REQUESTS = 50_000;
/** Largest code that CloudFront takes, in bytes. */
const LARGEST = 10_240;

type Handler = (event: { readonly request: object }) => Promise<{ readonly statusCode?: number }>;

/**
 * Measures the function that checks viewers: its size, and its time for a request. CloudFront states no time, only that a
 * function must be done in less than a millisecond, so the time is compared with a function that does nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html
 */
export async function gate(): Promise<Section> {
  const secret = Buffer.alloc(32, 7);
  const now = Math.floor(Date.now() / 1000);
  const claims = { sid: 'a'.repeat(16), v: 'v'.repeat(16), ch: ['main'], iat: now, exp: now + 600 };
  const token = signed(claims, { kid: 'k1', secret });
  const path = '/out/v1/live/main/cmaf/video_1_4711.mp4';
  const code = settled(gateCode());
  const check = handlerOf(code, secret);
  const nothing = handlerOf('async function handler(event) { return event.request; }', secret);
  const microseconds = {
    nothing: await timeOf(nothing, path, undefined),
    good: await timeOf(check, `/s/${token}${path}`, undefined),
    forged: await timeOf(check, `/s/${token.slice(0, -4)}AAAA${path}`, 401),
    clean: await timeOf(check, path, 401),
  };
  const row = (what: string, value: number) => ({
    what,
    value: `${value.toFixed(1)} µs`,
    note: `${(value / 1000).toFixed(3)} of a millisecond; ${(value / microseconds.nothing).toFixed(0)} times the first`,
  });
  const size = Buffer.byteLength(code);
  return {
    title: 'The gate: a request of a viewer at the edge',
    rows: [
      row('a function that does nothing', microseconds.nothing),
      row('a valid token', microseconds.good),
      row('a forged token', microseconds.forged),
      row('a clean path', microseconds.clean),
      { what: 'size, with ten channels', value: `${size} bytes`, note: `${(size / LARGEST).toFixed(2)} of ${LARGEST}` },
    ],
  };
}

/** Adds the settings of a stack with ten channels. */
function settled(code: string): string {
  const channels = Array.from({ length: 10 }, (_, index) => {
    const channel = index === 9 ? 'main' : `channel-${index}`;
    return { channel, isPublic: false, paths: [`/out/v1/live/${channel}/`] };
  });
  return `${code}\nconst GATE=${JSON.stringify({ channels, countries: [] })};\n`;
}

/** Loads a function with stand-ins for the modules of CloudFront's runtime. Its store answers at once. */
function handlerOf(code: string, secret: Buffer): Handler {
  const settings = { keys: { k1: secret.toString('base64url') }, voidBefore: 0 };
  const modules = {
    cloudfront: { kvs: () => ({ get: async () => settings, exists: async () => false }) },
    crypto: { createHash, createHmac },
  };
  const script = code
    .replace('import cf from "cloudfront";', 'const cf = modules.cloudfront;')
    .replace('import crypto from "crypto";', 'const crypto = modules.crypto;');
  return runInNewContext(`${script}\nhandler`, { modules, Buffer, console: { log() {} } }) as Handler;
}

/** Measures a request, in microseconds, after as many to warm up. */
async function timeOf(handler: Handler, uri: string, status: number | undefined): Promise<number> {
  let begun = 0;
  for (const measured of [false, true]) {
    begun = performance.now();
    for (let count = 0; count < REQUESTS; count += 1) {
      const { statusCode } = await handler({ request: { method: 'GET', uri, headers: {} } });
      if (statusCode !== status) throw new Error(`${uri} gave ${statusCode}; ${status} was expected`);
    }
    if (measured) break;
  }
  return ((performance.now() - begun) * 1000) / REQUESTS;
}
