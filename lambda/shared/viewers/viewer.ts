/** One device of a viewer that watches. Times are in seconds since 1970. */
export interface Session {
  readonly sid: string;
  readonly channel: string;
  /** The device in words: `Chrome on Windows`. */
  readonly device: string;
  readonly since: number;
  /** Time of the last renewal. */
  readonly seen: number;
  /** Time after which the session cannot be renewed. */
  readonly until: number;
  /** Seconds without a renewal after which the place is free again. */
  readonly silence: number;
  /** True when it began with a sign-in, which is asked for again at each renewal. */
  readonly signedIn: boolean;
  /** Groups of the viewer at the sign-in. Left out: none. */
  readonly groups?: readonly string[];
  readonly seenFrom: SeenFrom;
  /** True when the operator was told that it looks like many viewers. */
  readonly reported: boolean;
}

/** Traces of a session that tell many viewers from one. A network is the first part of an address: /24 or /48. */
export interface SeenFrom {
  readonly countries: readonly string[];
  readonly networks: readonly string[];
  readonly agents: readonly string[];
}

/** A viewer with the sessions that are open. */
export interface Viewer {
  /** Name for the operator: the user name of the sign-in, or the viewer of a link. */
  readonly name: string;
  readonly sessions: readonly Session[];
}

/** Tells whether a session still takes a place. */
export function isOpen({ seen, until, silence }: Session, now: number): boolean {
  return now < until && now - seen <= silence;
}

/** The result of asking for a place. */
export type Admission =
  | { readonly kind: 'admitted'; readonly viewer: Viewer; readonly ended: readonly Session[] }
  | { readonly kind: 'full'; readonly devices: readonly Session[] };

/**
 * Gives a new session a place among those of its viewer.
 *
 * @param most - largest number of sessions at the same time.
 * @param takeOver - whether the oldest sessions end in favour of the new one.
 */
export function admission(viewer: Viewer, asked: Session, { most, takeOver }: Limits): Admission {
  const open = viewer.sessions.filter((session) => isOpen(session, asked.since));
  const tooMany = open.length + 1 - most;
  if (tooMany > 0 && !takeOver) return { kind: 'full', devices: open };
  const oldestFirst = open.toSorted((one, other) => one.since - other.since);
  const ended = oldestFirst.slice(0, Math.max(0, tooMany));
  const kept = open.filter((session) => !ended.includes(session));
  return { kind: 'admitted', viewer: { name: viewer.name, sessions: [...kept, asked] }, ended };
}

/** Limits for {@link admission}. */
export interface Limits {
  readonly most: number;
  readonly takeOver: boolean;
}

/** Replaces a session of a viewer, or removes it. */
export function withSession(viewer: Viewer, sid: string, changed: Session | undefined): Viewer {
  const sessions = viewer.sessions.flatMap((session) => {
    if (session.sid !== sid) return [session];
    return changed === undefined ? [] : [changed];
  });
  return { ...viewer, sessions };
}

/** Numbers of distinct traces from which a session looks like many viewers. One who travels changes some of them. */
const MANY: Readonly<Record<keyof SeenFrom, number>> = { countries: 3, networks: 8, agents: 4 };

/** Most traces of a kind that are kept. */
const KEPT = 12;

/** Adds the traces of a renewal. */
export function seenAgain(before: SeenFrom, now: SeenFrom): SeenFrom {
  const both = (kind: keyof SeenFrom) => [...new Set([...before[kind], ...now[kind]])].slice(0, KEPT);
  return { countries: both('countries'), networks: both('networks'), agents: both('agents') };
}

/** Tells whether the traces of one session look like many viewers. */
export function looksShared(seen: SeenFrom): boolean {
  return (Object.keys(MANY) as (keyof SeenFrom)[]).some((kind) => seen[kind].length >= MANY[kind]);
}
