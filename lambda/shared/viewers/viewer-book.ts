import type { Viewer } from './viewer';

/** A viewer's page in the book, as it was read. */
export interface Page {
  readonly viewer: Viewer;
  /** 0 for a viewer who has no page yet. */
  readonly version: number;
}

/** The viewers of the stack with their sessions, and the links that were used. */
export interface ViewerBook {
  /** Reads a viewer. One who is unknown has no sessions. */
  read(id: string): Promise<Page>;
  /**
   * Writes a viewer, if nobody has since the page was read.
   *
   * @param expires - time after which the page may be forgotten, in seconds since 1970.
   * @returns whether it was written.
   */
  write(id: string, page: Page, expires: number): Promise<boolean>;
  /** Marks a one-time link as used. @returns whether it had not been used. */
  useLink(jti: string, expires: number): Promise<boolean>;
  /** Returns the time before which every session is void, in seconds since 1970; 0 if there is none. */
  voidBefore(): Promise<number>;
  setVoidBefore(time: number): Promise<void>;
  /** Lists all viewers. */
  all(): Promise<readonly { readonly id: string; readonly page: Page }[]>;
}

/** Tries to change a viewer until nobody else has changed it in between. */
const ATTEMPTS = 6;

/**
 * Changes a viewer.
 *
 * @param change - returns the new page, when it may be forgotten, and a result; throws to leave the viewer as it is.
 * @throws Error when others change the viewer at every attempt.
 */
export async function changed<T>(
  book: ViewerBook,
  id: string,
  change: (viewer: Viewer) => { readonly viewer: Viewer; readonly expires: number; readonly result: T },
): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const page = await book.read(id);
    const { viewer, expires, result } = change(page.viewer);
    if (await book.write(id, { viewer, version: page.version }, expires)) return result;
  }
  throw new Error(`The viewer ${id} was changed by others ${ATTEMPTS} times in a row`);
}
