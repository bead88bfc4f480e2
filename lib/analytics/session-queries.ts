import type { SavedQuery } from './saved-query';
import { eventsIn } from './scope';

const CTA_2066 =
  'CTA-2066, https://shop.cta.tech/products/streaming-quality-of-experience-events-properties-and-metrics';

/** Writes sessions out of events: one row each, with its first and last sign of life and the sums of what it saw. */
const SESSIONS = `sessions AS (
  SELECT
    sid,
    min(ts) AS began,
    max(ts) AS ended,
    max(msd_ms) AS startup_ms,
    sum(coalesce(played_ms, 0)) AS played_ms,
    sum(coalesce(stall_ms, 0)) AS stall_ms,
    sum(CASE WHEN e = 'e' THEN 1 ELSE 0 END) AS errors,
    max_by(sta, sn) AS last_state
  FROM scope
  GROUP BY sid
)`;

const DAY = `date_format(from_unixtime(began / 1000), '%Y-%m-%d')`;

/** Queries about whole sessions. */
export const SESSION_QUERIES: readonly SavedQuery[] = [
  {
    name: 'start-time',
    title: 'Time from being told to play to the first frame that moves, by day',
    meaning: `Video start time; seconds, median and 95th percentile of the sessions that started. ${CTA_2066}`,
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}, ${SESSIONS}
SELECT
  ${DAY} AS "day",
  count(startup_ms) AS starts,
  round(approx_percentile(startup_ms, 0.5) / 1e3, 2) AS p50_seconds,
  round(approx_percentile(startup_ms, 0.95) / 1e3, 2) AS p95_seconds
FROM sessions
GROUP BY 1
ORDER BY 1`,
  },
  {
    name: 'start-failures',
    title: 'Sessions that never showed a frame, and those that an error ended, by day',
    meaning: `Video start failure: ended by an error before the first frame. Exit before video start: left before it. Video playback failure: ended by an error after it. The first two per attempt, the third per start. ${CTA_2066}`,
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}, ${SESSIONS}
SELECT
  ${DAY} AS "day",
  count(*) AS attempts,
  round(1e2 * sum(CASE WHEN startup_ms IS NULL AND errors > 0 THEN 1 ELSE 0 END) / count(*), 2) AS start_failure_percent,
  round(1e2 * sum(CASE WHEN startup_ms IS NULL AND errors = 0 THEN 1 ELSE 0 END) / count(*), 2) AS exit_before_start_percent,
  round(1e2 * sum(CASE WHEN startup_ms IS NOT NULL AND last_state = 'f' THEN 1 ELSE 0 END)
    / nullif(count(startup_ms), 0), 2) AS playback_failure_percent
FROM sessions
GROUP BY 1
ORDER BY 1`,
  },
  {
    name: 'session-timeline',
    title: 'Everything that one session reported: the one that stood still longest, or the one that is named',
    meaning: 'Events in the order in which the player had them, with seconds since the first.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}
SELECT
  round((ts - min(ts) OVER ()) / 1e3, 1) AS seconds,
  sn, e, sta, msd_ms, played_ms, stall_ms, stalls, br_kbps, bl_ms, ltc_ms, dropped_frames, ec, sid, country, device, pop, engine
FROM scope
WHERE sid = ${scope.session ?? '(SELECT sid FROM scope GROUP BY sid ORDER BY sum(coalesce(stall_ms, 0)) DESC, sid LIMIT 1)'}
ORDER BY ts, sn`,
  },
  ...(['country', 'device', 'pop', 'engine'] as const).map(
    (group): SavedQuery => ({
      name: `by-${group}`,
      title: `Sessions, hours, start time, rebuffering and bitrate by ${group === 'pop' ? 'point of presence' : group}`,
      meaning: `Ratios are those of sums, and never means of ratios. ${CTA_2066}`,
      reads: ['events'],
      // The first report of a session knows neither the engine nor the point of presence yet.
      sql: (scope) => `${eventsIn(scope)}, labelled AS (
  SELECT *, coalesce(${group}, max(${group}) OVER (PARTITION BY sid), 'unknown') AS label FROM scope
)
SELECT
  label AS "${group}",
  count(DISTINCT sid) AS sessions,
  round(sum(coalesce(played_ms, 0)) / 3.6e6, 2) AS viewer_hours,
  round(approx_percentile(msd_ms, 0.5) / 1e3, 2) AS start_p50_seconds,
  round(approx_percentile(msd_ms, 0.95) / 1e3, 2) AS start_p95_seconds,
  round(1e2 * sum(coalesce(stall_ms, 0)) / nullif(sum(coalesce(stall_ms, 0)) + sum(coalesce(played_ms, 0)), 0), 3) AS rebuffering_percent,
  round(1e0 * sum(CAST(coalesce(br_kbps, 0) AS bigint) * coalesce(played_ms, 0))
    / nullif(sum(CASE WHEN br_kbps IS NULL THEN 0 ELSE coalesce(played_ms, 0) END), 0), 0) AS bitrate_kbps,
  sum(CASE WHEN e = 'e' THEN 1 ELSE 0 END) AS errors
FROM labelled
GROUP BY 1
ORDER BY viewer_hours DESC, 1`,
    }),
  ),
];
