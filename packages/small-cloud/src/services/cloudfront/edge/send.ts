import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { ResponseHeaders } from '../messages';
import { type EdgeObject, isShared } from './edge-object';
import type { ByteRange, ViewerResponse } from './viewer-response';

/** Sends a response while its body arrives. Returns the number of bytes of the body that were sent. */
export async function send(
  response: ServerResponse,
  { status, headers, body, range }: ViewerResponse,
): Promise<number> {
  response.writeHead(status, defined(headers));
  const whole = body && wholeBody(body);
  if (body === undefined || whole !== undefined) {
    const bytes = range === undefined ? whole : whole?.subarray(range.first, range.last + 1);
    response.end(bytes);
    return bytes?.length ?? 0;
  }
  const chunks: AsyncIterable<Buffer> = isShared(body) ? body.read() : asBuffers(body);
  return stream(response, chunks, range ?? { first: 0, last: Number.POSITIVE_INFINITY });
}

/** Formats the head of a response as Node formats it on a connection that stays open. */
export function responseHead({ status, headers }: ViewerResponse): Buffer {
  const lines = Object.entries(defined(headers)).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  if (headers['date'] === undefined) lines.push(`date: ${new Date().toUTCString()}\r\n`);
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
  return Buffer.from(`${line}${lines.join('')}connection: keep-alive\r\nkeep-alive: timeout=30\r\n\r\n`, 'latin1');
}

/** Returns a body that has arrived whole; undefined for others. */
export function wholeBody(body: EdgeObject['body']): Buffer | undefined {
  if (Buffer.isBuffer(body)) return body;
  return isShared(body) ? body.whole : undefined;
}

/** Sends a body at the viewer's pace. A viewer who leaves ends only their own stream. */
async function stream(response: ServerResponse, chunks: AsyncIterable<Buffer>, range: ByteRange): Promise<number> {
  let position = 0;
  let sent = 0;
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) break;
      const part = chunk.subarray(Math.max(0, range.first - position), Math.max(0, range.last + 1 - position));
      position += chunk.length;
      sent += part.length;
      if (part.length > 0 && !response.write(part)) await drained(response);
      if (position > range.last) break;
    }
    response.end();
  } catch {
    // The origin broke off. A closed connection shows the viewer that the body is incomplete.
    response.destroy();
  }
  return sent;
}

async function* asBuffers(chunks: AsyncIterable<Buffer | string> | Buffer): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(chunks)) yield chunks;
  else for await (const chunk of chunks) yield Buffer.from(chunk);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.destroyed) done();
  });
}

/** Drops headers without a value, because Node refuses them. */
function defined(headers: ResponseHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) kept[name] = typeof value === 'string' ? value : [...value];
  }
  return kept;
}
