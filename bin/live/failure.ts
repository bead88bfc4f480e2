/** The exit codes of the command; `--help` explains them. */
export const EXIT = {
  fine: 0,
  wrongUse: 1,
  notFound: 2,
  notReached: 3,
  notAllowed: 4,
  unhealthy: 5,
  /** The code of shells for a program that Ctrl-C ended. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure that the operator can act on. Only the message is shown. */
export class LiveFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** True where the same call may succeed in a moment, for example after throttling. */
    readonly passing: boolean = false,
  ) {
    super(message);
  }
}
