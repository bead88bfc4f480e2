import { createServer, type Server, type Socket } from 'node:net';
import type { Tag } from './flv';
import { RtmpError } from './rtmp-error';
import { type Refusal, RtmpSession } from './session';

/** Reports about the one publisher that a listener admits. */
export interface PublisherEvents {
  /** A publisher was admitted, and may send. */
  connected(publisher: Publisher): void;
  tag(publisher: Publisher, tag: Tag): void;
  gone(publisher: Publisher): void;
  /** A client was not admitted; the sentence says why. */
  refused(sentence: string): void;
}

/** The publisher that was admitted. */
export interface Publisher {
  /** Stops reading from the publisher until {@link resume}, so that its encoder has to wait. */
  pause(): void;
  resume(): void;
  /** Ends the connection, and tells the publisher why. */
  refuse(sentence: string): void;
}

/** Time from the connection to the permission to publish. */
const DIALOGUE_SECONDS = 5;
/** A publisher that has sent nothing for this long gives way to another. */
const ACTIVE_SECONDS = 2;
/** A publisher that sends nothing for this long is cut off. */
const SILENT_SECONDS = 10;
const MOST_CONNECTIONS = 64;

/** A port of this machine for publishers of RTMP: always open, for one publisher at a time. */
export class RtmpListener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private current: { readonly publisher: Publisher; heardAt: number; isPaused: boolean } | undefined;

  /**
   * @param streamName - `application/instance`, which a publisher must name exactly.
   * @param now - a clock that never goes back, in seconds.
   */
  constructor(
    private readonly streamName: string,
    private readonly events: PublisherEvents,
    private readonly now: () => number,
  ) {
    this.server = createServer((socket) => this.accept(socket));
    this.server.maxConnections = MOST_CONNECTIONS;
  }

  /** Opens the port. @throws Error with the code EADDRINUSE when another program holds it. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.removeListener('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.current = undefined;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    const acceptedAt = this.now();
    let over = false;
    const publisher: Publisher = {
      pause: () => this.hold(publisher, true, socket),
      resume: () => this.hold(publisher, false, socket),
      refuse: (sentence) => session.refuse({ code: 'NetStream.Publish.BadName', sentence }),
    };
    const session = new RtmpSession({
      send: (bytes) => void socket.write(bytes),
      connecting: (application) => this.told(this.wrongApplication(application)),
      publishing: (streamKey) => {
        const refusal = this.wrongKey(streamKey) ?? this.taken();
        if (refusal === undefined) this.letIn(publisher);
        return this.told(refusal);
      },
      tag: (tag) => {
        if (this.current?.publisher !== publisher) return;
        this.current.heardAt = this.now();
        this.events.tag(publisher, tag);
      },
      over: () => {
        over = true;
        // The last answer is still to be sent. A client that does not read it is cut off.
        socket.end();
        setTimeout(() => socket.destroy(), 1000).unref();
      },
    });
    const watch = setInterval(() => {
      const sentence = this.overdue(publisher, acceptedAt);
      if (sentence === undefined || over) return;
      this.events.refused(sentence);
      socket.destroy();
    }, 250);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      if (over) return;
      try {
        session.receive(bytes);
      } catch (error) {
        if (!(error instanceof RtmpError)) throw error;
        this.events.refused(`refused a connection: ${error.message}`);
        over = true;
        socket.destroy();
      }
    });
    socket.on('error', () => {});
    socket.once('end', () => socket.destroy());
    socket.once('close', () => {
      clearInterval(watch);
      this.sockets.delete(socket);
      this.partWith(publisher);
    });
  }

  private letIn(publisher: Publisher): void {
    const before = this.current;
    this.current = { publisher, heardAt: this.now(), isPaused: false };
    if (before !== undefined) {
      this.events.gone(before.publisher);
      before.publisher.refuse('another publisher has come, and this one had stopped sending');
    }
    this.events.connected(publisher);
  }

  private partWith(publisher: Publisher): void {
    if (this.current?.publisher !== publisher) return;
    this.current = undefined;
    this.events.gone(publisher);
  }

  private hold(publisher: Publisher, isPaused: boolean, socket: Socket): void {
    if (this.current?.publisher === publisher) {
      this.current.isPaused = isPaused;
      this.current.heardAt = this.now();
    }
    if (isPaused) socket.pause();
    else socket.resume();
  }

  /** Explains why a connection is cut off; undefined while it is in time. */
  private overdue(publisher: Publisher, acceptedAt: number): string | undefined {
    const { current } = this;
    if (current?.publisher !== publisher) {
      const late = this.now() - acceptedAt > DIALOGUE_SECONDS;
      return late ? `cut off a connection that has not published within ${DIALOGUE_SECONDS} s` : undefined;
    }
    const silent = !current.isPaused && this.now() - current.heardAt > SILENT_SECONDS;
    return silent ? `cut off a publisher that has sent nothing for ${SILENT_SECONDS} s` : undefined;
  }

  private wrongApplication(given: string): Refusal | undefined {
    const needed = this.streamName.slice(0, this.streamName.indexOf('/'));
    if (given === needed) return undefined;
    const sentence = `refused a publisher: its application is ${quoted(given)}, and "${needed}" is needed`;
    return { code: 'NetConnection.Connect.Rejected', sentence };
  }

  private wrongKey(given: string): Refusal | undefined {
    const needed = this.streamName.slice(this.streamName.indexOf('/') + 1);
    if (given === needed) return undefined;
    const sentence = `refused a publisher: its stream key is ${quoted(given)}, and "${needed}" is needed`;
    return { code: 'NetStream.Publish.BadName', sentence };
  }

  private taken(): Refusal | undefined {
    const { current } = this;
    if (current === undefined) return undefined;
    if (!current.isPaused && this.now() - current.heardAt > ACTIVE_SECONDS) return undefined;
    return { code: 'NetStream.Publish.BadName', sentence: 'refused a second publisher: the first one goes on' };
  }

  private told(refusal: Refusal | undefined): Refusal | undefined {
    if (refusal !== undefined) this.events.refused(refusal.sentence);
    return refusal;
  }
}

/** Quotes a string that a client sent, without characters that a terminal acts on. */
function quoted(given: string): string {
  const shown = given.length > 80 ? `${given.slice(0, 80)}…` : given;
  return JSON.stringify(shown).replaceAll(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
