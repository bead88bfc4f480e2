/** The part of the reports that a query reads, as expressions of SQL. Every query is bound by it. */
export interface Scope {
  /** First day, as a string `2026-11-29`. */
  readonly from: string;
  /** Last day. */
  readonly to: string;
  /** Pattern of the names of channels: `'main'`, or `'%'` for all. */
  readonly channel: string;
  /** Id of a session, for the query that shows one; undefined for the one that stood still longest. */
  readonly session?: string | undefined;
}

const DAY_MILLISECONDS = 86_400_000;

/** The scope of the saved queries in a work group: the last seven days and all channels, to be edited there. */
export const LAST_WEEK: Scope = {
  from: `date_format(current_date - interval '7' day, '%Y-%m-%d')`,
  to: `date_format(current_date, '%Y-%m-%d')`,
  channel: `'%'`,
};

/** A question of an operator, for {@link scopeOf}. */
export interface Asked {
  /** Days back from now; 1 is today and yesterday. */
  readonly days: number;
  /** Name of a channel. @default all */
  readonly channel?: string | undefined;
  /** Id of a session. */
  readonly session?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes the scope of a question. Days are those of UTC.
 *
 * @throws Error for a name or an id with characters that none has: it would be part of a query.
 */
export function scopeOf({ days, channel, session, now }: Asked): Scope {
  return {
    from: day(now - days * DAY_MILLISECONDS),
    to: day(now),
    channel: channel === undefined ? `'%'` : quoted(channel, /^[A-Za-z0-9-]{1,64}$/, 'the name of a channel'),
    session: session && quoted(session, /^[\w-]{8,64}$/, 'the id of a session'),
  };
}

function day(milliseconds: number): string {
  return `'${new Date(milliseconds).toISOString().slice(0, 10)}'`;
}

function quoted(text: string, form: RegExp, needed: string): string {
  if (!form.test(text)) throw new Error(`"${text}" was given; ${needed} is needed`);
  return `'${text}'`;
}

/** Writes the common beginning of the queries about reports: the rows of the scope, under the name `scope`. */
export function eventsIn({ from, to, channel }: Scope): string {
  return `WITH scope AS (
  SELECT * FROM events
  WHERE day BETWEEN ${from} AND ${to} AND cid LIKE ${channel}
)`;
}

/**
 * Writes the common beginning of the queries about requests: those for media in the scope, under the name `asked`. The log
 * has queries encoded twice; they are not decoded, because one that a viewer wrote wrongly would fail the whole query.
 */
export function requestsIn({ from, to, channel }: Scope): string {
  return `WITH asked AS (
  SELECT *,
    to_unixtime(from_iso8601_timestamp(concat("date", 'T', "time", 'Z'))) * 1000 AS asked_ms,
    regexp_extract(cs_uri_query, 'sid(?:=|%3D|%253D)(?:"|%22|%2522)([A-Za-z0-9_-]+)', 1) AS sid
  FROM requests
  WHERE "date" BETWEEN ${from} AND ${to} AND cs_uri_stem LIKE concat('%/', ${channel}, '/%')
    AND cs_user_agent <> 'live-streaming-probe'
)`;
}
