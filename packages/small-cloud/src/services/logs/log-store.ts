/** One line of a log. */
export interface LogEvent {
  /** Milliseconds since 1970 in the cloud's time. */
  readonly timestamp: number;
  readonly message: string;
  readonly stream: string;
  readonly id: string;
}

/** Lines that are kept of one log group; older ones go. */
const MOST_EVENTS = 5000;

/** The lines of all log groups, in memory, as long as the run lasts. */
export class LogStore {
  private readonly groups = new Map<string, LogEvent[]>();
  private count = 0;

  create(group: string): void {
    this.groups.set(group, []);
  }

  delete(group: string): void {
    this.groups.delete(group);
  }

  has(group: string): boolean {
    return this.groups.has(group);
  }

  /** @returns false when there is no such group. */
  put(group: string, event: Omit<LogEvent, 'id'>): boolean {
    const events = this.groups.get(group);
    if (events === undefined) return false;
    this.count += 1;
    events.push({ ...event, id: String(this.count).padStart(56, '0') });
    if (events.length > MOST_EVENTS) events.shift();
    return true;
  }

  /** Lines of a group in the order of their times; undefined when there is no such group. */
  events(group: string): readonly LogEvent[] | undefined {
    const events = this.groups.get(group);
    return events === undefined ? undefined : [...events].sort((a, b) => a.timestamp - b.timestamp);
  }
}
