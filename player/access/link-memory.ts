import type { Session } from './session';

/** Session that began with a link, and the channel that it is for. */
interface Kept {
  readonly channel: string;
  readonly session: Session;
}

const KEY = 'access.link-session';

/**
 * Keeps the session of a link while the tab is open. A link works once, so a viewer who reloads the page goes on with
 * the session.
 */
export class LinkMemory {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  keep(channel: string, session: Session): void {
    this.storage.setItem(KEY, JSON.stringify({ channel, session } satisfies Kept));
  }

  /** Returns the session of a channel; undefined without one. */
  sessionFor(channel: string): Session | undefined {
    const text = this.storage.getItem(KEY);
    const kept = text === null ? undefined : (JSON.parse(text) as Kept);
    return kept?.channel === channel ? kept.session : undefined;
  }

  forget(): void {
    this.storage.removeItem(KEY);
  }
}
