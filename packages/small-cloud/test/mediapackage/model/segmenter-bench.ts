import type { SessionStart } from '../../../src/services/mediapackage/model/media';
import type { Segmenter } from '../../../src/services/mediapackage/model/segmenter';
import { madeFormat, storedFragment } from '../made-media';

/** Wall clock of time 0 of the timeline, in seconds since 1970. */
export const EPOCH = 1_800_000_000;
/** Formats by track. */
export const FORMATS = { video: madeFormat('video'), audio: madeFormat('audio') };

/** An encoder's parts, in seconds, and its arrival times. */
export interface Encoder {
  readonly gopParts: number;
  readonly videoPart: number;
  readonly audioPart: number;
  /** Length of the session. */
  readonly seconds: number;
  /** Time by which audio arrives before video; negative for after. */
  readonly audioLead: number;
}

/** Lists the fragments of a session in order of arrival. */
export function arrivals(session: SessionStart, encoder: Encoder) {
  const { gopParts, videoPart, audioPart, seconds, audioLead } = encoder;
  const track = (name: 'video' | 'audio', part: number, keyEvery: number, lead: number) =>
    Array.from({ length: Math.floor(seconds / part) }, (_, index) => {
      const start = session.startSeconds + index * part;
      const fragment = storedFragment(session, FORMATS[name], index, start, part, index % keyEvery === 0);
      return { name, fragment, arrival: start + part - lead };
    });
  return [...track('video', videoPart, gopParts, 0), ...track('audio', audioPart, 1, audioLead)].sort(
    (one, other) => one.arrival - other.arrival,
  );
}

/** An encoder of GOPs of one second. */
export const USUAL: Encoder = { gopParts: 2, videoPart: 0.5, audioPart: 0.512, seconds: 20, audioLead: 0 };

/** Feeds a session to a segmenter, which is returned. */
export function fed(segmenter: Segmenter, session: SessionStart, encoder: Partial<Encoder> = {}): Segmenter {
  for (const { name, fragment } of arrivals(session, { ...USUAL, ...encoder })) segmenter.append(name, fragment);
  return segmenter;
}
