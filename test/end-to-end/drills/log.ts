import { PATIENCE } from '../patience';

/** A line of a run's log, and when it came, in milliseconds of this machine. */
interface Line {
  readonly text: string;
  readonly at: number;
}

/** An alarm that was raised. */
export interface Raised {
  /** `FillerInsteadOfVideo` */
  readonly kind: string;
  /** Time in milliseconds of this machine. */
  readonly at: number;
}

/** The log of a run: its lines, and what they say about alarms. */
export class Log {
  private readonly lines: Line[] = [];

  /** Place of the next line: what comes from here on is told from what came before. */
  get end(): number {
    return this.lines.length;
  }

  add(node: string, text: string): void {
    this.lines.push({ text: `${node}: ${text}`, at: Date.now() });
  }

  /** Waits for a line that comes from a place on. */
  until(line: RegExp, from = 0): Promise<string> {
    return this.when(String(line), () => this.lines.slice(from).find(({ text }) => line.test(text))?.text);
  }

  /** Lists the lines of a kind that came from a place on. */
  matching(line: RegExp, from = 0): readonly string[] {
    return this.lines.slice(from).flatMap(({ text }) => (line.test(text) ? [text] : []));
  }

  /** Lists the alarms that were raised from a place on. */
  raised(from = 0): readonly Raised[] {
    return this.lines.slice(from).flatMap(({ text, at }) => {
      const [, kind] = /^cloudwatch .*Alarms(?:Stage|Stack)(\w+?)(?:Pipeline0)?[0-9A-F]{8}-.* → ALARM/.exec(text) ?? [];
      return kind === undefined ? [] : [{ kind, at }];
    });
  }

  /** Lists the kinds of the alarms that were raised from a place on, in their order. */
  kinds(from = 0): readonly string[] {
    return this.raised(from).map(({ kind }) => kind);
  }

  /** Lists the kinds of the alarms that were raised before the first line of a kind. */
  kindsBefore(line: RegExp): readonly string[] {
    const at = this.lines.find(({ text }) => line.test(text))?.at ?? Number.POSITIVE_INFINITY;
    return this.raised().flatMap((one) => (one.at < at ? [one.kind] : []));
  }

  /** Waits until an alarm of a kind is raised. */
  alarm(kind: RegExp, from = 0): Promise<Raised> {
    return this.when(`the alarm ${kind}`, () => this.raised(from).find((one) => kind.test(one.kind)));
  }

  /** Waits until no alarm is raised. */
  async calm(): Promise<void> {
    await this.when('the end of all alarms', () => {
      const states = new Map<string, string>();
      for (const { text } of this.lines) {
        const [, name = '', to = ''] = /^cloudwatch (\S+): \S+ → (\w+)/.exec(text) ?? [];
        if (name !== '') states.set(name, to);
      }
      return [...states.values()].includes('ALARM') ? undefined : 'calm';
    });
  }

  /** Waits until a question has an answer. */
  async when<T>(what: string, answer: () => T | undefined): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = answer();
      if (found !== undefined) return found;
      if (Date.now() > end) {
        const last = this.lines.slice(-40).map(({ text }) => text);
        throw new Error(`${what} did not come; the last lines:\n${last.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
