import type { SavedQuery } from './saved-query';
import { requestsIn } from './scope';

/** Queries about the requests at the edge, from the access logs, which come late and not always whole. */
export const REQUEST_QUERIES: readonly SavedQuery[] = [
  {
    name: 'cache-by-pop',
    title: 'Cache hits, waiting time and errors by point of presence',
    meaning:
      'Share of requests that the cache answered; time to the first byte of hits and of misses. Points of presence are named by airports.',
    reads: ['requests'],
    sql: (scope) => `${requestsIn(scope)}
SELECT
  split_part(x_edge_location, '-', 1) AS pop,
  count(*) AS requests,
  round(1e2 * sum(CASE WHEN x_edge_result_type IN ('Hit', 'RefreshHit') THEN 1 ELSE 0 END) / count(*), 2) AS hit_percent,
  round(1000 * approx_percentile(CASE WHEN x_edge_result_type IN ('Hit', 'RefreshHit') THEN time_to_first_byte END, 0.5), 0) AS hit_p50_ms,
  round(1000 * approx_percentile(CASE WHEN x_edge_result_type = 'Miss' THEN time_to_first_byte END, 0.5), 0) AS miss_p50_ms,
  round(1000 * approx_percentile(CASE WHEN x_edge_result_type = 'Miss' THEN time_to_first_byte END, 0.95), 0) AS miss_p95_ms,
  round(1e2 * sum(CASE WHEN sc_status >= 500 THEN 1 ELSE 0 END) / count(*), 3) AS errors_5xx_percent
FROM asked
GROUP BY 1
ORDER BY requests DESC, 1`,
  },
  {
    name: 'stall-causes',
    title: 'Likely causes of stalls: the requests of the same session in the 20 seconds before',
    meaning:
      'Looked for in this order: an error of the origin, a miss that waited a second or longer, a connection slower than the rendition. Joined by the session id that media requests carry.',
    reads: ['events', 'requests'],
    sql: (scope) => `${requestsIn(scope)}, stalled AS (
  SELECT sid, ts, stall_ms, br_kbps FROM events
  WHERE day BETWEEN ${scope.from} AND ${scope.to} AND cid LIKE ${scope.channel} AND stalls > 0
), before AS (
  SELECT
    stalled.sid, stalled.ts, stalled.stall_ms,
    count(asked.sid) AS requests,
    max(CASE WHEN sc_status >= 500 THEN 1 ELSE 0 END) AS failed,
    max(CASE WHEN x_edge_result_type = 'Miss' AND time_to_first_byte >= 1 THEN 1 ELSE 0 END) AS waited,
    max(CASE WHEN time_taken > 0.05 AND sc_bytes > 20000 AND sc_bytes * 8 / time_taken < br_kbps * 1e3 THEN 1 ELSE 0 END) AS slow
  FROM stalled LEFT JOIN asked
    ON asked.sid = stalled.sid AND asked.asked_ms BETWEEN stalled.ts - coalesce(stall_ms, 0) - 20000 AND stalled.ts
  GROUP BY stalled.sid, stalled.ts, stalled.stall_ms
)
SELECT
  CASE
    WHEN requests = 0 THEN 'no request in the log'
    WHEN failed = 1 THEN 'the origin answered with an error'
    WHEN waited = 1 THEN 'the origin was slow'
    WHEN slow = 1 THEN 'the connection was slower than the rendition'
    ELSE 'none of these: the device, or the stream itself'
  END AS cause,
  count(*) AS stalls,
  round(sum(stall_ms) / 1e3, 1) AS seconds
FROM before
GROUP BY 1
ORDER BY stalls DESC, 1`,
  },
];
