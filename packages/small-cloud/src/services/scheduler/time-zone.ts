/** A wall clock's reading, as milliseconds since 1970 of a UTC clock that shows the same. */
export type WallTime = number;

/** The local time of a time zone. */
export interface TimeZone {
  /** The local time at an instant, to the second. */
  wallTime(instant: number): WallTime;
  /**
   * The instant of a local time: the first one when clocks are set back and show it twice, undefined when clocks are set
   * forward and skip it.
   */
  instant(wall: WallTime): number | undefined;
}

const DAY = 86_400_000;

/**
 * Finds a time zone of the IANA database.
 *
 * @throws Error for an unknown name.
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
      // The two offsets from UTC that the zone has around that time. They differ only near a change.
      const before = wall - (wallTime(wall - DAY) - (wall - DAY));
      const after = wall - (wallTime(wall + DAY) - (wall + DAY));
      return [before, after].sort((one, other) => one - other).find((candidate) => wallTime(candidate) === wall);
    },
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    // Newer versions of Node.js accept offsets (`+02:00`) as time zones; AWS does not.
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
