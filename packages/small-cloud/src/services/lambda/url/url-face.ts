import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessRequest, Cloud, Value } from '../../../contract';
import { guardedServer } from '../../../wire/guarded-server';
import { PortOnDemand } from '../../kit/listening';
import type { InvocationResult } from '../invocation';
import type { FunctionUrl } from './function-url';
import { PAYLOAD_LIMIT_BYTES, refusal, type UrlAnswer, urlAnswer } from './url-answer';
import { type UrlRequest, urlEvent } from './url-event';
import { refusedByUrl } from './url-guard';

/** Parts of Lambda that its function URLs are served with. */
export interface UrlFaceOptions {
  /** A function URL by the first label of its domain. */
  readonly find: (id: string) => FunctionUrl | undefined;
  /** Tells whether the policy of a function allows a request of a principal. */
  readonly allows: (functionArn: string, principal: string, request: AccessRequest) => boolean;
  readonly invoke: (functionArn: string, event: Value, requestId: string) => Promise<InvocationResult>;
}

/**
 * The port of loopback that serves function URLs, below `/<id>`. Each request is judged, and invokes its function once.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export class UrlFace {
  private readonly opened: PortOnDemand;

  constructor(
    private readonly cloud: Pick<Cloud, 'accountId' | 'clock' | 'names' | 'tell'>,
    private readonly options: UrlFaceOptions,
  ) {
    const guard = { names: cloud.names, tell: (line: string) => cloud.tell('lambda', line, 'warning') };
    const server = guardedServer(guard, async (request, response) => {
      const requestId = randomUUID();
      const { status, headers, body } = await this.answer(request, requestId);
      response.writeHead(status, { ...headers, 'x-amzn-requestid': requestId });
      end(response, request.method, body);
    });
    this.opened = new PortOnDemand(server);
  }

  /** The port; the first call opens it. */
  port(): Promise<number> {
    return this.opened.port();
  }

  stop(): Promise<void> {
    return this.opened.stop();
  }

  private async answer(incoming: IncomingMessage, requestId: string): Promise<UrlAnswer> {
    const [, id = '', path = '', query = ''] = /^\/([^/?]*)([^?]*)\??(.*)$/.exec(incoming.url ?? '') ?? [];
    const url = this.options.find(id);
    if (url === undefined) return refusal(404, 'ResourceNotFoundException', { Message: 'Not Found' });
    const body = await readWhole(incoming);
    const { method = 'GET', headers, socket } = incoming;
    const sourceIp = socket.remoteAddress ?? '127.0.0.1';
    const request: UrlRequest = { url, method, path: path === '' ? '/' : path, query, headers, body, sourceIp };
    const refused = refusedByUrl(request, (principal, asked) => this.options.allows(url.functionArn, principal, asked));
    if (refused !== undefined) {
      const asked = `${method} ${request.path} at the URL of ${url.functionArn}`;
      this.cloud.tell('lambda', `${asked} is refused (403): ${refused.why}`, 'warning');
      return refused.answer;
    }
    const facts = { requestId, accountId: this.cloud.accountId, now: this.cloud.clock.now() };
    const event = urlEvent(request, facts);
    if (Buffer.byteLength(JSON.stringify(event)) > PAYLOAD_LIMIT_BYTES) return tooLarge();
    return urlAnswer(await this.options.invoke(url.functionArn, event, requestId));
  }
}

/** Sends a body, where an answer to the method and the status may have one. */
function end(response: ServerResponse, method: string | undefined, body: string | Buffer): void {
  if (method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304) response.end();
  else response.end(body);
}

/** Reads a whole body. What is beyond the limit is read and dropped; the event is too large in any case. */
async function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    if (size <= PAYLOAD_LIMIT_BYTES) parts.push(part);
    size += part.length;
  }
  return Buffer.concat(parts);
}

function tooLarge(): UrlAnswer {
  const message = `Request must be smaller than ${PAYLOAD_LIMIT_BYTES} bytes for the InvokeFunction operation`;
  return refusal(413, 'RequestTooLargeException', { message });
}
