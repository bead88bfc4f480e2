import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Names } from '../../../contract';
import type { Distribution } from '../control/distribution';
import type { Visit } from '../log-line';
import { ERROR_PAGE_HEADERS, errorPage } from './error-page';
import { frontDoor } from './front-door';
import { listening } from './listening';
import { Objects } from './objects';
import { passToHost, passUpgrade } from './page-hosts';
import { type RepeatedAnswer, Repeats } from './repeats';
import { RequestPath } from './request-path';
import { send } from './send';
import { servedVisit } from './visit';

/** Counters of one edge. */
export interface EdgeFigures {
  readonly requests: number;
  /** Requests for which the origin did not send the object. */
  readonly hits: number;
  /** Bytes of bodies sent. */
  readonly bytes: number;
  /** Answers with a status of 400 to 499, and with 500 and above. */
  readonly refused: number;
  readonly failed: number;
}

/** Surroundings of an edge. */
export interface EdgeOptions {
  readonly names: Names;
  /** Receives a sentence for every failure. */
  readonly tell: (line: string) => void;
  /** Country of viewers who say none. @default DE */
  readonly viewerCountry?: string | undefined;
  /** Takes every request with its answer, for the access log. @default nobody takes them */
  readonly visited?: ((visit: () => Visit) => void) | undefined;
}

const DEFAULT_COUNTRY = 'DE';

/** The edge of one distribution: an HTTP server on loopback. */
export class Edge {
  private readonly server: Server;
  private readonly objects: Objects;
  private readonly path: RequestPath;
  private readonly repeats: Repeats;
  private readonly tell: (line: string) => void;
  private readonly visited: EdgeOptions['visited'];
  private readonly connections = new Set<Socket>();
  private requests = 0;
  private hits = 0;
  private bytes = 0;
  private refused = 0;
  private failed = 0;

  constructor(
    private distribution: Distribution,
    { names, tell, viewerCountry = DEFAULT_COUNTRY, visited }: EdgeOptions,
  ) {
    this.tell = tell;
    this.visited = visited;
    this.objects = new Objects(distribution, names, tell);
    this.path = new RequestPath(this.objects, { tell, viewerCountry });
    this.repeats = new Repeats(this.objects);
    this.server = frontDoor({
      repeat: (head) => this.repeat(head),
      serve: (request, response, head) => {
        if (passToHost(names, request, response)) return;
        this.serve(request, response, head).catch((error: unknown) => this.fail(request, response, error));
      },
    });
    this.server.on('upgrade', (request, socket, head) => passUpgrade(names, request, socket, head));
    this.server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  get figures(): EdgeFigures {
    const { requests, hits, bytes, refused, failed } = this;
    return { requests, hits, bytes, refused, failed };
  }

  /** @param port - 0 for any free one. @returns the port. @throws Error when it is taken. */
  listen(port: number): Promise<number> {
    return listening(this.server, port);
  }

  /** Applies a changed distribution from the next request on. Cached objects stay, as at CloudFront's edges. */
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

  /** Drops the objects whose path and query match. */
  invalidate(matches: (uri: string) => boolean): void {
    this.objects.invalidate(matches);
  }

  /** Answers a request that is known byte for byte, without taking it along the request path again. */
  private repeat(head: string): RepeatedAnswer | undefined {
    const answer = this.repeats.answer(head);
    if (answer === undefined) return undefined;
    this.requests++;
    this.hits++;
    this.bytes += answer.bytes;
    this.visited?.(answer.visit);
    return answer;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse, head: string | undefined): Promise<void> {
    this.requests++;
    const { distribution } = this;
    const began = performance.now();
    const served = await this.path.serve(distribution, incoming);
    if (served.result === 'Hit' || served.result === 'RefreshHit') this.hits++;
    const { status } = served.response;
    if (status >= 500) this.failed++;
    else if (status >= 400) this.refused++;
    const firstByteMilliseconds = performance.now() - began;
    const bytes = await send(response, served.response);
    this.bytes += bytes;
    const milliseconds = performance.now() - began;
    this.visited?.(() => servedVisit(incoming, served, { bytes, milliseconds, firstByteMilliseconds }));
    if (head !== undefined && served.cacheable && distribution === this.distribution) {
      this.repeats.learn(head, served.request, served.behavior);
    }
  }

  private fail({ method, url }: IncomingMessage, response: ServerResponse, error: unknown): void {
    this.failed++;
    this.tell(`${method} ${url}: ${error instanceof Error ? error.message : String(error)}`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const page = errorPage(500, 'The local edge failed; its log says why.');
    response.writeHead(500, ERROR_PAGE_HEADERS).end(page);
  }
}
