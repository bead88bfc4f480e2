import type { ChatMessage } from './protocol';

/** Most messages in the page. */
export const MOST_SHOWN = 200;
/** Messages of others that a viewer can read in a second. */
const READABLE_PER_SECOND = 5;
/** Most messages that wait until the picture has caught up. */
const MOST_WAITING = 1000;

/** Changes of the page since the last look. */
export interface FeedChange {
  readonly added: readonly ChatMessage[];
  /** Messages that were left out, because there were too many to read. */
  readonly skipped: number;
}

interface Waiting {
  readonly message: ChatMessage;
  readonly due: number;
}

/**
 * The messages on their way into the page: held back until the picture has caught up, and a sample of them when there are
 * more than anybody reads. Messages of this viewer and of moderators are always shown.
 */
export class Feed {
  private waiting: Waiting[] = [];
  /** Times at which messages of others were shown within the last second. */
  private shown: number[] = [];

  /**
   * Takes a message.
   *
   * @param due - time at which it is shown, on the clock of {@link take}; milliseconds.
   */
  add(message: ChatMessage, due: number): void {
    this.waiting.push({ message, due });
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  /** Forgets a message that was deleted before it was shown. */
  delete(id: string): void {
    this.waiting = this.waiting.filter(({ message }) => message.id !== id);
  }

  /** Returns the messages that are due. @param own - id of this viewer. */
  take(now: number, own: string): FeedChange {
    const due = this.waiting.filter((one) => one.due <= now);
    this.waiting = this.waiting.filter((one) => one.due > now);
    this.shown = this.shown.filter((time) => time > now - 1000);
    // The newest of a burst are shown: those before them are over.
    const room = Math.max(0, READABLE_PER_SECOND - this.shown.length);
    const others = due.filter(({ message }) => !isKept(message, own));
    const chosen = new Set(room === 0 ? [] : others.slice(-room));
    for (const _ of chosen) this.shown.push(now);
    const added = due.filter((one) => isKept(one.message, own) || chosen.has(one)).map(({ message }) => message);
    return { added, skipped: others.length - chosen.size };
  }

  clear(): void {
    this.waiting = [];
  }
}

function isKept({ user, moderates }: ChatMessage, own: string): boolean {
  return moderates || user === own;
}
