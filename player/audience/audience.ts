import type { Choice, PageEvent } from '../choice';
import type { Playback } from '../playback';
import type { Snapshot } from '../snapshot';
import type { Members } from './line';
import { requestGate } from './request-gate';
import { Sender } from './sender';
import { Session, session as sessionKeys } from './session';

/** Interval at which the player is looked at. */
const LOOK_MILLISECONDS = 250;

/** The member `audience` of `config.json`. */
export interface AudienceSettings {
  /** Path on this site that takes reports. */
  readonly report: string;
  readonly everySeconds: number;
  /** True to put CMCD into media requests. */
  readonly requests: boolean;
}

/** Reads the member `audience` of `config.json`. @returns undefined for one that this page does not understand. */
export function readAudience(given: unknown): AudienceSettings | undefined {
  const { report, everySeconds, requests } = Object(given) as Readonly<Record<string, unknown>>;
  if (typeof report !== 'string' || !/^\/(?!\/)/.test(report)) return undefined;
  if (typeof everySeconds !== 'number' || !(everySeconds >= 5)) return undefined;
  return { report, everySeconds, requests: requests === true };
}

/** The parts of a browser that say that its user is not to be counted. */
interface Wishes {
  readonly doNotTrack?: string | null;
  readonly globalPrivacyControl?: boolean;
}

/** Tells if a browser asks not to be counted: Do Not Track, or Global Privacy Control. */
export function declines({ doNotTrack, globalPrivacyControl }: Wishes): boolean {
  return doNotTrack === '1' || globalPrivacyControl === true;
}

/** Reports what the viewer gets, from now on. Does nothing in a browser that declines. */
export function follow(given: unknown, playback: Playback, video: HTMLVideoElement): void {
  const settings = readAudience(given);
  if (settings === undefined || declines(navigator)) return;
  const { report, everySeconds, requests } = settings;
  const clock = (): number => Date.now();
  const now = (): number => performance.now();
  const { random } = Math;
  const fetch = (url: string, init: RequestInit): Promise<Response> => window.fetch(url, init);
  const sender = new Sender({ url: report, fetch, random, clock, now });
  let session: Session | undefined;
  const add = (lines: readonly Members[]): void => {
    for (const line of lines) sender.add(line);
  };
  playback.prepare = (choice) => {
    add(session?.end() ?? []);
    session = undefined;
    if (sender.stopped || choice.channel === undefined) return choice;
    const opened = new Session(choice, { clock, random, everySeconds, sid: crypto.randomUUID() }, now());
    session = opened;
    const told = { ...choice, tell: (event: PageEvent) => add(opened.tell(event)) };
    if (!requests) return told;
    const members = (isMedia: boolean) => requestKeys(opened, choice, isMedia ? playback.snapshot() : undefined);
    return { ...told, gate: requestGate(location.href, choice.gate, members) };
  };
  setInterval(() => {
    const snapshot = playback.snapshot();
    if (session !== undefined && snapshot.channel === null) {
      add(session.end());
      session = undefined;
    }
    if (session !== undefined) {
      session.pop = sender.pop;
      add(session.look(snapshot, video.seeking, now()));
    }
    void sender.tick();
  }, LOOK_MILLISECONDS);
  addEventListener('pagehide', () => {
    add(session?.end() ?? []);
    sender.leave();
  });
}

/** The keys of CMCD version 1 for one media request: short ones, because they lengthen every address. */
function requestKeys(session: Session, choice: Choice, media: Snapshot | undefined): Members {
  const keys = { ...sessionKeys(choice, session.sid), ot: media === undefined ? { token: 'm' } : undefined };
  if (media === undefined) return keys;
  const { rendition, renditions, bufferSeconds, bandwidth, status } = media;
  const top = Math.max(0, ...renditions.map(({ bitrate }) => bitrate ?? 0));
  const hundreds = (value: number): number => Math.round(value / 100) * 100;
  return {
    ...keys,
    br: rendition?.bitrate ? rendition.bitrate / 1000 : undefined,
    tb: top > 0 ? top / 1000 : undefined,
    bl: hundreds(bufferSeconds * 1000),
    mtp: bandwidth === null ? undefined : hundreds(bandwidth / 1000),
    bs: session.takeStarved(),
    su: status === 'loading' || status === 'buffering',
  };
}
