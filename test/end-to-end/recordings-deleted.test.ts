import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { PATIENCE } from './patience';
import { RecordingDrill } from './recording-drill';

jest.setTimeout(2 * PATIENCE);

const folder = mkdtempSync(join(tmpdir(), 'recordings-deleted-'));
let drill: RecordingDrill;

beforeAll(async () => {
  drill = await RecordingDrill.start(folder, { recordings: 'delete-with-stack' });
  await drill.catalogue('a show that goes on', ({ running: [show] }) => show);
});

afterAll(async () => {
  await drill.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('a stack whose recordings are deleted with it', () => {
  test('leaves no bucket, although a harvest is under way for an hour', async () => {
    await drill.harvestAhead(3600);
    expect(await drill.bucketAfterDeletion()).toBe('NoSuchBucket');
    expect(drill.log.matching(/The harvest \S+ is to end/)).toHaveLength(1);
  });
});
