import type { IngestInput } from '../../../src/services/mediapackage/ingest/ingest-session';
import {
  PackagedChannel,
  type TrackOpening,
  type TrackRequest,
} from '../../../src/services/mediapackage/ingest/packaged-channel';
import { madeFragment, madeInit } from '../made-media';

interface EncoderOptions {
  readonly input?: IngestInput;
  readonly level?: number;
  readonly tracks?: readonly string[];
  /** Delay of the media after the encoder's clock; without it, the encoder does not send its clock. */
  readonly delay?: number;
}

/** Start of the channel's clock, in seconds since 1970. */
export const NOON = 1_800_000_000;

/** Builds the request to send a track of the session `a` to input 1. */
export function opening(track: string): TrackOpening {
  return { input: 1, session: 'a', track, drop: () => {} };
}

/** Builds a channel with a clock of its own, and encoders that send to it. All times are seconds. */
export function bench() {
  let now = NOON;
  const told: string[] = [];
  const channel = new PackagedChannel((line) => told.push(line), { clock: () => now * 1000 });
  return {
    channel,
    told,
    /** Starts an encoder at `at`; `send` sends its media up to a time. */
    encoder(id: string, at: number, options: EncoderOptions = {}) {
      const dropped: string[] = [];
      const requests = new Map<string, TrackRequest>();
      let sent = 0;
      const names = options.tracks ?? ['video', 'audio'];
      now = NOON + at;
      for (const name of names) {
        requests.set(
          name,
          channel.open({
            input: options.input ?? 1,
            session: id,
            track: name,
            clockSeconds: options.delay === undefined ? undefined : NOON + at,
            drop: () => dropped.push(name),
          }),
        );
        requests.get(name)?.push(madeInit(name === 'audio' ? 'audio' : 'video', { level: options.level }));
      }
      return {
        dropped,
        request: (name: string) => requests.get(name),
        /** Sends all half seconds that end by `until`. */
        send(until: number) {
          for (; at + (sent + 1) * 0.5 <= until + 1e-9; sent++) {
            now = NOON + at + (sent + 1) * 0.5 + (options.delay ?? 0);
            for (const name of names) {
              requests.get(name)?.push(madeFragment(sent * 500, 500, name === 'audio' || sent % 2 === 0));
            }
          }
        },
        close() {
          for (const request of requests.values()) request.close();
        },
      };
    },
    /** Lists starts and ends of a track's fragments, as offsets of the wall clock from noon. */
    timeline(track = 'video') {
      const fragments = channel.media.store.all().filter((one) => one.track === track);
      const offset = (channel.media.epochSeconds ?? 0) - NOON;
      return fragments.map(({ fragment }) => [
        round(offset + fragment.startSeconds),
        round(offset + fragment.endSeconds),
      ]);
    },
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
