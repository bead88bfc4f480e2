import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  type Cloud,
  type Service,
  UnsupportedError,
} from '../cloud';
import { apiError } from './api-error';
import type { Credentials } from './credentials';
import { signerOf } from './signer';

/** The port of the API belongs to another program. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(port: number) {
    super(`Port ${port} for the local API is taken by another program; --api-port N chooses another one.`);
  }
}

/** What the server answers with. */
export interface ApiServerOptions {
  readonly services: readonly Service[];
  readonly credentials: Credentials;
  /** Takes what custom resources send to their ResponseURL. */
  readonly responses: { receive(token: string, body: Buffer): ApiResponse };
  /** @default any free port */
  readonly port?: number;
}

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * The one endpoint of the small cloud, for `AWS_ENDPOINT_URL`: the AWS SDKs and the AWS CLI send everything here, and
 * it goes to the service that the request was signed for. Listens on loopback only.
 */
export class ApiServer {
  private readonly server: Server;
  private readonly handlers: ReadonlyMap<string, ApiHandler>;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: ApiServerOptions,
  ) {
    this.handlers = new Map(options.services.flatMap(({ api = {} }) => Object.entries(api)));
    this.server = createServer((incoming, outgoing) => {
      this.answer(incoming)
        .catch((error: unknown) => {
          this.cloud.tell('api', `${incoming.method} ${incoming.url}: ${messageOf(error)}`, 'warning');
          return apiError({ service: undefined }, 500, 'InternalFailure', messageOf(error));
        })
        .then((response) => send(outgoing, response));
    });
  }

  /**
   * Opens the port.
   *
   * @throws PortTakenError when another program has it; Error when it cannot be opened.
   */
  async start(): Promise<void> {
    const { port = 0 } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error),
      );
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  /** Base URL without trailing slash. @throws Error before {@link start}. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the local API is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Closes the port and every connection; safe to call twice. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(incoming: IncomingMessage): Promise<ApiResponse> {
    const { method = 'GET', headers: raw } = incoming;
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const headers = Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const signer = signerOf(headers['authorization'], url.searchParams);
    const asked = { service: signer?.service, contentType: headers['content-type'] };

    const body = await readWhole(incoming);
    if (body === undefined)
      return apiError(asked, 413, 'EntityTooLarge', `The local API takes bodies of up to ${BODY_LIMIT_BYTES} bytes`);

    const token = /^\/cloudformation\/responses\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method === 'PUT' && token !== undefined) return this.options.responses.receive(token, body);

    if (signer === undefined)
      return apiError(
        asked,
        403,
        'MissingAuthenticationToken',
        `${method} ${url.pathname} is not signed, so the local API cannot tell which service is meant; ` +
          'use an AWS SDK or the AWS CLI with any access key and AWS_ENDPOINT_URL',
      );
    const handler = this.handlers.get(signer.service);
    if (handler === undefined)
      return this.unsupported(
        asked,
        `${headers['x-amz-target'] ?? `${method} ${url.pathname}`}: the local run has no API of the service "${signer.service}"`,
      );

    const request: ApiRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
      roleArn: this.options.credentials.roleOf(signer.accessKeyId),
    };
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof UnsupportedError) return this.unsupported(asked, error.message);
      this.cloud.tell('api', `${signer.service} ${method} ${url.pathname}: ${messageOf(error)}`, 'warning');
      return apiError(asked, 500, 'InternalFailure', messageOf(error));
    }
  }

  private unsupported(asked: Parameters<typeof apiError>[0], message: string): ApiResponse {
    this.cloud.tell('api', message, 'warning');
    return apiError(asked, 501, 'NotImplemented', message);
  }
}

/** The whole body; undefined when it is too long. */
async function readWhole(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    size += part.length;
    if (size <= BODY_LIMIT_BYTES) parts.push(part);
  }
  return size <= BODY_LIMIT_BYTES ? Buffer.concat(parts) : undefined;
}

function send(outgoing: ServerResponse, { status, headers = {}, body = '' }: ApiResponse): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.end(body);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
