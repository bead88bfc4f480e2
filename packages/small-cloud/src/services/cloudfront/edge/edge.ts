import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Names } from '../../../contract';
import { type Behavior, behaviorOf, type Distribution } from '../control/distribution';
import { onViewerRequest, onViewerResponse } from '../functions/function-event';
import type { ViewerRequest } from './cache-key';
import { type EdgeObject, madeObject, release } from './edge-object';
import { ERROR_PAGE_HEADERS, errorPage } from './error-page';
import { frontDoor, type ReadyAnswer } from './front-door';
import { listening } from './listening';
import { Objects } from './objects';
import { Repeats } from './repeats';
import { send } from './send';
import { refusal, viewerRequest } from './viewer-request';
import { type CacheResult, type ViewerResponse, viewerResponse } from './viewer-response';

/** What one edge has done so far. */
export interface EdgeFigures {
  readonly requests: number;
  /** Requests that were answered without the origin sending the object. */
  readonly hits: number;
  /** Bytes of bodies that were sent. */
  readonly bytes: number;
}

/** The edge of one distribution: an HTTP server on loopback. */
export class Edge {
  private readonly server: Server;
  private readonly objects: Objects;
  private readonly repeats: Repeats;
  private readonly connections = new Set<Socket>();
  private requests = 0;
  private hits = 0;
  private bytes = 0;

  constructor(
    private distribution: Distribution,
    names: Names,
    private readonly tell: (line: string) => void,
  ) {
    this.objects = new Objects(distribution, names, tell);
    this.repeats = new Repeats(this.objects);
    this.server = frontDoor({
      repeat: (head) => this.repeat(head),
      serve: (request, response, head) => {
        this.serve(request, response, head).catch((error: unknown) => {
          this.tell(`${request.method} ${request.url}: ${sentenceOf(error)}`);
          if (response.headersSent) response.destroy();
          else {
            response.writeHead(500, ERROR_PAGE_HEADERS).end(errorPage(500, 'The local edge failed; its log says why.'));
          }
        });
      },
    });
    this.server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  get figures(): EdgeFigures {
    return { requests: this.requests, hits: this.hits, bytes: this.bytes };
  }

  /** @param port - 0 for any free one. @returns the port. @throws Error when it is taken, saying what to do. */
  listen(port: number): Promise<number> {
    return listening(this.server, port);
  }

  /** Works by a changed distribution from the next request on. What is cached stays, as at CloudFront's edges. */
  change(distribution: Distribution): void {
    this.distribution = distribution;
    this.objects.change(distribution);
    this.repeats.clear();
  }

  async stop(): Promise<void> {
    this.objects.stop();
    await new Promise((resolve) => {
      this.server.close(resolve);
      for (const socket of this.connections) socket.destroy();
    });
  }

  /** Forgets the objects whose path and query fit. */
  invalidate(fits: (uri: string) => boolean): void {
    this.objects.invalidate(fits);
  }

  private repeat(head: string): ReadyAnswer | undefined {
    const answer = this.repeats.answer(head);
    if (answer === undefined) return undefined;
    this.requests++;
    this.hits++;
    this.bytes += answer.body?.length ?? 0;
    return answer;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse, head: string | undefined): Promise<void> {
    this.requests++;
    const { distribution } = this;
    let request = viewerRequest(incoming, distribution.rootObject);
    const behavior = behaviorOf(distribution, request.path);
    const respond = (object: EdgeObject, result: CacheResult) =>
      this.respond(response, object, result, request, behavior);

    const refused = refusal(incoming, behavior);
    if (refused !== undefined) return respond(ownError(refused.status, refused.sentence), 'Miss');
    if (behavior.viewerRequest !== undefined) {
      try {
        const outcome = onViewerRequest(behavior.viewerRequest, this.distribution, request);
        if ('response' in outcome) {
          const { status, headers, body = Buffer.alloc(0) } = outcome.response;
          return await respond(madeObject(status, headers, body), 'FunctionGeneratedResponse');
        }
        request = outcome.request;
      } catch (error) {
        return respond(this.functionError(error), 'FunctionExecutionError');
      }
    }
    if (!behavior.cachedMethods.has(request.method)) {
      return respond(await this.objects.pass(behavior, request, incoming), 'Miss');
    }
    const found = this.objects.find(behavior, request);
    const { object, result } = found instanceof Promise ? await found : found;
    if (result !== 'Miss') this.hits++;
    await respond(object, result);
    if (head !== undefined && distribution === this.distribution) this.repeats.learn(head, request, behavior);
  }

  private async respond(
    response: ServerResponse,
    object: EdgeObject,
    result: CacheResult,
    request: ViewerRequest,
    behavior: Behavior,
  ): Promise<void> {
    let answer = viewerResponse(object, result, request, behavior.responseHeaders, performance.now());
    if (behavior.viewerResponse !== undefined && answer.status < 400) {
      try {
        answer = this.changed(answer, request, behavior.viewerResponse);
      } catch (error) {
        const failed = this.functionError(error);
        answer = viewerResponse(failed, 'FunctionExecutionError', request, behavior.responseHeaders, performance.now());
      }
    }
    if (answer.body !== object.body) release(object);
    this.bytes += await send(response, answer);
  }

  private changed(
    answer: ViewerResponse,
    request: ViewerRequest,
    edgeFunction: NonNullable<Behavior['viewerResponse']>,
  ): ViewerResponse {
    const cookies = { 'set-cookie': answer.headers['set-cookie'] };
    const { status, headers, body } = onViewerResponse(
      edgeFunction,
      this.distribution,
      request,
      answer.status,
      answer.headers,
    );
    if (body === undefined) return { ...answer, status, headers: { ...cookies, ...headers } };
    const length = { 'content-length': String(body.length) };
    return { status, headers: { ...cookies, ...headers, ...length }, body, range: undefined };
  }

  private functionError(error: unknown): EdgeObject {
    const sentence = sentenceOf(error);
    this.tell(sentence);
    return ownError(503, `The CloudFront function associated with this distribution failed. ${sentence}`);
  }
}

function ownError(status: number, sentence: string): EdgeObject {
  return madeObject(status, ERROR_PAGE_HEADERS, errorPage(status, sentence));
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
