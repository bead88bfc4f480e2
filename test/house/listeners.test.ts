import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const SOURCE = resolve(__dirname, '..', '..', 'packages', 'small-cloud', 'src');

/** The guard itself, and the edge, which serves pages. */
const MAKERS = ['services/cloudfront/edge/front-door.ts', 'wire/guarded-server.ts'];

describe('the HTTP listeners of the local run', () => {
  test('all go through the guard, except the edge', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(ts|cjs|mjs|js)$/.test(file),
    );
    const makers = files.filter((file) => makesServers(readFileSync(join(SOURCE, file), 'utf8')));
    expect(makers.sort()).toEqual(MAKERS);
  });

  test.each([
    ["import { createServer } from 'node:http';", true],
    ["import { type Server, createServer as made } from 'node:https';", true],
    ["import http from 'node:http2';\nhttp.createSecureServer()", true],
    ["import { Server } from 'node:http';\nnew Server(answer)", true],
    ["import type { Server } from 'node:http';", false],
    ["import { createServer } from 'node:net';", false],
    ["import { Agent } from 'node:http';", false],
  ])('in %s are recognised: %s', (source, makes) => {
    expect(makesServers(source)).toBe(makes);
  });
});

/** Tells if a source file creates a server with Node's HTTP modules. */
function makesServers(source: string): boolean {
  if (!/['"](?:node:)?https?2?['"]/.test(source)) return false;
  const imports = [...source.matchAll(/import\s+([^;]*?)\s+from\s+['"]((?:node:)?https?2?)['"]/g)];
  const named = imports.some(([, names = '']) => /\bcreate(Secure)?Server\b/.test(names));
  return named || /\.create(Secure)?Server\s*\(|new (\w+\.)?Server\s*\(/.test(source);
}
