import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { guardedServer } from '../../../wire/guarded-server';
import { listen, portOf, stop } from '../listening';
import type { Buckets } from './buckets';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  ts: 'video/mp2t',
};

/**
 * The port of loopback through which the encoder writes an HLS output: `PUT`, `GET` and `DELETE` of `/TOKEN/BUCKET/KEY`.
 * The encoder's role was judged when the channel was created, and only the encoder knows the token. A file appears when
 * it is whole. Files appear in the order in which they were finished.
 */
export class EncoderFace {
  private readonly token = randomBytes(16).toString('hex');
  private server: Server | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly buckets: Buckets,
    private readonly tell: (line: string) => void,
  ) {}

  async start(): Promise<void> {
    const server = guardedServer({ tell: this.tell }, (request, response) => this.serve(request, response));
    await listen(server);
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) await stop(server);
  }

  /** Base URL of a bucket's objects, ending in `/`. @throws Error before {@link start}. */
  url(bucket: string): string {
    if (this.server === undefined) throw new Error('The local S3 is not started.');
    return `http://127.0.0.1:${portOf(this.server)}/${this.token}/${bucket}/`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await buffer(request);
      const answer = this.last.then(() => this.answer(request, body));
      this.last = answer.catch(() => {});
      const { status, content } = await answer;
      response.writeHead(status).end(content);
    } catch (error) {
      if (!request.complete) return;
      this.tell(`${request.method} ${request.url}: ${error}`);
      response.writeHead(500).end();
    }
  }

  private async answer(
    { method, url = '' }: IncomingMessage,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly content?: Buffer }> {
    const [, token, name = '', path = ''] = /^\/([^/]+)\/([^/]+)\/([^?]+)/.exec(url) ?? [];
    const bucket = this.buckets.find(name);
    if (token !== this.token || bucket === undefined) return { status: 404 };
    const key = decodeURIComponent(path);
    switch (method) {
      case 'PUT': {
        const type = CONTENT_TYPES[key.split('.').at(-1) ?? ''] ?? 'binary/octet-stream';
        await this.buckets.put(bucket, key, body, { headers: { 'content-type': type }, checksum: undefined });
        return { status: 200 };
      }
      case 'GET': {
        const content = await this.buckets.read(bucket, key);
        return content === undefined ? { status: 404 } : { status: 200, content };
      }
      case 'DELETE':
        await this.buckets.remove(bucket, key);
        return { status: 204 };
      default:
        return { status: 405 };
    }
  }
}
