import type { ApiHandler } from '../../src/contract';
import { LoopbackServer } from '../loopback-server';

/** A front door for one API handler, as the SDKs need it: reads a request whole and passes it on. */
export class ApiServer extends LoopbackServer {
  /** The role whose credentials the next requests count as signed with. */
  roleArn: string | undefined;

  constructor(handler: ApiHandler) {
    super(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { pathname, searchParams } = new URL(`http://local${request.url}`);
      const answer = await handler({
        method: request.method ?? 'GET',
        path: pathname,
        query: searchParams,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()])),
        body: Buffer.concat(chunks),
        roleArn: this.roleArn,
      });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }
}
