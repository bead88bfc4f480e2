import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import type { ApiHandler } from '../../../src/contract';

/** A service that the SDK can reach. */
export interface Served {
  readonly client: MediaLiveClient;
  close(): Promise<void>;
}

/**
 * Puts an API handler behind HTTP, with a client of the SDK that asks it.
 *
 * @param caller - the role that signs; undefined for the operator.
 */
export async function served(handler: ApiHandler | undefined, caller: () => string | undefined): Promise<Served> {
  if (handler === undefined) throw new Error('there is no API to serve');
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part);
    const { method = 'GET' } = incoming;
    const body = Buffer.concat(parts);
    const asked = { method, path: url.pathname, query: url.searchParams, headers: {}, body, roleArn: caller() };
    const answer = await handler(asked);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new MediaLiveClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
