import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import type { Names } from '../../../contract';

/** First part of the paths below which an edge serves other hosts of the small cloud. AWS has no such paths. */
const PREFIX = '/_hosts/';

/** `/_hosts/<host>/<path and query>`. */
const PATH = /^\/_hosts\/([a-z0-9.-]+)(\/.*)?$/i;

/** Headers of one connection, and those by which a port of the local run recognises a web page. */
const WITHHELD =
  /^(host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|origin|sec-.*|x-origin-access-.*)$/;

/**
 * Passes a request for `/_hosts/<host>/…` on to a host that is for web pages: the page of the edge cannot reach another
 * port, because its Content-Security-Policy allows its own origin and HTTPS alone. Nothing of the distribution applies.
 *
 * @returns false for every other request, which then takes its usual path.
 */
export function passToHost(names: Names, incoming: IncomingMessage, response: ServerResponse): boolean {
  const [, host = '', path = '/'] = PATH.exec(incoming.url ?? '') ?? [];
  const base = host === '' ? undefined : names.pageFacing(host);
  if (base === undefined) return false;
  const { hostname, port, pathname } = new URL(base);
  const outgoing = httpRequest({
    hostname,
    port,
    method: incoming.method,
    path: `${pathname === '/' ? '' : pathname}${path}`,
    headers: passed(incoming.headers),
  });
  outgoing.once('response', (answer) => {
    const headers = passed(answer.headers);
    if (answer.headers.location !== undefined) headers['location'] = localAddress(answer.headers.location, host, names);
    response.writeHead(answer.statusCode ?? 502, headers);
    pipeline(answer, response, () => {});
  });
  outgoing.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`${host} does not answer.\n`);
  });
  // A viewer who leaves ends the request too.
  pipeline(incoming, outgoing, () => {});
  return true;
}

/**
 * Passes a WebSocket for `/_hosts/<host>/…` on to a host that is for web pages, byte for byte. Every other one is refused:
 * the local run models no WebSocket behind a distribution.
 */
export function passUpgrade(names: Names, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const [, host = '', path = '/'] = PATH.exec(incoming.url ?? '') ?? [];
  const base = host === '' ? undefined : names.pageFacing(host);
  socket.on('error', () => socket.destroy());
  if (base === undefined || incoming.headers.upgrade?.toLowerCase() !== 'websocket') {
    socket.end('HTTP/1.1 501 Not Implemented\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    return;
  }
  const { hostname, port, pathname } = new URL(base);
  const there = connect({ host: hostname, port: Number(port) });
  there.once('connect', () => {
    const asked = Object.entries(incoming.headers).filter(([name]) => /^(sec-websocket-.*|user-agent)$/.test(name));
    const lines = [
      `GET ${pathname === '/' ? '' : pathname}${path} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      'connection: Upgrade',
      'upgrade: websocket',
      ...asked.map(([name, value]) => `${name}: ${value}`),
    ];
    there.write(`${lines.join('\r\n')}\r\n\r\n`);
    there.write(head);
    pipeline(socket, there, () => there.destroy());
    pipeline(there, socket, () => socket.destroy());
  });
  there.once('error', () => socket.destroy());
}

/** Replaces the address of every host that is for web pages by its path at the edge: `/_hosts/<host>`. */
export function withLocalHosts(text: string, names: Pick<Names, 'pageFacing'>): string {
  return text.replace(/(?:https|wss):\/\/([a-z0-9.-]+)/gi, (whole, host: string) =>
    names.pageFacing(host) === undefined ? whole : `${PREFIX}${host}`,
  );
}

/** Keeps a redirection to a host at the edge. */
function localAddress(location: string, host: string, names: Names): string {
  return location.startsWith('/') ? `${PREFIX}${host}${location}` : withLocalAddress(location, names);
}

function withLocalAddress(location: string, names: Names): string {
  const [whole, host = ''] = /^https:\/\/([^/?#]+)/i.exec(location) ?? [''];
  return names.pageFacing(host) === undefined ? location : `${PREFIX}${host}${location.slice(whole.length)}`;
}

function passed(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !WITHHELD.test(name)) kept[name] = value;
  }
  return kept;
}
