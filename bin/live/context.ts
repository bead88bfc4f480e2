import type { AdService } from './ad-service';
import type { EncodeService } from './encode-service';
import type { PollService } from './poll-service';
import type { QuestionService } from './question-service';
import type { Clock, LiveService } from './service';
import type { ViewerService } from './viewer-service';

/** The means of a command. */
export interface Context {
  readonly service: LiveService;
  readonly viewers: ViewerService;
  readonly questions: QuestionService;
  /** @default the SDK's */
  readonly ads?: AdService;
  /** @default the SDK's */
  readonly encoder?: EncodeService;
  /** @default the SDK's */
  readonly polls?: PollService;
  /** Finds the address of a page of a local run. @default in the folder of the run */
  readonly localAddress?: (url: string, apiUrl: string) => string | undefined;
  readonly clock: Clock;
  /** Says how to undo the work so far when Ctrl-C interrupts it; undefined when there is nothing to undo any more. */
  readonly onInterrupt?: (undo: (() => Promise<void>) | undefined) => void;
  /** Writes a line of the answer. */
  out(line: string): void;
  /** Writes a file. */
  save(path: string, text: string): Promise<void>;
  /** Writes a line of progress or of an error. */
  err(line: string): void;
  /** True where a person watches the answer. A watch then draws over its last look. */
  readonly isTerminal: boolean;
}
