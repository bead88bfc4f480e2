import type { SavedQuery } from './saved-query';
import { eventsIn } from './scope';

const MINUTE = `date_format(from_unixtime((ts - ts % 60000) / 1000), '%Y-%m-%d %H:%i')`;
const QUARTER = `date_format(from_unixtime((ts - ts % 900000) / 1000), '%Y-%m-%d %H:%i')`;

/** Queries about the time and the media, whoever watched. */
export const EVENT_QUERIES: readonly SavedQuery[] = [
  {
    name: 'viewers-by-minute',
    title: 'Concurrent viewers, minute by minute',
    meaning:
      'Sessions with a sign of life in the minute. A player that plays gives one every 30 seconds, one in the background every minute.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}
SELECT ${MINUTE} AS "minute", cid AS channel, count(DISTINCT sid) AS viewers
FROM scope
WHERE sta <> 'q' OR sta IS NULL
GROUP BY 1, 2
ORDER BY 1, 2`,
  },
  {
    name: 'peak-and-hours',
    title: 'Peak of concurrent viewers, sessions and hours of viewing, by day',
    meaning: 'Viewer-hours are the time that was played, without stalls.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}, minutes AS (
  SELECT date_format(from_unixtime(ts / 1000), '%Y-%m-%d') AS d, ts - ts % 60000 AS m, count(DISTINCT sid) AS viewers
  FROM scope
  WHERE sta <> 'q' OR sta IS NULL
  GROUP BY 1, 2
), days AS (
  SELECT
    date_format(from_unixtime(ts / 1000), '%Y-%m-%d') AS d,
    count(DISTINCT sid) AS sessions,
    sum(coalesce(played_ms, 0)) / 3.6e6 AS hours
  FROM scope
  GROUP BY 1
), peaks AS (
  SELECT d, max(viewers) AS peak, max_by(m, viewers) AS peak_ms FROM minutes GROUP BY 1
)
SELECT
  days.d AS "day",
  peak,
  date_format(from_unixtime(peak_ms / 1000), '%H:%i') AS peak_at,
  sessions,
  round(hours, 2) AS viewer_hours,
  round(60 * hours / sessions, 1) AS minutes_per_session
FROM days LEFT JOIN peaks ON peaks.d = days.d
ORDER BY 1`,
  },
  {
    name: 'rebuffering',
    title: 'Share of time in which the picture stood still, by quarter of an hour',
    meaning:
      'Rebuffering ratio: stalled time ÷ (stalled + played time), without start-up and seeks. CTA-2066, https://shop.cta.tech/products/streaming-quality-of-experience-events-properties-and-metrics. Above 2 % an alarm is raised.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}
SELECT
  ${QUARTER} AS quarter,
  count(DISTINCT sid) AS sessions,
  round(1e2 * sum(coalesce(stall_ms, 0)) / nullif(sum(coalesce(stall_ms, 0)) + sum(coalesce(played_ms, 0)), 0), 3) AS rebuffering_percent,
  round(3.6e6 * sum(coalesce(stalls, 0)) / nullif(sum(coalesce(played_ms, 0)), 0), 2) AS stalls_per_hour
FROM scope
GROUP BY 1
ORDER BY 1`,
  },
  {
    name: 'bitrates',
    title: 'Renditions that were watched, by the time that they played',
    meaning:
      'Average bitrate is Σ kbit/s × played time ÷ Σ played time, in the last column. Conviva, https://docs.conviva.com',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}, played AS (
  SELECT br_kbps, sum(played_ms) AS ms FROM scope WHERE played_ms > 0 AND br_kbps IS NOT NULL GROUP BY 1
)
SELECT
  br_kbps AS kbps,
  round(ms / 3.6e6, 2) AS viewer_hours,
  round(1e2 * ms / sum(ms) OVER (), 2) AS percent,
  round(1e0 * sum(br_kbps * ms) OVER () / sum(ms) OVER (), 0) AS average_kbps
FROM played
ORDER BY 1`,
  },
  {
    name: 'latency',
    title: 'Delay from the encoder to the screen, by quarter of an hour',
    meaning: 'Live latency (`ltc` of CMCD v2), seconds; by the clock of the viewer’s device.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}
SELECT
  ${QUARTER} AS quarter,
  round(approx_percentile(ltc_ms, 0.5) / 1e3, 2) AS p50_seconds,
  round(approx_percentile(ltc_ms, 0.95) / 1e3, 2) AS p95_seconds
FROM scope
WHERE ltc_ms IS NOT NULL AND played_ms > 0
GROUP BY 1
ORDER BY 1`,
  },
  {
    name: 'top-errors',
    title: 'Errors, the most frequent first',
    meaning: 'How often each was reported, and in how many sessions.',
    reads: ['events'],
    sql: (scope) => `${eventsIn(scope)}
SELECT coalesce(ec, 'unknown') AS error, coalesce(engine, 'unknown') AS engine, count(*) AS times, count(DISTINCT sid) AS sessions
FROM scope
WHERE e = 'e'
GROUP BY 1, 2
ORDER BY times DESC, 1, 2
LIMIT 50`,
  },
];
