import { LABELS, type Moment, moments } from './moments';
import type { SyntheticSession } from './synthetic';

type Row = Readonly<Record<string, string | number | null>>;

const MINUTE = 60_000;
const QUARTER = 900_000;
const HOUR = 3_600_000;

/**
 * Finds what the saved queries about reports must answer, from the sessions themselves and without SQL: the rows by the name
 * of the query, in its order.
 */
export function truthOf(sessions: readonly SyntheticSession[]): Readonly<Record<string, readonly Row[]>> {
  const all = sessions.flatMap(moments);
  return {
    'viewers-by-minute': grouped(all.filter(isHere), ({ at }) => minute(floor(at, MINUTE))).map(([name, found]) => ({
      minute: name,
      viewers: people(found),
    })),
    'peak-and-hours': grouped(all, ({ at }) => day(at)).map(([name, found]) => ({
      day: name,
      peak: Math.max(...grouped(found.filter(isHere), ({ at }) => floor(at, MINUTE)).map(([, here]) => people(here))),
      sessions: people(found),
      viewer_hours: sum(found, 'played') / HOUR,
      minutes_per_session: sum(found, 'played') / MINUTE / people(found),
    })),
    rebuffering: grouped(all, ({ at }) => minute(floor(at, QUARTER))).map(([name, found]) => ({
      quarter: name,
      sessions: people(found),
      rebuffering_percent: rebuffering(found),
      stalls_per_hour: quotient(sum(found, 'stalls') * HOUR, sum(found, 'played')),
    })),
    bitrates: bitrates(all),
    latency: grouped(
      all.filter(({ latency, played }) => latency !== undefined && played > 0),
      ({ at }) => minute(floor(at, QUARTER)),
    ).map(([name, found]) => ({ quarter: name, ...percentiles('', found, 'latency') })),
    'top-errors': grouped(
      all.filter(({ error }) => error !== undefined),
      ({ error, labels }) => `${error} ${labels.engine}`,
    )
      .map(([, found]) => ({
        error: found[0]?.error ?? '',
        engine: found[0]?.labels.engine ?? '',
        times: found.length,
        sessions: people(found),
      }))
      .sort((one, other) => other.times - one.times),
    ...Object.fromEntries(LABELS.map((label) => [`by-${label}`, compared(all, label)])),
    'session-timeline': timeline(all),
    ads: adsOf(sessions),
    ...startsOf(sessions.map(moments)),
  };
}

/** Compares the viewers of each country, device, point of presence or engine. */
function compared(all: readonly Moment[], label: (typeof LABELS)[number]): readonly Row[] {
  return grouped(all, ({ labels }) => labels[label])
    .map(([name, found]) => ({
      [label]: name,
      sessions: people(found),
      viewer_hours: sum(found, 'played') / HOUR,
      ...percentiles('start_', found, 'startup'),
      rebuffering_percent: rebuffering(found),
      bitrate_kbps: averageKbps(found),
      errors: found.filter(({ error }) => error !== undefined).length,
    }))
    .sort((one, other) => hundredths(other.viewer_hours) - hundredths(one.viewer_hours));
}

function adsOf(sessions: readonly SyntheticSession[]): readonly Row[] {
  const shown = sessions.flatMap(({ ads = [] }) => ads);
  return [...new Set(shown.map(({ ad }) => ad))]
    .map((ad) => {
      const of = shown.filter((one) => one.ad === ad);
      const count = (event: string) => of.filter(({ events }) => events.includes(event)).length;
      const [starts, completes] = [count('start'), count('complete')];
      const outcome = { skips: count('skip'), errors: count('error'), completes };
      return {
        ad,
        starts,
        first_quartiles: count('firstQuartile'),
        ...outcome,
        complete_percent: (100 * completes) / starts,
      };
    })
    .sort((one, other) => other.starts - one.starts || (one.ad < other.ad ? -1 : 1));
}

