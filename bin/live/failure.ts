/** How the command ends; `--help` explains the numbers. */
export const EXIT = {
  fine: 0,
  wrongUse: 1,
  notFound: 2,
  notReached: 3,
  notAllowed: 4,
  unhealthy: 5,
  /** As shells say it of a program that was ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** One of the numbers that the command ends with. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An end that the operator can do something about: the message is all that is shown. */
export class LiveFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** Whether the same call may succeed in a moment: a throttled one, or one that the service failed in. */
    readonly passing: boolean = false,
  ) {
    super(message);
  }
}
