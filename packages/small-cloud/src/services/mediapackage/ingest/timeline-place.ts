import type { TrackFormat } from '../model/media';

/** State of the channel when a session goes on air after another. */
export interface PreviousMedia {
  /** Wall clock of time 0 of the channel's timeline, in seconds since 1970; undefined before the first media. */
  readonly epochSeconds: number | undefined;
  /** Delay of the first session's media after its encoder's clock; undefined before an encoder sends its clock. */
  readonly delaySeconds: number | undefined;
  /** End of the newest media, in seconds. */
  readonly edgeSeconds: number;
  /** Formats of the previous session's tracks. */
  readonly formats: ReadonlyMap<string, TrackFormat>;
}

/** Times of a session that goes on air, in seconds. */
export interface SessionTimes {
  /** Wall clock of time 0 of the encoder, by the arrival of its media. */
  readonly originSeconds: number;
  /** Wall clock of time 0 of the encoder, as the encoder sends it; undefined when it does not. */
  readonly clockSeconds: number | undefined;
  /** Start of its earliest fragment, on the encoder's timeline. */
  readonly earliestSeconds: number;
  /** True when another input was on air while fragments arrived. */
  readonly stoodBy: boolean;
}

/** Place of a session's media on the wall clock, for the sessions that follow it. */
export interface TimelinePlace {
  readonly epochSeconds: number;
  readonly delaySeconds: number | undefined;
  /** From the encoder's timeline to the channel's, in seconds. */
  readonly offsetSeconds: number;
}

/**
 * Places a session on the channel's timeline. A fresh session is moved behind the existing media. A session that stood
 * by, or sends its clock, stays where the clock puts it, because it joins where the other one ended.
 */
export function timelinePlace(before: PreviousMedia, session: SessionTimes): TimelinePlace {
  const { clockSeconds, earliestSeconds } = session;
  let { delaySeconds } = before;
  let { originSeconds } = session;
  if (clockSeconds !== undefined) {
    delaySeconds ??= originSeconds - clockSeconds;
    originSeconds = clockSeconds + delaySeconds;
  }
  const epochSeconds = before.epochSeconds ?? Math.round((originSeconds + earliestSeconds) * 1000) / 1000;
  const onTheClock = originSeconds - epochSeconds;
  if (session.stoodBy || clockSeconds !== undefined) return { epochSeconds, delaySeconds, offsetSeconds: onTheClock };
  const overlap = Math.max(0, before.edgeSeconds - (earliestSeconds + onTheClock));
  return { epochSeconds, delaySeconds, offsetSeconds: onTheClock + overlap };
}
