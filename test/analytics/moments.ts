import { eventsOf, type SyntheticSession } from './synthetic';

/** Ways to compare sessions. */
export const LABELS = ['country', 'device', 'pop', 'engine'] as const;

/** One report of a player. Times in milliseconds. */
export interface Moment {
  readonly sid: string;
  readonly labels: Readonly<Record<(typeof LABELS)[number], string>>;
  readonly at: number;
  readonly state: string;
  readonly startup: number | undefined;
  readonly played: number;
  readonly stall: number;
  readonly stalls: number;
  readonly kbps: number | undefined;
  readonly latency: number | undefined;
  readonly error: string | undefined;
}

/** Lists the reports of a session, as numbers. */
export function moments(session: SyntheticSession): readonly Moment[] {
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const inside = (value: unknown, key: string) => Object(value)[key];
  return eventsOf(session).map(({ at, members }) => ({
    sid: session.sid,
    labels: {
      country: session.country ?? 'DE',
      device: session.device === 'smarttv' ? 'tv' : (session.device ?? 'desktop'),
      pop: String(members['lss-pop']),
      engine: String(members['lss-en']),
    },
    at,
    state: String(inside(members['sta'], 'token')),
    startup: number(members['msd']),
    played: number(members['lss-pl']) ?? 0,
    stall: number(members['lss-sm']) ?? 0,
    stalls: number(members['lss-sc']) ?? 0,
    kbps: number(inside(members['br'], 'list')),
    latency: number(members['ltc']),
    error: inside(members['ec'], 'list'),
  }));
}
