import type { Clock } from '../shared/clock';
import type { EdgeStore } from '../shared/viewers/edge-store';
import type { ViewerBook } from '../shared/viewers/viewer-book';

/** The dependencies of the function. */
export interface KeySurroundings {
  readonly book: ViewerBook;
  readonly edge: EdgeStore;
  /** The secret with the keys of tokens. */
  readonly secret: {
    read(): Promise<string>;
    write(text: string): Promise<void>;
  };
  /** Secret of links; undefined where links do not open channels. */
  linkSecret(): Promise<Buffer | undefined>;
  /** Names of the private channels. */
  readonly channels: readonly string[];
  readonly sessionHours: number;
  /** Makes 32 random bytes in base64url. */
  newSecret(): string;
  /** Makes 16 random characters. */
  randomId(): string;
  readonly clock: Clock;
}
