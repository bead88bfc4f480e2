import type { DrillRun } from './drill-run';

/** A fault: how it is made and mended, and what must tell of it. */
export interface Drill {
  /** The fault in the words of docs/operations.md. */
  readonly fault: string;
  /** Alarms that must be raised, by their kinds. Others may be raised as well. */
  readonly alarms: readonly RegExp[];
  make(run: DrillRun): Promise<void> | void;
  mend(run: DrillRun): Promise<void> | void;
}

/** The drills that one run of the stack goes through, each after the alarms of the one before are over. */
export const DRILLS = {
  publisher: {
    fault: 'the publisher is cut off',
    alarms: [/^FillerInsteadOfVideo$/, /^MedialiveAlert$/, /^StreamStandsStill$/],
    make: (run) => run.cut(),
    mend: (run) => run.publish(),
  },
  packager: {
    fault: 'the packager answers 503',
    // The edge may go on with the manifest that it has: viewers then see a stream that stands still.
    alarms: [/^PackagerFails$/, /^(ViewersCannotPlay|StreamStandsStill)$/],
    make: (run) => run.answerWith(503),
    mend: (run) => run.answerWith(undefined),
  },
  encoder: {
    fault: 'the encoder dies, and so does every one after it',
    alarms: [/^OutputMissing$/, /^StreamStandsStill$/],
    make: (run) => run.killEncoder(),
    mend: (run) => run.mendEncoder(),
  },
} as const satisfies Readonly<Record<string, Drill>>;

/** Template in which the edge may not read the packager, because of a wrong policy. */
export const wrongPolicy = (text: string) => text.replaceAll('mediapackagev2:GetObject', 'mediapackagev2:GetNothing');
