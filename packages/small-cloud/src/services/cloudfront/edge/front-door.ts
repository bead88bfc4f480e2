import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Passage } from './lent-socket';

/** How long a connection without a request stays open, in milliseconds. */
const IDLE_MILLISECONDS = 30_000;

/** The longest request that is looked for among the known ones, in bytes. */
const LONGEST_HEAD = 4096;

/** A whole response: its head as it goes out, and its body. */
export interface ReadyAnswer {
  readonly head: Buffer;
  readonly body: Buffer | undefined;
}

/** The server behind the door. */
export interface Host {
  /** The answer to a request that is, byte for byte, one of before; undefined to have it read and served. */
  repeat(head: string): ReadyAnswer | undefined;
  /**
   * Serves a request that node has read.
   *
   * @param head - the request as it came, when it has no body and the connection stays open after it.
   */
  serve(request: IncomingMessage, response: ServerResponse, head: string | undefined): void;
}

/**
 * Makes an HTTP server that answers a repeated request without reading it again: to read a request and to write a
 * response with `node:http` takes several times as long as everything else that an edge does for a cached object. Every
 * request is read by node once, so there is no second parser that could understand it differently.
 */
export function frontDoor(host: Host): Server {
  const entries = new WeakMap<Passage, Entry>();
  const server = createServer((request, response) => {
    const entry = request.socket instanceof Passage ? entries.get(request.socket) : undefined;
    host.serve(request, response, entry?.served(request, response));
  });
  server.keepAliveTimeout = IDLE_MILLISECONDS;
  const read = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    new Entry(socket, host, (passage, entry) => {
      entries.set(passage, entry);
      for (const listener of read) listener.call(server, passage);
    });
  });
  return server;
}

/** One viewer's connection. */
class Entry {
  /** The way to node, while it is reading or serving. */
  private passage: Passage | undefined;
  /** The only request on that way so far; undefined when more came, or less. */
  private head: string | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly host: Host,
    private readonly open: (passage: Passage, entry: Entry) => void,
  ) {
    socket.setTimeout(IDLE_MILLISECONDS);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('drain', () => socket.resume());
    socket.on('timeout', () => (this.passage === undefined ? socket.destroy() : this.passage.emit('timeout')));
    socket.on('end', () => (this.passage === undefined ? socket.end() : this.passage.push(null)));
    socket.on('error', (error) => this.passage?.destroy(error));
    socket.on('close', () => this.passage?.destroy());
  }

  /** Takes note that node serves a request. @returns its bytes, when it is the only one and can be repeated. */
  served({ method, headers }: IncomingMessage, response: ServerResponse): string | undefined {
    const { passage, head } = this;
    this.head = undefined;
    const whole = headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;
    if (passage === undefined || head === undefined || !whole || !response.shouldKeepAlive) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    this.head = head;
    response.once('finish', () => {
      if (this.head === undefined || this.passage !== passage) return;
      this.passage = undefined;
      this.socket.setTimeout(IDLE_MILLISECONDS);
      passage.release();
    });
    return head;
  }

  private take(chunk: Buffer): void {
    if (this.passage !== undefined) {
      // More than one request on the way: node alone knows where each ends.
      this.head = undefined;
      this.passage.pass(chunk);
      return;
    }
    const head = loneHead(chunk);
    const answer = head === undefined ? undefined : this.host.repeat(head);
    if (answer !== undefined) {
      this.answer(answer);
      return;
    }
    this.head = head;
    this.passage = new Passage(this.socket);
    this.socket.setTimeout(0);
    this.open(this.passage, this);
    this.passage.pass(chunk);
  }

  private answer({ head, body }: ReadyAnswer): void {
    const { socket } = this;
    socket.cork();
    let room = socket.write(head);
    if (body !== undefined) room = socket.write(body);
    socket.uncork();
    // A viewer who asks on and reads nothing has to wait.
    if (!room) socket.pause();
  }
}

/** The text of a chunk that ends with its first empty line, as a request does that comes alone and has no body. */
function loneHead(chunk: Buffer): string | undefined {
  if (chunk.length > LONGEST_HEAD) return undefined;
  const text = chunk.toString('latin1');
  return text.indexOf('\n\r\n') === text.length - 3 && !text.includes('\n\n') ? text : undefined;
}
