import type { Choice, PageEvent } from '../choice';
import type { Snapshot } from '../snapshot';
import type { Members } from './line';
import { type Happening, Meter } from './meter';

/** Version of the reports of this page, for the column `player`. */
const PLAYER = 'page 1';

/** Means of a session. */
export interface SessionMeans {
  /** Milliseconds since 1970, by the clock of this device. */
  clock(): number;
  /** A number from 0 up to 1. */
  random(): number;
  readonly everySeconds: number;
  readonly sid: string;
}

/** One viewing of one channel, from being told to play until something else plays. */
export class Session {
  private readonly meter: Meter;
  private sequence = 0;
  private beatAt: number;
  private last: Snapshot | undefined;
  private ended = false;

  /** @param now - time at which the player was told to play, in milliseconds on the clock of the looks. */
  constructor(
    readonly choice: Choice,
    private readonly means: SessionMeans,
    now: number,
  ) {
    this.meter = new Meter(now);
    // Viewers of one event start together; their reports need not come together for ever.
    this.beatAt = now + means.random() * means.everySeconds * 1000;
  }

  get sid(): string {
    return this.means.sid;
  }

  /**
   * Takes a look at the player, and returns the events to report. A viewer who waits for a channel that is not on air has
   * not been refused anything, and is no part of the audience yet.
   */
  look(snapshot: Snapshot, seeking: boolean, now: number): readonly Members[] {
    this.last = snapshot;
    if (snapshot.status === 'waiting' && this.choice.channel?.running === false && this.sequence === 0) return [];
    const lines = this.meter.look({ now, snapshot, seeking }).map((happening) => this.event(happening, snapshot));
    if (this.sequence === 0) lines.unshift(this.event({ e: 'ps', sta: this.meter.state }, snapshot));
    const watching = this.meter.state !== 'a' && this.meter.state !== 'e';
    if (watching && now >= this.beatAt) {
      this.beatAt = now + this.means.everySeconds * 1000;
      lines.push(this.event({ e: 't', sta: this.meter.state }, snapshot));
    }
    return lines;
  }

  /** Returns the last event: the viewer leaves. */
  end(): readonly Members[] {
    if (this.sequence === 0 || this.last === undefined) return [];
    this.ended = true;
    return [this.event({ e: 'ps', sta: 'q' }, this.last)];
  }

  /** Returns the line of an event of the page. An engine that is left may have one after the end of the session. */
  tell({ name, keys }: PageEvent): readonly Members[] {
    if (this.last === undefined) return [];
    const sta = this.ended ? 'q' : this.meter.state;
    return [{ ...this.event({ e: 'ce', sta }, this.last), cen: name, ...keys }];
  }

  /** Tells once after each stall that there was one. */
  takeStarved(): boolean {
    return this.meter.takeStarved();
  }

  /** Point of presence of the edge, once it is known. */
  pop: string | undefined;

  private event(happening: Happening | { readonly e: 't' | 'ce'; readonly sta: string }, snapshot: Snapshot): Members {
    const { playedMs, stallMs, stalls, droppedFrames, frames, rebuilds } = this.meter.take();
    this.sequence += 1;
    return {
      ...session(this.choice, this.sid),
      ...measured(snapshot),
      v: 2,
      ts: this.means.clock(),
      sn: this.sequence,
      e: { token: happening.e },
      sta: { token: happening.sta },
      msd: 'msd' in happening ? happening.msd : undefined,
      ec: 'ec' in happening ? { list: happening.ec } : undefined,
      'lss-pl': playedMs || undefined,
      'lss-sm': stallMs || undefined,
      'lss-sc': stalls || undefined,
      'lss-df': droppedFrames || undefined,
      'lss-fr': frames || undefined,
      'lss-rb': rebuilds || undefined,
      'lss-en': snapshot.engine ?? undefined,
      'lss-pv': PLAYER,
      'lss-pop': this.pop,
    };
  }
}

/** The keys that are the same for all of a session, in reports and in media requests. */
export function session({ channel, format }: Choice, sid: string): Members {
  return { sid, cid: channel?.name, sf: { token: format === 'dash' ? 'd' : 'h' }, st: { token: 'l' } };
}

const listed = (value: number | null | undefined): { list: number } | undefined =>
  typeof value === 'number' && value > 0 ? { list: value } : undefined;

function measured({ rendition, renditions, bufferSeconds, bandwidth, latencySeconds }: Snapshot): Members {
  const top = Math.max(0, ...renditions.map(({ bitrate }) => bitrate ?? 0));
  return {
    br: listed(rendition?.bitrate && rendition.bitrate / 1000),
    tb: listed(top / 1000),
    bl: { list: bufferSeconds * 1000 },
    mtp: listed(bandwidth && Math.round(bandwidth / 100_000) * 100),
    ltc: latencySeconds === null ? undefined : latencySeconds * 1000,
  };
}
