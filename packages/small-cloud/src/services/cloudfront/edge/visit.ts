import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Visit } from '../log-line';
import type { ServedRequest } from './request-path';
import type { ViewerResponse } from './viewer-response';

const LOOPBACK = '127.0.0.1';

/** Describes a request that went along the request path. */
export function servedVisit(
  incoming: IncomingMessage,
  { response, result }: ServedRequest,
  sent: Pick<Visit, 'bytes' | 'milliseconds' | 'firstByteMilliseconds'>,
): Visit {
  const { status, headers } = response;
  return {
    ...sent,
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: incoming.headers,
    ip: incoming.socket.remoteAddress ?? LOOPBACK,
    port: incoming.socket.remotePort,
    httpVersion: incoming.httpVersion,
    status,
    result: result === 'Refused' || (status >= 400 && result === 'Miss') ? 'Error' : result,
    contentType: headers['content-type']?.toString(),
    contentLength: headers['content-length']?.toString(),
  };
}

/** Describes a request that equals an earlier one, from its head and the answer. It was a hit. */
export function repeatedVisit(
  head: string,
  { status, headers }: Pick<ViewerResponse, 'status' | 'headers'>,
  bytes: number,
): Visit {
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [method = 'GET', url = '/', version = 'HTTP/1.1'] = requestLine.split(' ');
  return {
    method,
    url,
    headers: headersOf(lines),
    ip: LOOPBACK,
    port: undefined,
    httpVersion: version.replace('HTTP/', ''),
    status,
    bytes,
    result: 'Hit',
    contentType: headers['content-type']?.toString(),
    contentLength: headers['content-length']?.toString(),
    milliseconds: 0,
    firstByteMilliseconds: 0,
  };
}

function headersOf(lines: readonly string[]): IncomingHttpHeaders {
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(pairs);
}
