import { describe, expect, test } from '@jest/globals';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Item, MediaStore } from '../../lambda/container-content/emptying';
import { containerContentHandler } from '../../lambda/container-content/handler';
import { NoAnswerError } from '../../lambda/shared/answer';

/** A container named `live` that lists two items a page, and throws what it is told to. */
class FakeMediaStore implements MediaStore {
  readonly failures: Error[] = [];

  constructor(readonly paths: Set<string>) {}

  async endpoint(name: string): Promise<string | undefined> {
    return name === 'live' ? 'https://id.data.example' : undefined;
  }

  async list(_endpoint: string, folder: string, token = '') {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = [...this.paths].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
    const items = [...new Set(names.map((name) => name.replace(/\/.*/, '/')))]
      .sort()
      .map((name): Item => ({ name: name.replace('/', ''), type: name.endsWith('/') ? 'FOLDER' : 'OBJECT' }));
    const left = items.filter(({ name }) => name > token);
    const page = left.slice(0, 2);
    const last = page.at(-1);
    return left.length > 2 && last !== undefined ? { items: page, next: last.name } : { items: page };
  }

  async remove(_endpoint: string, path: string): Promise<void> {
    this.paths.delete(path);
  }
}

function bench(paths: readonly string[]) {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const mediaStore = new FakeMediaStore(new Set(paths));
  const handler = containerContentHandler({ mediaStore, clock });
  const handle = (RequestType: 'Create' | 'Delete', ContainerName: string, deadline = 60_000) =>
    handler.handle(
      {
        RequestType,
        LogicalResourceId: 'Emptied',
        PhysicalResourceId: 'container-content-Emptied',
        ResourceProperties: { ContainerName, UnlistedSeconds: '12' },
      } as unknown as CloudFormationCustomResourceEvent,
      deadline,
    );
  return { handle, mediaStore, clock };
}

const PATHS = ['live/a/1.ts', 'live/a/2.ts', 'live/a/3.ts', 'live/a/x.m3u8', 'live/b/1.ts', 'top.txt'];
const named = (name: string) => Object.assign(new Error(name), { name });

describe('the content of a container', () => {
  test('is nothing once it is deleted, over all folders and pages, and after what is not listed has expired', async () => {
    const { handle, mediaStore, clock } = bench(PATHS);
    expect(await handle('Delete', 'live')).toEqual({ physicalId: 'container-content-Emptied' });
    expect([...mediaStore.paths]).toEqual([]);
    expect(clock.now()).toBe(12_000);
  });

  test('is left alone until then', async () => {
    const { handle, mediaStore } = bench(PATHS);
    await handle('Create', 'live');
    expect(mediaStore.paths.size).toBe(PATHS.length);
  });

  test('is nothing when the container is gone', async () => {
    const { handle, clock } = bench([]);
    await handle('Delete', 'gone');
    expect(clock.now()).toBe(0);
  });

  test('is asked for again when MediaStore is busy or has no answer, and when the permission has not arrived', async () => {
    const { handle, mediaStore } = bench(PATHS);
    mediaStore.failures.push(named('ThrottlingException'), named('AccessDeniedException'), new NoAnswerError('none'));
    await handle('Delete', 'live');
    expect([...mediaStore.paths]).toEqual([]);
  });

  test('fails with the error of the service when that does not pass', async () => {
    const { handle, mediaStore } = bench(PATHS);
    mediaStore.failures.push(...Array.from({ length: 60 }, () => named('AccessDeniedException')));
    await expect(handle('Delete', 'live')).rejects.toThrow('AccessDeniedException');
  });

  test('fails at once, and not at the deadline, with a mistake of its own', async () => {
    const { handle, mediaStore, clock } = bench(PATHS);
    mediaStore.failures.push(new TypeError('items is not iterable'));
    await expect(handle('Delete', 'live')).rejects.toThrow('items is not iterable');
    expect(clock.now()).toBe(0);
  });

  test('says what was removed when the time is over', async () => {
    const { handle } = bench(PATHS);
    await expect(handle('Delete', 'live', -1)).rejects.toThrow(
      'The container live was not emptied in time: 0 objects were removed, and there are more',
    );
  });
});
