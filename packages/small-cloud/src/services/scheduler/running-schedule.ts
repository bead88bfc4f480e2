import type { CloudClock } from '../../contract';
import { atCloudTime } from './cloud-timer';
import type { ScheduleSettings } from './schedule';

/** What a schedule waits with, and what it does when it is due. */
export interface ScheduleMeans {
  readonly clock: CloudClock;
  /** From 0 to 1, where in a flexible window an invocation is. */
  readonly random: () => number;
  /** Whether the role can invoke the target now. */
  ready(settings: ScheduleSettings): boolean;
  invoke(settings: ScheduleSettings, scheduledTime: number): void;
}

/**
 * Scheduler invokes within a minute of the time that is due. Here it is at once, unless the role cannot yet: a schedule
 * is created beside its role's policies, and a rate is due as soon as it is there.
 */
const PRECISION_MILLISECONDS = 59_000;

/**
 * A schedule that waits for its times. Times that passed while this machine slept are left out.
 */
export class RunningSchedule {
  private settings: ScheduleSettings;
  /** From where a rate counts. */
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

  /** Takes new settings. A rate counts on from where it began, unless the new one says otherwise. */
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

  /** Calls everything off. */
  stop(): void {
    this.callOff();
    for (const callOff of this.pending) callOff();
    this.pending.clear();
  }

  /** A rate is due at once where it begins; the one time of `at` counts from now, whatever the dates are. */
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
