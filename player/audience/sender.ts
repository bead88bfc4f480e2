import { encoded, lineOf, type Members } from './line';

/** Means of a sender. */
export interface SenderMeans {
  /** Address that takes reports. */
  readonly url: string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** A number from 0 up to 1. */
  random(): number;
  /** Milliseconds since 1970, by the clock of this device. */
  clock(): number;
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
}

/** Lines of one report at most, and its length. The edge takes addresses of 8,192 characters. */
const MOST_LINES = 12;
const MOST_CHARACTERS = 7000;
/** Lines that wait at most. The oldest are dropped. */
const MOST_WAITING = 60;
/** Least time between two reports, in milliseconds. What happens meanwhile goes into the second. */
const GAP_MILLISECONDS = 5000;
/** Longest time until the next try after refusals, in milliseconds. */
const LONGEST_WAIT_MILLISECONDS = 300_000;

/** Answers that end reporting: the channel or the collector is gone. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);

/** Sends lines of CMCD in GET requests, a few at a time, and again later when the collector is busy. */
export class Sender {
  /** True once the collector has said that it wants nothing more. */
  stopped = false;
  /** Point of presence of the edge, as its last answer names it. */
  pop: string | undefined;
  private waiting: Members[] = [];
  private sending = false;
  private failures = 0;
  private notBefore = 0;

  constructor(private readonly means: SenderMeans) {}

  add(line: Members): void {
    if (this.stopped) return;
    this.waiting.push(line);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  /** Sends what waits, unless it is too early. Called several times a second. */
  async tick(): Promise<void> {
    if (this.sending || this.waiting.length === 0 || this.means.now() < this.notBefore) return;
    this.sending = true;
    const lines = this.batch();
    const status = await this.send(lines);
    this.sending = false;
    this.settle(status, lines);
  }

  /** Sends what waits at once, because the page is being left. Nobody waits for the answer. */
  leave(): void {
    // An answer to the report that is on its way would come too late.
    if (this.stopped || this.waiting.length === 0) return;
    this.waiting = this.waiting.slice(-MOST_LINES);
    void this.send(this.batch());
  }

  /** Takes lines out of the queue, as many as one address has room for. */
  private batch(): readonly Members[] {
    const lines: Members[] = [];
    let length = 0;
    for (const line of this.waiting.slice(0, MOST_LINES)) {
      length += encoded(lineOf(line)).length + 30;
      if (length > MOST_CHARACTERS && lines.length > 0) break;
      lines.push(line);
    }
    this.waiting.splice(0, lines.length);
    return lines;
  }

  /** @returns the status of the answer; 0 for none. */
  private async send(lines: readonly Members[]): Promise<number> {
    // The clock of the moment of sending lets the collector correct the times of all lines.
    const stamped = lines.map((line, index) =>
      index === lines.length - 1 ? { ...line, 'lss-at': this.means.clock() } : line,
    );
    const query = encoded(stamped.map(lineOf).join('\n'));
    try {
      const answer = await this.means.fetch(`${this.means.url}?CMCD=${query}`, {
        cache: 'no-store',
        credentials: 'omit',
        keepalive: true,
        referrerPolicy: 'no-referrer',
      });
      this.pop = answer.headers.get('x-amz-cf-pop') ?? this.pop;
      return answer.status;
    } catch {
      return 0;
    }
  }

  private settle(status: number, lines: readonly Members[]): void {
    const { now, random } = this.means;
    if (GONE.has(status)) {
      this.stopped = true;
      this.waiting = [];
    } else if (status === 0 || status === 429 || status >= 500) {
      this.failures += 1;
      this.waiting = [...lines, ...this.waiting].slice(-MOST_WAITING);
      // A random part, so that all viewers of an event do not come back at the same time.
      const longest = Math.min(GAP_MILLISECONDS * 2 ** this.failures, LONGEST_WAIT_MILLISECONDS);
      this.notBefore = now() + GAP_MILLISECONDS + random() * longest;
    } else {
      this.failures = 0;
      this.notBefore = now() + GAP_MILLISECONDS;
    }
  }
}
