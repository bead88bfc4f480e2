import type { SavedQuery } from './saved-query';
import { eventsIn } from './scope';

/** Counts the events of a kind. */
const times = (event: string): string => `sum(CASE WHEN event = '${event}' THEN 1 ELSE 0 END)`;

/** Queries about ads. Their events are CMCD’s custom events: the name in `cen`, ad and break in keys of this project. */
export const AD_QUERIES: readonly SavedQuery[] = [
  {
    name: 'ads',
    title: 'Ads that were shown: how often, to how many viewers, and how they ended',
    meaning:
      'Starts, and how many of them came to each quarter of the ad and to its end; skipped, failed, or left before it. Events as VAST names them, https://iabtechlab.com/standards/vast/. A viewer is a session.',
    reads: ['events'],
    about: 'ads',
    // A report that is sent again because its answer was lost counts once.
    sql: (scope) => `${eventsIn(scope)}, shown AS (
  SELECT DISTINCT
    sid, sn, cid,
    regexp_extract(extra, '"lss-ad":"([A-Za-z0-9-]+)"', 1) AS ad,
    regexp_extract(extra, '"lss-bk":"([A-Za-z0-9_-]+)"', 1) AS break_id,
    regexp_extract(extra, '"cen":"ad-([A-Za-z]+)"', 1) AS event
  FROM scope
  WHERE e = 'ce' AND extra LIKE '%"cen":"ad-%' AND extra LIKE '%"lss-ad":%'
)
SELECT
  ad,
  count(DISTINCT concat(cid, '/', break_id)) AS breaks,
  count(DISTINCT CASE WHEN event = 'start' THEN sid END) AS viewers,
  ${times('start')} AS starts,
  ${times('firstQuartile')} AS first_quartiles,
  ${times('midpoint')} AS midpoints,
  ${times('thirdQuartile')} AS third_quartiles,
  ${times('complete')} AS completes,
  ${times('skip')} AS skips,
  ${times('error')} AS errors,
  ${times('leave')} AS leaves,
  round(1e2 * ${times('complete')} / nullif(${times('start')}, 0), 1) AS complete_percent
FROM shown
GROUP BY 1
ORDER BY starts DESC, 1`,
  },
];
