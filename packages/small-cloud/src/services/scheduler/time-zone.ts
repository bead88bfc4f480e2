/** A wall clock's reading, as milliseconds since 1970 of a UTC clock that shows the same. */
export type WallTime = number;

/** What the clocks on the walls of a time zone show. */
export interface TimeZone {
  /** What they show at an instant, to the second. */
  wallTime(instant: number): WallTime;
  /**
   * When they show a time: the first instant when they show it twice, because they were put back, and undefined when
   * they never do, because they were put forward.
   */
  instant(wall: WallTime): number | undefined;
}

const DAY = 86_400_000;

/**
 * A time zone of the IANA database.
 *
 * @throws Error for a name that is none.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones
 */
export function timeZone(name: string): TimeZone {
  const format = formatOf(name);
  const wallTime = (instant: number): WallTime => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  };
  return {
    wallTime,
    instant(wall) {
      // The two distances from UTC that the zone has around that time; they differ only near a change.
      const before = wall - (wallTime(wall - DAY) - (wall - DAY));
      const after = wall - (wallTime(wall + DAY) - (wall + DAY));
      return [before, after].sort((one, other) => one - other).find((candidate) => wallTime(candidate) === wall);
    },
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    // Offsets (`+02:00`) are time zones to newer versions of Node.js, and none to AWS.
    if (!/^[A-Za-z]/.test(name)) throw new RangeError();
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new Error(
      `Invalid Schedule Expression Timezone ${name}. A name of the IANA database is needed: Europe/Berlin.`,
    );
  }
}
