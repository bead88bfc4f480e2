import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Names } from '../../../contract';
import type { Origin } from '../control/distribution';
import { type Answer, errorAnswer } from './edge-object';
import { type OriginInquiry, type OriginRequest, originRequest } from './origin-request';
import { localSettings } from './page-settings';

/** A missing answer of an origin. The message is for the viewer and the log. */
class OriginError extends Error {
  override readonly name = 'OriginError';

  constructor(
    readonly status: 502 | 504,
    message: string,
  ) {
    super(message);
  }
}

/** Sends requests to origins, over connections that stay open. */
export class OriginClient {
  private readonly agent = new Agent({ keepAlive: true });

  /** @param tell - takes a sentence for every origin without an answer. */
  constructor(
    private readonly names: Names,
    private readonly tell: (line: string) => void,
  ) {}

  /** Asks the origin of a behaviour. When it does not answer, the edge's error page is the answer. */
  async answer(inquiry: OriginInquiry & { readonly body?: Readable }): Promise<Answer> {
    try {
      const message = await this.open(inquiry.behavior.origin, originRequest(inquiry), inquiry.body);
      const answer = { status: message.statusCode ?? 502, headers: message.headers, body: message };
      return await localSettings(answer, inquiry.request, this.names);
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      this.tell(error.message);
      return errorAnswer(error.status, error.message);
    }
  }

  stop(): void {
    this.agent.destroy();
  }

  /**
   * Resolves with the headers of the answer. A request without a body is repeated as often as the origin allows.
   *
   * @throws OriginError when the domain is unknown, or when no answer arrives in time.
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
      const fail = (status: 502 | 504, reason: string) => {
        const error = new OriginError(status, `The origin ${origin.domainName} ${reason}.`);
        outgoing.destroy(error);
        reject(error);
      };
      outgoing.once('socket', (socket) => {
        if (!socket.connecting) return;
        const timer = setTimeout(
          () => fail(504, `was not reached within ${origin.connectTimeout / 1000} s`),
          origin.connectTimeout,
        );
        socket.once('connect', () => clearTimeout(timer));
        socket.once('close', () => clearTimeout(timer));
      });
      outgoing.once('timeout', () => fail(504, `sent nothing for ${origin.readTimeout / 1000} s`));
      outgoing.on('error', (error) => fail(502, `cannot be reached (${error.message})`));
      outgoing.once('response', resolve);
      if (body === undefined) outgoing.end();
      else body.pipe(outgoing);
    });
  }
}
