import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import {
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  type Cloud,
  type Service,
  UnsupportedError,
} from './contract';
import { AwsError } from './services/kit/aws-error';
import { type Asked, apiError } from './wire/api-error';
import { Authentication } from './wire/authentication';
import type { Credentials } from './wire/credentials';
import { guardedServer, requestUrl } from './wire/guarded-server';
import { sameText } from './wire/same-text';
import { signerOf } from './wire/signer';

/** Another program uses the port of the API. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(port: number) {
    super(`Port ${port} for the local API is taken by another program; choose another one with --api-port N.`);
  }
}

/** The parts of the run that the server needs. */
export interface ApiServerOptions {
  readonly services: readonly Service[];
  readonly credentials: Credentials;
  /** Takes the responses that custom resources send to their ResponseURL. */
  readonly responses: { receive(token: string, body: Buffer): ApiResponse };
  /** Draws the dashboards of the cloud. @default there is no such page */
  readonly dashboard?: { readonly token: string; page(): string };
  /** @default any free port */
  readonly port?: number;
}

/** Path of the page with the dashboards; its last part is a random key of the run. */
const DASHBOARD = /^\/dashboard\/([^/?]+)$/;

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * The one endpoint of the small cloud, for `AWS_ENDPOINT_URL`. The AWS SDKs and the AWS CLI send every request to it, and
 * it passes each to the service that the request was signed for. It listens on loopback only.
 */
export class ApiServer {
  private readonly server: Server;
  private readonly handlers: ReadonlyMap<string, ApiHandler>;
  private readonly authentication: Authentication;

  constructor(
    private readonly cloud: Cloud,
    private readonly options: ApiServerOptions,
  ) {
    this.handlers = new Map(options.services.flatMap(({ api = {} }) => Object.entries(api)));
    this.authentication = new Authentication(options.credentials, cloud.clock);
    const guard = { tell: (line: string) => cloud.tell('api', line, 'warning'), pages: DASHBOARD };
    this.server = guardedServer(guard, async (incoming, outgoing) => send(outgoing, await this.answer(incoming)));
  }

  /**
   * Opens the port.
   *
   * @throws PortTakenError when another program uses it; Error when it cannot be opened.
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

  /** Base URL, without a trailing slash. @throws Error before {@link start}. */
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
    const { method = 'GET', headers: raw, url: target = '/' } = incoming;
    const { searchParams: query } = requestUrl(incoming);
    const [path = '/'] = target.split('?');
    const headers = Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    // Custom resources do not sign their responses: anyone with the address may use it.
    const token = /^\/cloudformation\/responses\/([^/]+)$/.exec(path)?.[1];
    if (method === 'PUT' && token !== undefined) {
      const response = await readWhole(incoming);
      return response === undefined ? tooLong({ service: undefined }) : this.options.responses.receive(token, response);
    }

    const key = DASHBOARD.exec(path)?.[1];
    if (method === 'GET' && key !== undefined) return this.dashboard(key);

    const signer = signerOf({ method, headers, query });
    const asked = { service: signer?.service, contentType: headers['content-type'] };
    if (signer === undefined) {
      return apiError(
        asked,
        403,
        'MissingAuthenticationToken',
        `${method} ${path} is not signed; use an AWS SDK or the AWS CLI in the environment that the run printed`,
      );
    }
    const unknown = this.authentication.refuseUnknownKey(signer, asked);
    if (unknown !== undefined) return unknown;
    const body = await readWhole(incoming);
    if (body === undefined) return tooLong(asked);
    const refused = this.authentication.refuseFalse({ method, target, query, headers, body }, asked);
    if (refused !== undefined) return refused;

    const handler = this.handlers.get(signer.service);
    if (handler === undefined) {
      return this.unsupported(
        asked,
        `${headers['x-amz-target'] ?? `${method} ${path}`}: the local run has no API of the service "${signer.service}"`,
      );
    }

    const request: ApiRequest = {
      method,
      path,
      query,
      headers,
      body,
      roleArn: this.options.credentials.roleOf(signer.accessKeyId),
    };
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof UnsupportedError) return this.unsupported(asked, error.message);
      if (error instanceof AwsError) return apiError(asked, error.status, error.code, error.message);
      this.cloud.tell('api', `${signer.service} ${method} ${path}: ${messageOf(error)}`, 'warning');
      return apiError(asked, 500, 'InternalFailure', messageOf(error));
    }
  }

  /** A browser cannot sign: the page is for whoever has its address, which the run prints. */
  private dashboard(key: string): ApiResponse {
    const { dashboard } = this.options;
    if (dashboard === undefined || !sameText(key, dashboard.token)) {
      return { status: 404, body: 'There is no such page.' };
    }
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
      body: dashboard.page(),
    };
  }

  private unsupported(asked: Asked, message: string): ApiResponse {
    this.cloud.tell('api', message, 'warning');
    return apiError(asked, 501, 'NotImplemented', message);
  }
}

function tooLong(asked: Asked): ApiResponse {
  return apiError(asked, 413, 'EntityTooLarge', `The local API takes bodies of up to ${BODY_LIMIT_BYTES} bytes`);
}

/** Reads a whole body; undefined when it is too long. */
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
