/** One line of a log. */
export interface LogEvent {
  /** Milliseconds since 1970 in the cloud's time. */
  readonly timestamp: number;
  readonly message: string;
  readonly stream: string;
  readonly id: string;
}

/** Lines that are kept of one log group, and their characters; older ones go. */
const MOST_EVENTS = 5000;
const MOST_CHARACTERS = 4_000_000;

/** The lines of one log group, the oldest first. */
interface Group {
  readonly events: LogEvent[];
  characters: number;
}

/** The lines of all log groups, in memory, as long as the run lasts. */
export class LogStore {
  private readonly groups = new Map<string, Group>();
  private count = 0;

  create(group: string): void {
    this.groups.set(group, { events: [], characters: 0 });
  }

  delete(group: string): void {
    this.groups.delete(group);
  }

  has(group: string): boolean {
    return this.groups.has(group);
  }

  /** @returns false when there is no such group. */
  put(group: string, event: Omit<LogEvent, 'id'>): boolean {
    const found = this.groups.get(group);
    if (found === undefined) return false;
    const { events } = found;
    this.count += 1;
    events.push({ ...event, id: String(this.count).padStart(56, '0') });
    found.characters += event.message.length;
    while (events.length > MOST_EVENTS || (found.characters > MOST_CHARACTERS && events.length > 1)) {
      found.characters -= events.shift()?.message.length ?? 0;
    }
    return true;
  }

  /** Lines of a group in the order of their times; undefined when there is no such group. */
  events(group: string): readonly LogEvent[] | undefined {
    const events = this.groups.get(group)?.events;
    return events === undefined ? undefined : [...events].sort((a, b) => a.timestamp - b.timestamp);
  }
}
