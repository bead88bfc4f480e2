import type { Clock } from '../clock';

/** What a folder holds directly: objects, and folders that hold more. */
export interface Item {
  readonly name: string;
  readonly type: 'OBJECT' | 'FOLDER';
}

/** The few calls that it takes to empty a container. */
export interface MediaStore {
  /** The address of a container's objects; undefined when there is no such container. */
  endpoint(name: string): Promise<string | undefined>;
  /** A page of what a folder holds; `''` is the whole container. */
  list(
    endpoint: string,
    folder: string,
    token?: string,
  ): Promise<{ readonly items: readonly Item[]; readonly next?: string }>;
  /** Removes an object. One that is gone is success. */
  remove(endpoint: string, path: string): Promise<void>;
}

/**
 * Removes all objects of a container, page by page and folder by folder, again until there is none: what is delivered in
 * the meantime goes too. A folder is there for as long as it holds something.
 *
 * @param deadline - when to give up, in milliseconds since 1970.
 * @throws an Error that says how much was removed, when it is not empty in time.
 */
export async function emptied(
  name: string,
  mediaStore: MediaStore,
  clock: Pick<Clock, 'now'>,
  deadline: number,
): Promise<'emptied' | 'gone'> {
  const endpoint = await mediaStore.endpoint(name);
  if (endpoint === undefined) return 'gone';
  let removed = 0;

  async function emptyFolder(folder: string): Promise<void> {
    let token: string | undefined;
    do {
      const { items, next } = await mediaStore.list(endpoint ?? '', folder, token);
      for (const item of items) {
        const path = folder === '' ? item.name : `${folder}/${item.name}`;
        if (item.type === 'FOLDER') {
          await emptyFolder(path);
          continue;
        }
        if (clock.now() > deadline) {
          throw new Error(
            `The container ${name} was not emptied in time: ${removed} objects were removed, and there are more`,
          );
        }
        await mediaStore.remove(endpoint ?? '', path);
        removed += 1;
      }
      token = next;
    } while (token !== undefined);
  }

  for (let before = -1; before !== removed; ) {
    before = removed;
    await emptyFolder('');
  }
  return 'emptied';
}
