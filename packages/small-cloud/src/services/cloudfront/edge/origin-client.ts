import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { Names } from '../../../contract';
import type { Behavior, Distribution, Origin } from '../control/distribution';
import type { ViewerRequest } from './cache-key';
import { type Answer, errorAnswer } from './edge-object';
import { type OriginRequest, originRequest } from './origin-request';

/** No answer from an origin; the message is for the viewer and the log. */
class OriginError extends Error {
  override readonly name = 'OriginError';

  constructor(
    readonly status: 502 | 504,
    message: string,
  ) {
    super(message);
  }
}

/** Asks origins, over connections that stay open. */
export class OriginClient {
  private readonly agent = new Agent({ keepAlive: true });

  /** @param tell - takes a sentence for every origin that did not answer. */
  constructor(
    private readonly names: Names,
    private readonly tell: (line: string) => void,
  ) {}

  /** What the origin of a behaviour answers for a viewer, or the edge in its place. */
  async answer(
    distribution: Distribution,
    behavior: Behavior,
    request: ViewerRequest,
    extra: OutgoingHttpHeaders,
    body?: Readable,
  ): Promise<Answer> {
    try {
      const message = await this.open(behavior.origin, originRequest(distribution, behavior, request, extra), body);
      return { status: message.statusCode ?? 502, headers: message.headers, body: message };
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      this.tell(error.message);
      return errorAnswer(error.status, error.message);
    }
  }

  /**
   * Resolves when the headers of the answer are there. A GET or HEAD is tried as often as the origin allows.
   *
   * @throws OriginError when the domain is unknown here, nobody answers, or not in time.
   */
  private async open(origin: Origin, request: OriginRequest, body?: Readable): Promise<IncomingMessage> {
    const baseUrl = this.names.resolve(origin.domainName);
    if (baseUrl === undefined) {
      throw new OriginError(
        502,
        `The origin ${origin.domainName} is not served by this local run: no resource of the template has that domain name.`,
      );
    }
    const url = new URL(baseUrl);
    const attempts = body === undefined ? origin.attempts : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(url, origin, request, body);
      } catch (error) {
        if (attempt >= attempts || !(error instanceof OriginError)) throw error;
      }
    }
  }

  stop(): void {
    this.agent.destroy();
  }

  private attempt(
    url: URL,
    origin: Origin,
    request: OriginRequest,
    body: Readable | undefined,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({
        agent: this.agent,
        hostname: url.hostname,
        port: url.port,
        method: request.method,
        path: `${url.pathname === '/' ? '' : url.pathname}${request.path}`,
        headers: request.headers,
        timeout: origin.readTimeout,
      });
      const give = (status: 502 | 504, reason: string) => {
        const error = new OriginError(status, `The origin ${origin.domainName} ${reason}.`);
        outgoing.destroy(error);
        reject(error);
      };
      outgoing.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(
          () => give(504, `was not reached within ${origin.connectTimeout / 1000} s`),
          origin.connectTimeout,
        );
        socket.once('connect', () => clearTimeout(timer));
        socket.once('close', () => clearTimeout(timer));
      });
      outgoing.once('timeout', () => give(504, `sent nothing for ${origin.readTimeout / 1000} s`));
      outgoing.on('error', (error) => give(502, `cannot be reached (${error.message})`));
      outgoing.once('response', resolve);
      if (body === undefined) outgoing.end();
      else body.pipe(outgoing);
    });
  }
}
