import type { CloudClock } from '../../contract';
import { atCloudTime } from './cloud-timer';
import type { ScheduleSettings } from './schedule';

/** The clock of a schedule, and its action when it is due. */
export interface ScheduleMeans {
  readonly clock: CloudClock;
  /** The place of an invocation in a flexible window, from 0 to 1. */
  readonly random: () => number;
  /** Tells whether the role can invoke the target now. */
  ready(settings: ScheduleSettings): boolean;
  invoke(settings: ScheduleSettings, scheduledTime: number): void;
}

/**
 * The longest wait for a role that may not invoke the target yet. Scheduler invokes within a minute of the due time; the
 * local run invokes at once. A rate is due as soon as it is created, perhaps before the policies of its role are.
 */
const PRECISION_MILLISECONDS = 59_000;

/** A schedule that waits for its times. Times that passed while this machine slept are skipped. */
export class RunningSchedule {
  private settings: ScheduleSettings;
  /** The time from which a rate counts, in milliseconds since 1970. */
  private anchor: number;
  private callOff = () => {};
  private readonly pending = new Set<() => void>();

  constructor(
    settings: ScheduleSettings,
    private readonly means: ScheduleMeans,
  ) {
    this.settings = settings;
    this.anchor = settings.start ?? means.clock.now();
    this.begin();
  }

  get group(): string {
    return this.settings.group;
  }

  /** Applies new settings. A rate keeps its beginning unless the expression or the start date changes. */
  change(settings: ScheduleSettings): void {
    const { text, start } = this.settings;
    const anew = settings.text !== text || settings.start !== start;
    this.stop();
    this.settings = settings;
    if (anew) {
      this.anchor = settings.start ?? this.means.clock.now();
      this.begin();
    } else this.wait(this.means.clock.now());
  }

  /** Cancels everything that is still to come. */
  stop(): void {
    this.callOff();
    for (const callOff of this.pending) callOff();
    this.pending.clear();
  }

  /** Waits for the first time. A rate is due at its beginning; an `at` counts from now, whatever the dates are. */
  private begin(): void {
    const now = this.means.clock.now();
    this.wait((this.settings.occurrences.once ? now : Math.max(this.anchor, now)) - 1);
  }

  private wait(after: number): void {
    const { enabled, occurrences, end } = this.settings;
    if (!enabled) return;
    const due = occurrences.next(after, this.anchor);
    if (due === undefined || (!occurrences.once && end !== undefined && due > end)) return;
    this.callOff = atCloudTime(this.means.clock, due, () => {
      this.invoke(due);
      this.wait(Math.max(due, this.means.clock.now() - 1));
    });
  }

  private invoke(due: number): void {
    const { settings, means } = this;
    const within = due + means.random() * settings.windowMinutes * 60_000;
    const invoke = () => means.invoke(settings, due);
    const attempt = () => (means.ready(settings) ? invoke() : this.later(within + PRECISION_MILLISECONDS, invoke));
    if (settings.windowMinutes === 0) attempt();
    else this.later(within, attempt);
  }

  private later(when: number, act: () => void): void {
    const callOff = atCloudTime(this.means.clock, when, () => {
      this.pending.delete(callOff);
      act();
    });
    this.pending.add(callOff);
  }
}
