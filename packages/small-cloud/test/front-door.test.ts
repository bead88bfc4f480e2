import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openLocalRun, openSmallCloud } from '../src';

const folder = mkdtempSync(join(tmpdir(), 'front-door-'));
const tell = () => {};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the front door', () => {
  test('makes a cloud that listens nowhere before it is started', async () => {
    const cloud = await openSmallCloud({ folder, port: 0, rtmpPort: 0, api: { port: 0, insist: true }, tell });
    expect(cloud.apiUrl).toBe('');
    await cloud.stop();
  });

  test('makes a run of a template that listens nowhere before it is started', async () => {
    const listener = { progress: () => {}, tell };
    const run = await openLocalRun({ template: 'none.json', parameters: {}, folder, port: 0, rtmpPort: 0, listener });
    expect(run.apiUrl).toBe('');
    await run.stop();
  });
});
