import type { Dictionary, Item } from './structured-fields';

/** Figures of an event with the most that is believed of each. More is cut to it; less than 0 is left out. */
const FIGURES = {
  msd_ms: { key: 'msd', most: 300_000 },
  ltc_ms: { key: 'ltc', most: 3_600_000 },
  bl_ms: { key: 'bl', most: 600_000 },
  br_kbps: { key: 'br', most: 200_000 },
  tb_kbps: { key: 'tb', most: 200_000 },
  mtp_kbps: { key: 'mtp', most: 10_000_000 },
  played_ms: { key: 'lss-pl', most: 300_000 },
  stall_ms: { key: 'lss-sm', most: 300_000 },
  stalls: { key: 'lss-sc', most: 100 },
  dropped_frames: { key: 'lss-df', most: 100_000 },
  frames: { key: 'lss-fr', most: 100_000 },
  rebuilds: { key: 'lss-rb', most: 100 },
} as const;

/** Words of an event, with what they may look like. Others are left out. */
const WORDS = {
  sta: { key: 'sta', form: /^[a-z]{1,2}$/ },
  sf: { key: 'sf', form: /^[a-z]$/ },
  st: { key: 'st', form: /^[a-z]{1,2}$/ },
  engine: { key: 'lss-en', form: /^[\w .-]{1,40}$/ },
  player: { key: 'lss-pv', form: /^[\w .-]{1,40}$/ },
  pop: { key: 'lss-pop', form: /^[A-Z0-9-]{3,16}$/ },
} as const;

/** Key with the player's own time at which it sent a report, in milliseconds since 1970. */
export const SENT_KEY = 'lss-at';

/** Keys that are never kept: addresses may hold a token, and a top bitrate tells devices apart. */
const NEVER: ReadonlySet<string> = new Set(['url', 'nor', 'nrr', 'tpb', SENT_KEY]);
const OWN: ReadonlySet<string> = new Set([
  ...['ts', 'sid', 'cid', 'sn', 'e', 'ec', 'v'],
  ...[...Object.values(FIGURES), ...Object.values(WORDS)].map(({ key }) => key),
]);

/** Longest text of error codes, and of the JSON of other keys. */
const LONGEST = { ec: 120, extra: 600 } as const;
/** Age from which on an event counts as this old, in milliseconds. Players keep what they cannot send for minutes. */
const OLDEST = 3_600_000;

/** An event that a line of a report holds, before it is completed with what the collector knows. */
export interface Event {
  readonly sid: string;
  readonly cid: string;
  /** Milliseconds since 1970 by the player's clock. */
  readonly ts: number;
  readonly e: string;
  readonly members: Dictionary;
}

/** Facts of a call: the same for all of its events. */
export interface Call {
  /** Milliseconds since 1970. */
  readonly received: number;
  /** Milliseconds that the player's clock is behind. */
  readonly behind: number;
  readonly country: string | undefined;
  readonly device: string | undefined;
}

/** Names of the figures of a row. */
export type Figure = keyof typeof FIGURES;

/** A row of the table `events`. What an event does not say is left out. */
export type Row = Readonly<Record<'ts' | 'received', number>> &
  Readonly<Record<'sid' | 'cid' | 'e', string>> &
  Readonly<Partial<Record<Figure | 'sn' | 'v', number>>> &
  Readonly<Partial<Record<keyof typeof WORDS | 'ec' | 'extra' | 'country' | 'device', string>>>;

/** Finds the event in a line. @returns undefined for a line without session, channel, time or kind. */
export function eventOf(members: Dictionary): Event | undefined {
  const [sid, cid, ts, e] = ['sid', 'cid', 'ts', 'e'].map((key) => members.get(key));
  if (typeof sid !== 'string' || !/^[\w-]{8,64}$/.test(sid)) return undefined;
  if (typeof cid !== 'string' || typeof ts !== 'number' || !(ts > 0)) return undefined;
  if (typeof e !== 'string' || !/^[a-z]{1,3}$/.test(e)) return undefined;
  return { sid, cid, ts, e, members };
}

/** Writes the row of an event, cut to what is believed. */
export function rowOf({ sid, cid, ts, e, members }: Event, { received, behind, country, device }: Call): Row {
  const figures = Object.entries(FIGURES).map(([name, { key, most }]) => [name, figure(members.get(key), most)]);
  const words = Object.entries(WORDS).map(([name, { key, form }]) => [name, word(members.get(key), form)]);
  return {
    ts: Math.round(Math.min(received, Math.max(received - OLDEST, ts + behind))),
    received,
    sid,
    cid,
    sn: figure(members.get('sn'), 1_000_000),
    e,
    ...Object.fromEntries(words),
    ...Object.fromEntries(figures),
    ec: errorCodes(members.get('ec')),
    country,
    device,
    v: figure(members.get('v'), 9) ?? 1,
    extra: extra(members),
  };
}

/** Reads a figure. Of a list, which has one for each kind of media, the largest counts: that of the video. */
function figure(value: Item | readonly Item[] | undefined, most: number): number | undefined {
  const numbers = [value].flat().filter((item) => typeof item === 'number');
  const largest = Math.max(...numbers);
  return numbers.length > 0 && largest >= 0 ? Math.round(Math.min(largest, most)) : undefined;
}

function word(value: Item | readonly Item[] | undefined, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function errorCodes(value: Item | readonly Item[] | undefined): string | undefined {
  if (value === undefined) return undefined;
  const codes = [value].flat().map((code) => String(code).replaceAll(/[^\w .:-]/g, '_'));
  return codes.join(' ').slice(0, LONGEST.ec) || undefined;
}

/** Writes what else an event says as JSON, as far as there is room. */
function extra(members: Dictionary): string | undefined {
  const kept: Record<string, unknown> = {};
  let text = '';
  for (const [key, value] of members) {
    if (OWN.has(key) || NEVER.has(key)) continue;
    kept[key] = value;
    const longer = JSON.stringify(kept);
    if (longer.length > LONGEST.extra) break;
    text = longer;
  }
  return text === '' ? undefined : text;
}
