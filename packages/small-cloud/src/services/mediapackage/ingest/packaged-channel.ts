import { UnsupportedError } from '../../../contract';
import { steadyNow } from '../../../host/clock';
import { Change } from '../model/change';
import type { TrackFormat } from '../model/media';
import { Segmenter } from '../model/segmenter';
import { TrackStore } from '../model/track-store';
import { EncoderSession, type IngestInput } from './ingest-session';
import { type ReceivedFragment, TrackIntake } from './track-intake';

/** How long past the longest manifest window media stays, so that a slow viewer still finds what a manifest listed. */
const SPARE_SECONDS = 60;
/** When the input on air has sent nothing for this long, and the other has, the other goes on air. */
const SILENCE_SECONDS = 3;
/** How many ended sessions are remembered, so that a straggler of one cannot take the channel back. */
const REMEMBERED_SESSIONS = 16;

/** An ingest request that cannot be taken now: HTTP 409. */
export class IngestConflictError extends Error {
  override readonly name = 'IngestConflictError';
}

/** A request that carries one track of one session. */
export interface TrackRequest {
  /** Takes bytes as they arrive. @throws what {@link TrackIntake.push} throws. */
  push(chunk: Buffer): void;
  /** The request has ended, or broken off. */
  close(): void;
}

interface OnLine {
  readonly session: EncoderSession;
  readonly drops: Set<() => void>;
}

/** Encoders are given this much for a clock that is read late. */
const MOST_AHEAD_SECONDS = 1;

/**
 * The media of one channel: the sessions of its encoders, and the fragments of their tracks on one timeline. It keeps
 * what the longest manifest window needs and one minute more; `StartoverWindowSeconds` is accepted but not kept, since
 * hours of media do not belong into the memory of a local run.
 */
export class PackagedChannel {
  readonly change = new Change();
  private readonly inputs = new Map<IngestInput, OnLine>();
  /** The media that is kept. */
  readonly store = new TrackStore();
  private readonly segmenters = new Map<number, Segmenter>();
  private readonly ended: string[] = [];
  private onAir: OnLine | undefined;
  private lastOnAir: IngestInput | undefined;
  /** Wall clock at which the newest media came, in seconds. */
  private lastMediaSeconds = 0;
  private formats: ReadonlyMap<string, TrackFormat> = new Map();
  /** Wall clock of time 0 of the timeline, in seconds since 1970; undefined before the first media. */
  epochSeconds: number | undefined;
  private toldAhead = '';
  private delaySeconds: number | undefined;
  /** The longest manifest window of the channel's endpoints, in seconds. */
  windowSeconds = 60;

  /**
   * @param tell - takes warnings for the screen.
   * @param clock - milliseconds since 1970, by a clock that is never set back.
   */
  constructor(
    private readonly tell: (line: string) => void,
    private readonly clock: () => number = steadyNow,
  ) {}

  /**
   * A request that begins. The first one of a new session drops the older session of the same input.
   * @param drop - breaks the request off.
   * @param clockSeconds - wall clock of time 0 of the encoder, when it keeps in step with another.
   * @throws IngestConflictError for a track twice in a session, and for a session that was replaced.
   */
  open(input: IngestInput, sessionId: string, track: string, drop: () => void, clockSeconds?: number): TrackRequest {
    if (this.ended.includes(sessionId)) {
      throw new IngestConflictError(
        `session '${sessionId}' has ended; an encoder that starts again needs a new session`,
      );
    }
    let line = this.inputs.get(input);
    if (line?.session.id !== sessionId) {
      if (line) this.end(input, line);
      line = { session: new EncoderSession(sessionId, input, clockSeconds), drops: new Set() };
      this.inputs.set(input, line);
    }
    const { session, drops } = line;
    if (!session.announce(track)) {
      throw new IngestConflictError(`session '${sessionId}' sends track '${track}' already`);
    }
    drops.add(drop);
    const intake = new TrackIntake();
    const current = line;
    return {
      push: (chunk) => {
        for (const fragment of intake.push(chunk)) this.receive(current, track, fragment);
      },
      close: () => {
        drops.delete(drop);
        if (drops.size === 0) this.end(input, current);
      },
    };
  }

  /** Breaks every request off. */
  close(): void {
    const lines = [...this.inputs];
    // Nobody is to take over from one that ends now.
    this.inputs.clear();
    for (const [input, line] of lines) this.end(input, line);
  }

  /** The channel cut into segments of about `targetSeconds`; undefined before the first media. */
  segmenter(targetSeconds: number): Segmenter | undefined {
    const known = this.segmenters.get(targetSeconds);
    if (known || this.epochSeconds === undefined) return known;
    const fresh = new Segmenter(targetSeconds, this.epochSeconds);
    for (const { track, fragment } of this.store.all()) fresh.append(track, fragment);
    this.segmenters.set(targetSeconds, fresh);
    return fresh;
  }

