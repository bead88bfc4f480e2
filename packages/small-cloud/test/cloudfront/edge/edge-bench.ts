import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Properties } from '../../../src/contract';
import { distribution, TestEdge } from '../test-edge';

/** Handler of an origin. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers with a body that names the path, to be cached for a minute. */
export const cacheable: Answer = (request, response) => {
  response.writeHead(200, { 'cache-control': 'max-age=60', 'content-type': 'text/plain', etag: '"v1"' });
  response.end(`body of ${request.url}`);
};

/** The edge of one test at a time. */
export class EdgeBench {
  private running: TestEdge | undefined;

  /** The edge of the running test. @throws Error before it is made. */
  get edge(): TestEdge {
    if (this.running === undefined) throw new Error('no edge was made in this test; call make or start first');
    return this.running;
  }

  /** Makes an edge in front of an origin, for a test that creates resources before it starts. */
  make(answer: Answer): TestEdge {
    this.running = new TestEdge(answer);
    return this.running;
  }

  /** Starts an edge. */
  async start(answer: Answer, behavior?: Properties, config?: Properties, origin?: Properties): Promise<TestEdge> {
    const edge = this.make(answer);
    await edge.start(distribution(behavior, config, origin));
    return edge;
  }

  /** Requests a path. Returns status, `X-Cache` and body of the answer. */
  async summary(path: string, headers?: Record<string, string>, method?: string): Promise<readonly unknown[]> {
    const { status, headers: got, body } = await this.edge.get(path, headers, method);
    return [status, got['x-cache'], body.toString()];
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }
}
