import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Names } from '../contract';

/** The listener of refusals, and the names by which clients may address a port. */
export interface GuardOptions {
  /** Receives a warning for the first refused request of each kind, and for every failure of the answerer. */
  readonly tell: (line: string) => void;
  /** Names of the small cloud. The edge addresses an origin by its public name, and forwards the viewer's headers. */
  readonly names?: Pick<Names, 'resolve'>;
  /** Paths of pages that the port serves itself, and that may ask for themselves again. @default none */
  readonly pages?: RegExp;
}

/** Answers one request. A rejection becomes a 500 and a warning; it never ends the run. */
export type Answerer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface Refusal {
  readonly status: 400 | 403;
  /** The server warns once of each kind. */
  readonly kind: 'malformed' | 'page' | 'host';
  readonly sentence: string;
}

/**
 * Makes an HTTP server that refuses web pages. Every port of the local run except the edge's is one, because a page in
 * the user's browser can send requests to loopback too. Three headers give such a page away, and it can neither omit nor
 * forge them: the `Origin` of a form or a `fetch`, `Sec-Fetch-Site`, and the `Host` of a name that points to loopback
 * (DNS rebinding). AWS SDKs, the AWS CLI, the CDK CLI and ffmpeg send neither of the first two, and the address of the
 * port as the third.
 *
 * A refusal is a 403 with one sentence, sent before the body is read; 400 for a request target that is not a path.
 *
 * @see https://fetch.spec.whatwg.org/#origin-header and https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function guardedServer({ tell, names, pages }: GuardOptions, answer: Answerer): Server {
  const warned = new Set<string>();
  const server = createServer((request, response) => serve(request, response, () => {}));
  // Without this listener Node itself would ask for the body before the headers are checked.
  server.on('checkContinue', (request, response) => serve(request, response, () => response.writeContinue()));
  return server;

  function serve(request: IncomingMessage, response: ServerResponse, letIn: () => void): void {
    perform(request, response, letIn).catch((error: unknown) => fail(request, response, error));
  }

  async function perform(request: IncomingMessage, response: ServerResponse, letIn: () => void): Promise<void> {
    const refused = refusal(request, names, pages);
    if (refused === undefined) {
      letIn();
      await answer(request, response);
    } else {
      refuse(request, response, refused);
    }
  }

  function refuse(request: IncomingMessage, response: ServerResponse, { status, kind, sentence }: Refusal): void {
    if (!warned.has(kind)) {
      tell(`${request.method} ${shortened(request.url ?? '')} was refused (${status}): ${sentence}`);
    }
    warned.add(kind);
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
    response.end(`${sentence}\n`);
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    tell(
      `${request.method} ${shortened(request.url ?? '')}: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

/** Lets a guarded server speak another protocol, such as WebSocket, to everybody whom it would answer. */
export function guardedUpgrades(
  server: Server,
  { tell, names, pages }: GuardOptions,
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refused = refusal(request, names, pages);
    if (refused === undefined) {
      upgrade(request, socket, head);
      return;
    }
    tell(`${request.method} ${shortened(request.url ?? '')} was refused (${refused.status}): ${refused.sentence}`);
    socket.end(`HTTP/1.1 ${refused.status} Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
}

/** Returns the URL of a request that a {@link guardedServer} has let in. */
export function requestUrl(request: Pick<IncomingMessage, 'url'>): URL {
  // As a relative URL, `//` and `//host/` would name another host.
  return new URL(`http://127.0.0.1${request.url ?? '/'}`);
}

function refusal(
  request: IncomingMessage,
  names: GuardOptions['names'],
  pages: GuardOptions['pages'],
): Refusal | undefined {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = request.headers;
  if (!isPath(request.url ?? '')) {
    const sentence = `Request target ${shortened(request.url ?? '')} was given; a path with valid percent-encoding is needed.`;
    return { status: 400, kind: 'malformed', sentence };
  }
  const port = request.socket.localPort ?? 0;
  if (!isLoopback(host, port)) {
    if (isNameOf(host, port, names)) return undefined;
    const sentence = `Host: ${shortened(host)} was given; this port serves programs on this machine as 127.0.0.1:${port} or localhost:${port}.`;
    return { status: 403, kind: 'host', sentence };
  }
  const given = origin === undefined ? `Sec-Fetch-Site: ${site}` : `Origin: ${origin}`;
  if (origin === undefined && site === 'none') return undefined;
  // A page of another origin cannot send `same-origin`.
  const isOwnPage = request.method === 'GET' && pages?.test(request.url ?? '') === true;
  if (origin === undefined && site === 'same-origin' && isOwnPage) return undefined;
  const sentence = `${shortened(given)} was given; this port serves programs on this machine, and no web pages.`;
  return { status: 403, kind: 'page', sentence };
}

/** Returns true if a request target is a path with valid percent-encoding. */
function isPath(target: string): boolean {
  if (!target.startsWith('/')) return false;
  try {
    decodeURIComponent(target.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns true for the address of a port of loopback. `<account>.localhost` is one too: the SDK puts the account before
 * the host of the endpoint of key value stores, and `localhost` is never a public name (RFC 6761 section 6.3).
 */
function isLoopback(host: string, port: number): boolean {
  const [, , given = '80'] = /^(127\.0\.0\.1|(?:\d{12}\.)?localhost|\[::1\])(?::(\d+))?$/i.exec(host) ?? ['', '', ''];
  return given === String(port);
}

function isNameOf(host: string, port: number, names: GuardOptions['names']): boolean {
  const base = names?.resolve(host);
  return base !== undefined && new URL(base).port === String(port);
}

function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