  /** How the channel is doing; undefined before the first media. */
  get figures() {
    const { onAir, epochSeconds, store } = this;
    if (epochSeconds === undefined) return undefined;
    const fragments = store.all();
    return {
      tracks: onAir?.session.start?.tracks ?? [],
      /** The pipeline that is on air, when both send. */
      pipeline: onAir && this.inputs.size === 2 ? onAir.session.input - 1 : undefined,
      /** How far the newest media is behind the clock. */
      behindSeconds: this.clock() / 1000 - epochSeconds - store.edgeSeconds,
      /** How long ago the newest media came. */
      silentSeconds: this.clock() / 1000 - this.lastMediaSeconds,
      heldSeconds: store.edgeSeconds - (fragments[0]?.fragment.startSeconds ?? store.edgeSeconds),
      parts: fragments.length,
      bytes: fragments.reduce((sum, { fragment }) => sum + fragment.data.length, 0),
    };
  }

  private receive(line: OnLine, track: string, received: ReceivedFragment): void {
    const { session } = line;
    if (this.inputs.get(session.input) !== line) return;
    session.receive(track, received, this.clock() / 1000);
    if (line === this.onAir) this.publish(session);
    else if (session.gathered) this.compete(line);
  }

  /** A session that is not on air goes on air when no other one is. */
  private compete(line: OnLine): void {
    const {
      session,
      session: { silentTracks, lastArrivalSeconds: now },
    } = line;
    if (this.onAir && now - this.onAir.session.lastArrivalSeconds < SILENCE_SECONDS) {
      session.standBy();
      return;
    }
    if (session.leader === undefined) {
      throw new UnsupportedError('the encoder sends no video track; MediaPackage needs at least one');
    }
    const { epochSeconds, delaySeconds, formats, store, lastOnAir } = this;
    const placed = session.goOnAir({ epochSeconds, delaySeconds, edgeSeconds: store.edgeSeconds, formats });
    if (placed === undefined) return;
    if (silentTracks.length > 0) this.tell(`on air without ${silentTracks.join(', ')}: nothing came for it`);
    if (lastOnAir !== undefined && lastOnAir !== session.input) {
      this.tell(`pipeline ${session.input - 1} is on air: pipeline ${lastOnAir - 1} sends nothing`);
    }
    this.epochSeconds = placed.epochSeconds;
    this.delaySeconds = placed.delaySeconds;
    this.onAir = line;
    this.lastOnAir = session.input;
    this.formats = session.formats;
    this.publish(session);
  }

  private publish(session: EncoderSession): void {
    const fragments = session.drain((track) => this.store.takeOrdinal(track));
    for (const { track, fragment } of fragments) {
      this.store.add(track, fragment);
      for (const segmenter of this.segmenters.values()) segmenter.append(track, fragment);
    }
    if (fragments.length === 0) return;
    this.lastMediaSeconds = session.lastArrivalSeconds;
    this.tellIfAhead(session);
    this.evict(this.store.edgeSeconds - this.windowSeconds - SPARE_SECONDS);
    this.change.notify();
  }

  /** Says once that a session's media ends after now: its dates are as far in the future until it ends. */
  private tellIfAhead(session: EncoderSession): void {
    const aheadSeconds = (this.epochSeconds ?? 0) + this.store.edgeSeconds - session.lastArrivalSeconds;
    if (aheadSeconds < MOST_AHEAD_SECONDS || this.toldAhead === session.id) return;
    this.toldAhead = session.id;
    this.tell(
      `the encoder has sent ${aheadSeconds.toFixed(1)} s more than the clock allows; dates are ahead by that until it restarts`,
    );
  }

  private evict(beforeSeconds: number): void {
    const segmenters = [...this.segmenters.values()];
    for (const segmenter of segmenters) segmenter.evict(beforeSeconds);
    // A segment may begin before that time and end after it: its parts stay for as long as it does.
    this.store.evict(Math.min(beforeSeconds, ...segmenters.map(({ cuts }) => cuts[0]?.startSeconds ?? beforeSeconds)));
  }

  private end(input: IngestInput, line: OnLine): void {
    if (this.inputs.get(input) === line) this.inputs.delete(input);
    const wasOnAir = this.onAir === line;
    if (wasOnAir) this.onAir = undefined;
    if (!this.ended.includes(line.session.id)) this.ended.push(line.session.id);
    if (this.ended.length > REMEMBERED_SESSIONS) this.ended.shift();
    for (const drop of line.drops) drop();
    const [other] = this.inputs.values();
    if (wasOnAir && other?.session.gathered && other.session.leader !== undefined) this.compete(other);
  }
}