/** The reports of the session that stood still longest. */
function timeline(all: readonly Moment[]): readonly Row[] {
  const [[, worst = []] = ['', []]] = grouped(all, ({ sid }) => sid).sort(
    ([, one], [, other]) => sum(other, 'stall') - sum(one, 'stall'),
  );
  const begun = Math.min(...worst.map(({ at }) => at));
  return worst.map(({ at, sid, state }) => ({ seconds: (at - begun) / 1000, sid, sta: state }));
}

/** The two queries about how sessions began, from the moments of each. */
function startsOf(sessions: readonly (readonly Moment[])[]) {
  const days = [...new Set(sessions.map(([first]) => day(first?.at ?? 0)))].sort();
  const began = (name: string) => sessions.filter(([first]) => day(first?.at ?? 0) === name);
  const hasStarted = (one: readonly Moment[]) => one.some(({ startup }) => startup !== undefined);
  const hasFailed = (one: readonly Moment[]) => one.some(({ error }) => error !== undefined);
  const share = (some: readonly unknown[], of: readonly unknown[]) => (100 * some.length) / of.length;
  return {
    'start-time': days.map((name) => ({
      day: name,
      starts: began(name).filter(hasStarted).length,
      ...percentiles('', began(name).flat(), 'startup'),
    })),
    'start-failures': days.map((name) => {
      const [started, unstarted] = [began(name).filter(hasStarted), began(name).filter((one) => !hasStarted(one))];
      return {
        day: name,
        attempts: began(name).length,
        start_failure_percent: share(unstarted.filter(hasFailed), began(name)),
        exit_before_start_percent: share(
          unstarted.filter((one) => !hasFailed(one)),
          began(name),
        ),
        playback_failure_percent: share(started.filter(hasFailed), started),
      };
    }),
  };
}

function bitrates(all: readonly Moment[]): readonly Row[] {
  const watched = all.filter(({ kbps, played }) => kbps !== undefined && played > 0);
  return grouped(watched, ({ kbps = 0 }) => kbps).map(([kbps, found]) => ({
    kbps,
    viewer_hours: sum(found, 'played') / HOUR,
    percent: (100 * sum(found, 'played')) / sum(watched, 'played'),
    average_kbps: averageKbps(watched),
  }));
}

/** Tells whether a viewer is there; the last report of one who leaves does not count. */
const isHere = ({ state }: Moment) => state !== 'q';

function grouped<K extends string | number>(all: readonly Moment[], of: (one: Moment) => K) {
  const groups = new Map<K, Moment[]>();
  for (const one of all) {
    const group = groups.get(of(one));
    if (group === undefined) groups.set(of(one), [one]);
    else group.push(one);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** As an answer has it: those with the same are in the order of their names. */
const hundredths = (value: number) => Math.round(value * 100);
const floor = (at: number, step: number) => at - (at % step);
const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const minute = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
const people = (all: readonly Moment[]) => new Set(all.map(({ sid }) => sid)).size;
const quotient = (one: number, other: number) => (other === 0 ? null : one / other);

function sum(all: readonly Moment[], of: 'played' | 'stall' | 'stalls'): number {
  return all.reduce((total, one) => total + one[of], 0);
}

function rebuffering(all: readonly Moment[]): number | null {
  return quotient(100 * sum(all, 'stall'), sum(all, 'stall') + sum(all, 'played'));
}

function averageKbps(all: readonly Moment[]): number | null {
  const known = all.filter(({ kbps }) => kbps !== undefined);
  return quotient(
    known.reduce((total, { kbps = 0, played }) => total + kbps * played, 0),
    sum(known, 'played'),
  );
}

function percentiles(prefix: string, all: readonly Moment[], of: 'startup' | 'latency'): Row {
  const values = all.flatMap((one) => one[of] ?? []).sort((one, other) => one - other);
  const at = (share: number) => {
    const value = values[Math.round(share * (values.length - 1))];
    return value === undefined ? null : value / 1000;
  };
  return { [`${prefix}p50_seconds`]: at(0.5), [`${prefix}p95_seconds`]: at(0.95) };
}
