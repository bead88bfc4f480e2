import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Keys } from '../../src/wire/credentials';

/** A request before it is sent. */
export interface WireRequest {
  readonly method: string;
  /** Path, percent-encoded. */
  readonly path: string;
  readonly service: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A signed request: with the headers, or the query of a pre-signed one, that sign it. */
export interface SignedWireRequest extends WireRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Makes a call of the query protocol. */
export function form(service: string, body: string): WireRequest {
  return {
    method: 'POST',
    path: '/',
    service,
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

/** Signs a request with the library of the AWS SDKs. */
export function signer(baseUrl: string, keys: Keys, signingDate = new Date()) {
  return async (request: WireRequest): Promise<SignedWireRequest> => {
    const v4 = made(request.service, keys);
    const { headers } = await v4.sign(asHttp(baseUrl, request), { signingDate });
    return { ...request, headers };
  };
}

/** Signs in the query, as the SDKs make a pre-signed URL. */
export async function presigned(
  baseUrl: string,
  keys: Keys,
  request: WireRequest,
  options: { readonly signingDate?: Date; readonly expiresIn?: number } = {},
): Promise<SignedWireRequest> {
  const { headers, query = {} } = await made(request.service, keys).presign(asHttp(baseUrl, request), options);
  const { host: _, ...rest } = headers;
  const texts = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return { ...request, headers: rest, query: Object.fromEntries(texts) };
}

/** Sends a request as it is, and reads the answer. */
export function sent(baseUrl: string, { method, path, query = {}, headers, body }: WireRequest): Promise<Answer> {
  const search = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(baseUrl);
    const target = search.length === 0 ? path : `${path}?${search.join('&')}`;
    const outgoing = httpRequest({ hostname, port, method, path: target, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      const { statusCode = 0, headers: given } = response;
      response.once('end', () => resolve({ status: statusCode, headers: given, body: text }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Sends lines to a port and reads until it closes the connection. */
export function rawAnswer(baseUrl: string, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(text));
    socket.write(`${lines.join('\r\n')}\r\n`);
  });
}

function made(service: string, credentials: Keys): SignatureV4 {
  return new SignatureV4({
    service,
    credentials,
    region: 'eu-west-1',
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
}

function asHttp(baseUrl: string, { method, path, query = {}, headers = {}, body }: WireRequest) {
  const { protocol, host, hostname, port } = new URL(baseUrl);
  return { protocol, hostname, port: Number(port), method, path, query, headers: { host, ...headers }, body };
}

/** A SHA-256 in the form that the library needs. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }

  reset(): void {}
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
