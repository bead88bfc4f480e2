/** Duration of a step in the service and in the local run. */
export interface Duration {
  /** In the service, in seconds: the longest usual time. */
  readonly serviceSeconds: number;
  /** In the local run, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Durations of the control plane. Those of the service are the usual ones of its documentation, or else the limits of
 * the SDK's waiters.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/starting-stopping-deleting-a-channel.html
 */
export const TIMING = {
  /** Waiter: 5 × 3 s. */
  channelCreating: { serviceSeconds: 15, milliseconds: 300 },
  /** "Most channels start in 3 minutes or less, but up to 10 minutes is still normal." */
  channelStarting: { serviceSeconds: 180, milliseconds: 200 },
  /** Waiter: 60 × 5 s. */
  channelStopping: { serviceSeconds: 300, milliseconds: 300 },
  /** Not documented; taken as CREATING. */
  channelUpdating: { serviceSeconds: 15, milliseconds: 200 },
  /** Waiter: 84 × 5 s. */
  channelDeleting: { serviceSeconds: 420, milliseconds: 100 },
  /** Not documented; taken as STARTING. */
  pipelineRestarting: { serviceSeconds: 180, milliseconds: 200 },
  /** Not documented. */
  inputCreating: { serviceSeconds: 5, milliseconds: 20 },
  /** Waiter: 20 × 5 s. */
  inputDeleting: { serviceSeconds: 100, milliseconds: 20 },
  /** Not documented; new rules apply without a restart. */
  groupUpdating: { serviceSeconds: 5, milliseconds: 50 },
  /** From the last media to the alert. In the local run it also covers the start of an ingest process. */
  inputLoss: { serviceSeconds: 1, milliseconds: 3000 },
  /** Time for which a DELETED resource can still be described. Not documented; the waiters rely on it. */
  deletedShown: { serviceSeconds: 3600, milliseconds: 30_000 },
} as const satisfies Readonly<Record<string, Duration>>;

/** Waits as long as a step takes in the local run. */
export function passing({ milliseconds }: Duration): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
