import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { LoopbackServer } from '../loopback-server';

/** An HTTP origin on loopback that records its requests. */
export class TestOrigin extends LoopbackServer {
  readonly asked: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];

  constructor(answer: (request: IncomingMessage, response: ServerResponse) => void) {
    super((incoming, response) => {
      this.asked.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers });
      answer(incoming, response);
    });
  }
}

/** A response as a viewer received it. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends one request without the headers that a browser or `fetch` would add. */
export function get(url: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(url);
    const outgoing = request({ hostname, port, path: pathname + search, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        }),
      );
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
