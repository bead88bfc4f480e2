import { collect } from '../../lambda/collector/handler';
import { pageEventOf } from '../../player/ads/beacons';
import { lineOf, type Members } from '../../player/audience/line';

/** A session of which everything is known. */
export interface SyntheticSession {
  readonly sid: string;
  readonly channel?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Start time in milliseconds; undefined when it never shows a frame. */
  readonly startupMs?: number | undefined;
  /** Heartbeats of 30 s each after the start. */
  readonly beats?: number | undefined;
  /** Heartbeats during which it stands still, by their numbers from 1, with the time of each stall. */
  readonly stalls?: Readonly<Record<number, number>>;
  readonly kbps?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** Error that ends it. */
  readonly error?: string | undefined;
  readonly country?: string | undefined;
  readonly device?: 'desktop' | 'mobile' | 'tablet' | 'smarttv' | undefined;
  readonly engine?: string | undefined;
  readonly pop?: string | undefined;
  /** Ads on its screen after the start, with their events one second after the other. */
  readonly ads?: readonly { readonly ad: string; readonly break: string; readonly events: readonly string[] }[];
}

/** Milliseconds by which the clocks of these viewers are wrong. */
const CLOCK = 7_200_000;
const BEAT = 30_000;

/** Hands the reports of sessions to the collector, as their players would, and returns the records of the lake. */
export async function reported(sessions: readonly SyntheticSession[]): Promise<string> {
  const records: string[] = [];
  for (const one of sessions) {
    for (const { at, members } of eventsOf(one)) {
      const line = { ...members, ts: at + CLOCK, 'lss-at': at + CLOCK, sid: one.sid, cid: one.channel ?? 'main', v: 2 };
      const answer = await collect(
        {
          rawQueryString: 'CMCD',
          queryStringParameters: { CMCD: lineOf(line) },
          headers: {
            'cloudfront-viewer-country': one.country ?? 'DE',
            [`cloudfront-is-${one.device ?? 'desktop'}-viewer`]: 'true',
          },
          requestContext: { http: { method: 'GET' } },
        },
        {
          stack: 'live',
          channels: ['main', 'stage'],
          put: async (record) => void records.push(record),
          isThrottled: () => false,
          write: () => {},
          now: () => at,
        },
      );
      if (answer.statusCode !== 204) throw new Error(`${lineOf(line)} was answered with ${answer.statusCode}`);
    }
  }
  return records.join('');
}

/** A report, and the time at which its player made it. */
export interface TimedEvent {
  readonly at: number;
  readonly members: Members;
}

/** Lists the reports of a session. */
export function eventsOf(one: SyntheticSession): readonly TimedEvent[] {
  const { at, startupMs, beats = 0, stalls = {}, kbps = 3000, latencyMs, error } = one;
  const always = { 'lss-en': one.engine ?? 'hls.js 1.7.4', 'lss-pop': one.pop ?? 'FRA60-P1' };
  const found: TimedEvent[] = [];
  const add = (when: number, sta: string, members: Members) =>
    found.push({ at: when, members: { ...always, ...members, sta: { token: sta }, sn: found.length + 1 } });
  add(at, 's', { e: { token: 'ps' } });
  let when = at + (startupMs ?? 2000);
  if (startupMs !== undefined) {
    add(when, 'p', { e: { token: 'ps' }, msd: startupMs });
    for (const { events, ...shown } of one.ads ?? []) {
      for (const event of events) {
        const { name, keys } = pageEventOf({ ...shown, channel: one.channel ?? 'main', event });
        when += 1000;
        add(when, 'p', { e: { token: 'ce' }, cen: name, ...keys });
      }
    }
    for (let beat = 1; beat <= beats; beat++) {
      when += BEAT;
      const stalled = stalls[beat];
      add(when, 'p', {
        e: { token: 't' },
        br: { list: kbps },
        ltc: latencyMs,
        'lss-pl': BEAT - (stalled ?? 0),
        'lss-sm': stalled,
        'lss-sc': stalled === undefined ? undefined : 1,
      });
    }
  }
  if (error === undefined) add(when, 'q', { e: { token: 'ps' } });
  else add(when, 'f', { e: { token: 'e' }, ec: { list: error } });
  return found;
}
