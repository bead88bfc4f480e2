import type { Clock } from '../shared/clock';

/** A direct member of a folder: an object, or a folder with more members. */
export interface Item {
  readonly name: string;
  readonly type: 'OBJECT' | 'FOLDER';
}

/** One page of the members of a folder. */
export interface Page {
  readonly items: readonly Item[];
  /** Token of the next page, if there is one. */
  readonly next?: string;
}

/** The calls that emptying a container needs. */
export interface MediaStore {
  /** Returns the address of a container's objects; undefined when there is no such container. */
  endpoint(name: string): Promise<string | undefined>;
  /** Lists the members of a folder; `''` is the whole container. */
  list(endpoint: string, folder: string, token?: string): Promise<Page>;
  /** Removes an object. One that is already gone is success. */
  remove(endpoint: string, path: string): Promise<void>;
}

/** The means of emptying a container, and the time that it may take. */
export interface EmptyingWork {
  readonly mediaStore: MediaStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Time to give up, in milliseconds since 1970. */
  readonly deadline: number;
}

/**
 * Removes all objects of a container, and repeats this until none is left, because objects may be delivered in the
 * meantime. A folder exists for as long as it has members.
 *
 * @throws Error that says how many objects were removed, when the container is not empty before the deadline.
 */
export async function emptied(name: string, work: EmptyingWork): Promise<'emptied' | 'gone'> {
  const { mediaStore, clock, deadline } = work;
  const endpoint = await mediaStore.endpoint(name);
  if (endpoint === undefined) return 'gone';
  for (let removed = 0, before = -1; before !== removed; ) {
    before = removed;
    for await (const path of objects(mediaStore, endpoint, '')) {
      if (clock.now() > deadline) {
        throw new Error(
          `The container ${name} was not emptied in time: ${removed} objects were removed, and there are more`,
        );
      }
      await mediaStore.remove(endpoint, path);
      removed += 1;
    }
  }
  return 'emptied';
}

/** Yields the path of every object of a folder and of the folders below it, page by page. */
async function* objects(mediaStore: MediaStore, endpoint: string, folder: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const { items, next } = await mediaStore.list(endpoint, folder, token);
    for (const { name, type } of items) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (type === 'FOLDER') yield* objects(mediaStore, endpoint, path);
      else yield path;
    }
    token = next;
  } while (token !== undefined);
}
