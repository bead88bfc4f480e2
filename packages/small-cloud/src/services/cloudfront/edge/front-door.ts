import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { LentSocket } from './lent-socket';

/** Time for which a connection without a request stays open, in milliseconds. */
const IDLE_MILLISECONDS = 30_000;

/** Longest request that is compared with the known ones, in bytes. */
const LONGEST_HEAD = 4096;

/** A whole response, as it is sent. */
export interface ReadyAnswer {
  /** Its head, and a small body with it. */
  readonly start: Buffer;
  /** A larger body. */
  readonly rest: Buffer | undefined;
}

/** The server behind the door. */
export interface Host {
  /** Answers a request that equals an earlier one byte for byte; undefined to have it read and served. */
  repeat(head: string): ReadyAnswer | undefined;
  /**
   * Serves a request that node has read.
   *
   * @param head - the request as received, when it has no body and the connection stays open after it.
   */
  serve(request: IncomingMessage, response: ServerResponse, head: string | undefined): void;
}

/**
 * Creates an HTTP server that answers a repeated request without parsing it again. Parsing a request and writing a
 * response with `node:http` takes several times as long as the rest of an edge's work for a cached object. Node parses
 * every request once, so there is no second parser with other results.
 */
export function frontDoor(host: Host): Server {
  const entries = new WeakMap<LentSocket, Entry>();
  const server = createServer((request, response) => {
    const entry = request.socket instanceof LentSocket ? entries.get(request.socket) : undefined;
    host.serve(request, response, entry?.served(request, response));
  });
  server.keepAliveTimeout = IDLE_MILLISECONDS;
  const read = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    new Entry(socket, host, (lent, entry) => {
      entries.set(lent, entry);
      for (const listener of read) listener.call(server, lent);
    });
  });
  return server;
}

/** One viewer's connection. */
class Entry {
  /** The socket as node has it, while node reads or serves. */
  private lent: LentSocket | undefined;
  /** The only request that node has received so far; undefined when it has received more, or only a part. */
  private head: string | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly host: Host,
    private readonly open: (lent: LentSocket, entry: Entry) => void,
  ) {
    socket.setTimeout(IDLE_MILLISECONDS);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('drain', () => socket.resume());
    socket.on('timeout', () => (this.lent === undefined ? socket.destroy() : this.lent.emit('timeout')));
    socket.on('end', () => (this.lent === undefined ? socket.end() : this.lent.push(null)));
    socket.on('error', (error) => this.lent?.destroy(error));
    socket.on('close', () => this.lent?.destroy());
  }

  /** Notes that node serves a request. @returns its bytes, when it is the only one and can be repeated. */
  served({ method, headers }: IncomingMessage, response: ServerResponse): string | undefined {
    const { lent, head } = this;
    this.head = undefined;
    const whole = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
    if (lent === undefined || head === undefined || !whole || !response.shouldKeepAlive) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    this.head = head;
    response.once('finish', () => {
      if (this.head === undefined || this.lent !== lent) return;
      this.lent = undefined;
      this.socket.setTimeout(IDLE_MILLISECONDS);
      lent.release();
    });
    return head;
  }

  private take(chunk: Buffer): void {
    if (this.lent !== undefined) {
      // Several requests at once: only node knows the end of each.
      this.head = undefined;
      this.lent.pass(chunk);
      return;
    }
    const head = loneHead(chunk);
    const answer = head === undefined ? undefined : this.host.repeat(head);
    if (answer !== undefined) {
      this.answer(answer);
      return;
    }
    this.head = head;
    this.lent = new LentSocket(this.socket);
    this.socket.setTimeout(0);
    this.open(this.lent, this);
    this.lent.pass(chunk);
  }

  private answer({ start, rest }: ReadyAnswer): void {
    const { socket } = this;
    let room: boolean;
    if (rest === undefined) room = socket.write(start);
    else {
      socket.cork();
      socket.write(start);
      room = socket.write(rest);
      socket.uncork();
    }
    // A viewer who sends requests and reads no answers has to wait.
    if (!room) socket.pause();
  }
}

/** Returns a chunk as a string if it ends with its first empty line, as a single request without a body does. */
function loneHead(chunk: Buffer): string | undefined {
  if (chunk.length > LONGEST_HEAD) return undefined;
  const text = chunk.toString('latin1');
  return text.indexOf('\n\r\n') === text.length - 3 && !text.includes('\n\n') ? text : undefined;
}
