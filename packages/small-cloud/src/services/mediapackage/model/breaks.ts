import { SPLICE_TIMESCALE, spliceMessage } from './splice-message';
import type { PlacedMessage } from './view';

/** An ad break on the timeline of a channel, in seconds. */
export interface AdBreak {
  readonly eventId: number;
  readonly startSeconds: number;
  /** Length that the message announces; undefined for a break that lasts until a return. */
  readonly plannedSeconds: number | undefined;
  /** End, when it is known: by a return, or by the length. */
  readonly endSeconds: number | undefined;
  /** The message at the start, as SCTE-35 bytes. */
  readonly out: Buffer;
  /** The message at the end; undefined where the break ends by its length. */
  readonly back: Buffer | undefined;
}

/** Returns the breaks that the messages of a channel make, in the order of their starts. */
export function adBreaks(messages: readonly PlacedMessage[]): readonly AdBreak[] {
  return messages.flatMap(({ message, seconds }, index) => {
    if (message.kind !== 'splice-out') return [];
    const { eventId, durationTicks } = message;
    const plannedSeconds = durationTicks === undefined ? undefined : durationTicks / SPLICE_TIMESCALE;
    const planned = plannedSeconds === undefined ? undefined : seconds + plannedSeconds;
    // A return that came before it ends another break with the same id.
    const [back] = messages.slice(index + 1).flatMap(({ message: other, seconds: at }) => {
      const ends = other.kind === 'splice-in' && other.eventId === eventId;
      return ends && at < (planned ?? Number.POSITIVE_INFINITY) ? [{ message: other, seconds: at }] : [];
    });
    return [
      {
        eventId,
        startSeconds: seconds,
        plannedSeconds,
        endSeconds: back?.seconds ?? planned,
        out: spliceMessage(message, seconds),
        back: back && spliceMessage(back.message, back.seconds),
      },
    ];
  });
}
