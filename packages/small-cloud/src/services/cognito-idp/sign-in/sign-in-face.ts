import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cloud } from '../../../contract';
import { guardedServer, requestUrl } from '../../../wire/guarded-server';
import { PortOnDemand } from '../../kit/listening';
import type { UserPools } from '../pool/user-pools';
import { Grants } from '../tokens/grants';
import { authorize, login, logout } from './login';
import { Sessions } from './sessions';
import { jsonAnswer, type SignInAnswer, type SignInRequest } from './sign-in-request';
import { revoke, token, userInfo } from './token-endpoint';
import { wellKnown } from './well-known';

/** Longest form that is read, in bytes. */
const LONGEST_FORM = 64 * 1024;

type Endpoint = (request: SignInRequest) => SignInAnswer;

/**
 * The port of loopback that serves the domains of the pools and the keys of their tokens. The first part of a path is the
 * host: `/<prefix>.auth.<region>.amazoncognito.com/oauth2/token`. Pages reach it through the edge.
 */
export class SignInFace {
  readonly grants = new Grants();
  private readonly endpoints: Readonly<Record<string, Endpoint>>;
  private readonly opened: PortOnDemand;

  constructor(
    private readonly cloud: Pick<Cloud, 'names' | 'clock' | 'tell'>,
    private readonly pools: UserPools,
  ) {
    const { grants } = this;
    const subject = { names: cloud.names, grants, sessions: new Sessions() };
    this.endpoints = {
      'GET /oauth2/authorize': (request) => authorize(subject, request),
      'GET /login': (request) => login(subject, request),
      'POST /login': (request) => login(subject, request),
      'GET /logout': (request) => logout(subject, request),
      'POST /oauth2/token': (request) => token(grants, request),
      'POST /oauth2/revoke': (request) => revoke(grants, request),
      'GET /oauth2/userInfo': (request) => userInfo(grants, request),
      'POST /oauth2/userInfo': (request) => userInfo(grants, request),
    };
    const guard = { names: cloud.names, tell: (line: string) => cloud.tell('sign-in', line, 'warning') };
    this.opened = new PortOnDemand(guardedServer(guard, (request, response) => this.serve(request, response)));
  }

  /** The port; the first call opens it. */
  port(): Promise<number> {
    return this.opened.port();
  }

  stop(): Promise<void> {
    return this.opened.stop();
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await this.answer(incoming);
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  }

  private async answer(incoming: IncomingMessage): Promise<SignInAnswer> {
    const { method = 'GET' } = incoming;
    const { pathname, searchParams: query } = requestUrl(incoming);
    const [, host = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(pathname) ?? [];
    if (host === this.pools.issuerHost) return this.document(method, path);
    const found = this.pools.ofHost(host);
    const endpoint = this.endpoints[`${method} ${path}`];
    if (found === undefined || endpoint === undefined) return notFound(method, path);
    const form = await readForm(incoming);
    if (form === undefined) return jsonAnswer(413, { error: 'invalid_request' });
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()]),
    );
    return endpoint({ ...found, method, path, query, form, headers, now: this.cloud.clock.now() });
  }

  /** Answers for a document of a pool: `/<pool id>/.well-known/…`. */
  private document(method: string, path: string): SignInAnswer {
    const [, id = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
    const pool = this.pools.find(id);
    const document = pool === undefined || method !== 'GET' ? undefined : wellKnown(pool, rest);
    return document ?? notFound(method, path);
  }
}

function notFound(method: string, path: string): SignInAnswer {
  return jsonAnswer(404, { message: `${method} ${path} is not served by the sign-in of the local run.` });
}

/** Reads the fields of a form; undefined when it is too long. A body of another type has no fields. */
async function readForm(incoming: IncomingMessage): Promise<URLSearchParams | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    size += part.length;
    if (size <= LONGEST_FORM) parts.push(part);
  }
  if (size > LONGEST_FORM) return undefined;
  const isForm = (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? Buffer.concat(parts).toString('utf8') : '');
}
