import { UnsupportedError } from '../../../contract';
import { steadyNow } from '../../../host/clock';
import { ChannelMedia } from '../model/channel-media';
import type { TrackFormat } from '../model/media';
import type { MediaDisk } from '../model/media-disk';
import { type IngestInput, IngestSession } from './ingest-session';
import { type ReceivedFragment, TrackIntake } from './track-intake';

/** When the input on air has been silent for this long, and the other has not, the other goes on air. */
const SILENCE_SECONDS = 3;
/** Number of ended sessions that are remembered, so that a late request of one cannot take the channel back. */
const REMEMBERED_SESSIONS = 16;
/** Allowance for a clock that is read late. */
const MOST_AHEAD_SECONDS = 1;

/** The channel refuses an ingest request because of its state: HTTP 409. */
export class IngestConflictError extends Error {
  override readonly name = 'IngestConflictError';
}

/** An encoder's request to send one track of one session. */
export interface TrackOpening {
  readonly input: IngestInput;
  readonly session: string;
  readonly track: string;
  /** Wall clock of time 0 of the encoder, when it keeps in step with another. */
  readonly clockSeconds?: number | undefined;
  /** Breaks the request off. */
  readonly drop: () => void;
}

/** A request that carries one track of one session. */
export interface TrackRequest {
  /** Takes bytes as they arrive. @throws the errors of {@link TrackIntake.push}. */
  push(chunk: Buffer): void;
  /** Ends the request, whether it is complete or broken off. */
  close(): void;
}

interface InputLine {
  readonly session: IngestSession;
  readonly drops: Set<() => void>;
}

/** Means of a channel. */
export interface ChannelMeans {
  /** Milliseconds since 1970, from a clock that never goes back. @default the clock of this machine */
  readonly clock?: () => number;
  /** Takes the older media. @default everything stays in memory */
  readonly disk?: MediaDisk;
}

/** One channel: the sessions of its encoders, one of them on air, and the media that they have sent. */
export class PackagedChannel {
  readonly media: ChannelMedia;
  private readonly inputs = new Map<IngestInput, InputLine>();
  private readonly ended: string[] = [];
  private onAir: InputLine | undefined;
  private lastOnAir: IngestInput | undefined;
  private formats: ReadonlyMap<string, TrackFormat> = new Map();
  private warnedAhead = '';
  private delaySeconds: number | undefined;

  private readonly clock: () => number;

  /** @param tell - takes warnings for the screen. */
  constructor(
    private readonly tell: (line: string) => void,
    { clock = steadyNow, disk }: ChannelMeans = {},
  ) {
    this.clock = clock;
    this.media = new ChannelMedia(clock, disk);
  }

  /**
   * Accepts a request. The first request of a new session drops the older session of the same input.
   *
   * @throws IngestConflictError for a repeated track of a session, and for a session that was replaced.
   */
  open({ input, session: sessionId, track, clockSeconds, drop }: TrackOpening): TrackRequest {
    if (this.ended.includes(sessionId)) {
      throw new IngestConflictError(
        `session '${sessionId}' has ended; an encoder that starts again needs a new session`,
      );
    }
    let line = this.inputs.get(input);
    if (line?.session.id !== sessionId) {
      if (line) this.end(input, line);
      line = { session: new IngestSession(sessionId, input, clockSeconds), drops: new Set() };
      this.inputs.set(input, line);
    }
    if (!line.session.announce(track)) {
      throw new IngestConflictError(`session '${sessionId}' already sends track '${track}'; send each track once`);
    }
    line.drops.add(drop);
    return this.trackRequest(line, track, drop);
  }

  /** Breaks every request off, and removes the media from the disk. */
  close(): void {
    const lines = [...this.inputs];
    // Cleared first, so that no other input takes over from one that ends now.
    this.inputs.clear();
    for (const [input, line] of lines) this.end(input, line);
    this.media.close();
  }

  /** State of the channel; undefined before the first media. */
  get figures() {
    const { onAir, media } = this;
    const { figures } = media;
    if (figures === undefined) return undefined;
    return {
      ...figures,
      tracks: onAir?.session.start?.tracks ?? [],
      /** The pipeline on air, while both send. */
      pipeline: onAir && this.inputs.size === 2 ? onAir.session.input - 1 : undefined,
    };
  }

  private trackRequest(line: InputLine, track: string, drop: () => void): TrackRequest {
    const intake = new TrackIntake();
    return {
      push: (chunk) => {
        for (const fragment of intake.push(chunk)) this.receive(line, track, fragment);
      },
      close: () => {
        line.drops.delete(drop);
        if (line.drops.size === 0) this.end(line.session.input, line);
      },
    };
  }

  private receive(line: InputLine, track: string, received: ReceivedFragment): void {
    const { session } = line;
    if (this.inputs.get(session.input) !== line) return;
    session.receive(track, received, this.clock() / 1000);
    if (line === this.onAir) this.publish(session);
    else if (session.gathered) this.compete(line);
  }

  /** Puts a session on air unless another one is. */
  private compete(line: InputLine): void {
    const { session } = line;
    const { silentTracks, lastArrivalSeconds } = session;
    if (this.onAir && lastArrivalSeconds - this.onAir.session.lastArrivalSeconds < SILENCE_SECONDS) {
      session.standBy();
      return;
    }
    if (session.leader === undefined) {
      throw new UnsupportedError('the encoder sends no video track; MediaPackage needs at least one');
    }
    const { delaySeconds, formats, media, lastOnAir } = this;
    const { edgeSeconds } = media.store;
    const placed = session.goOnAir({ epochSeconds: media.epochSeconds, delaySeconds, edgeSeconds, formats });
    if (placed === undefined) return;
    if (silentTracks.length > 0) this.tell(`on air without ${silentTracks.join(', ')}: no media arrived for it`);
    if (lastOnAir !== undefined && lastOnAir !== session.input) {
      this.tell(`pipeline ${session.input - 1} is on air: pipeline ${lastOnAir - 1} sends nothing`);
    }
    media.epochSeconds = placed.epochSeconds;
    this.delaySeconds = placed.delaySeconds;
    this.onAir = line;
    this.lastOnAir = session.input;
    this.formats = session.formats;
    this.publish(session);
  }

  private publish(session: IngestSession): void {
    const fragments = session.drain((track) => this.media.store.takeOrdinal(track));
    if (fragments.length === 0) return;
    this.media.add(fragments, session.lastArrivalSeconds);
    this.warnIfAhead(session);
  }

  /** Warns once per session when its media ends in the future. Its dates stay ahead of the clock until it ends. */
  private warnIfAhead(session: IngestSession): void {
    const aheadSeconds = (this.media.epochSeconds ?? 0) + this.media.store.edgeSeconds - session.lastArrivalSeconds;
    if (aheadSeconds < MOST_AHEAD_SECONDS || this.warnedAhead === session.id) return;
    this.warnedAhead = session.id;
    this.tell(
      `the encoder has sent ${aheadSeconds.toFixed(1)} s more than the clock allows; dates are ahead by that until it restarts`,
    );
  }

  private end(input: IngestInput, line: InputLine): void {
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
