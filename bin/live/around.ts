import type { Clock, LiveService } from './service';

/** What a command works with. */
export interface Around {
  readonly service: LiveService;
  readonly clock: Clock;
  /** Writes a line of the answer. */
  out(line: string): void;
  /** Writes a line of progress or of an error. */
  err(line: string): void;
  /** Whether somebody looks at the answer as it comes; if so, a watch draws over its last look. */
  readonly isTerminal: boolean;
}
