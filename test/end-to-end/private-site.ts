import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { LoopbackServer } from 'small-cloud/testing';
import { bundles } from '../../bin/build';
import { LiveClip } from './live-clip';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.m4s': 'video/mp4',
  '.mp4': 'video/mp4',
};

/** A refusal of the session service. */
export interface SiteRefusal {
  readonly status: number;
  readonly error: string;
  readonly devices?: readonly { readonly device: string; readonly since: number }[];
}

/**
 * A site with the player, a channel that is private and one that is public, a sign-in that needs no password, and a
 * session service. It answers as the interface of sessions says, and decides nothing: tests tell it.
 */
export class PrivateSite {
  /** Refusal of the next requests for a session, unless they take over. */
  refusal: SiteRefusal | undefined;
  /** Seconds after which pages renew their sessions. */
  renewAfterSeconds = 400;
  /** Requests for media, sessions and the sign-in, oldest first: `GET /s/t1/media/…`. */
  readonly log: string[] = [];
  /** Statuses that the edge gives for tokens that are not valid. */
  private readonly refusedTokens = new Map<string, number>();
  private readonly usedLinks = new Set<string>();
  private readonly clip = new LiveClip();
  private readonly folder = mkdtempSync(join(tmpdir(), 'private-site-'));
  private readonly player = join(bundles().bucketContent.folder, 'site');
  private readonly server = new LoopbackServer((request, response) => this.answer(request, response));
  private tokens = 0;

  /** Starts the site, and returns its address without a slash at the end. */
  async start(): Promise<string> {
    const { status, stderr } = spawnSync('ffmpeg', LiveClip.arguments(this.folder), { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ffmpeg: ${stderr}`);
    return this.server.start();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Begins anew: the clip, the log, and what is allowed. */
  reset(): void {
    this.refusal = undefined;
    this.renewAfterSeconds = 400;
    this.log.length = 0;
    this.clip.begin();
  }

  /** Lets the edge refuse all tokens so far. */
  refuseTokens(status: number): void {
    for (let number = 1; number <= this.tokens; number++) this.refusedTokens.set(`t${number}`, status);
  }

  /** Tokens of the media requests so far, in the order of their first use. */
  usedTokens(): readonly string[] {
    return [...new Set(this.log.flatMap((line) => /^GET \/s\/([^/]+)/.exec(line)?.[1] ?? []))];
  }

  private answer(request: IncomingMessage, response: ServerResponse): ServerResponse {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    if (/^\/(s|media|api|id)\//.test(pathname)) this.log.push(`${request.method} ${request.url}`);
    if (pathname === '/config.json') return json(response, 200, CONFIG);
    if (pathname.startsWith('/api/')) return this.answerSession(request, response, pathname, searchParams);
    if (pathname.startsWith('/id/')) return signIn(response, pathname, searchParams);
    const [, token, media] = /^\/s\/([^/]+)(\/media\/.*)$/.exec(pathname) ?? [];
    if (token !== undefined) {
      const refused = this.refusedTokens.get(token);
      return refused === undefined ? this.sendMedia(response, media ?? '') : json(response, refused, {});
    }
    if (pathname.startsWith('/media/main/')) return json(response, 401, {});
    if (pathname.startsWith('/media/')) return this.sendMedia(response, pathname);
    return send(response, join(this.player, pathname === '/' ? 'index.html' : pathname));
  }

  private sendMedia(response: ServerResponse, path: string): ServerResponse {
    const [, , , name = ''] = path.split('/');
    const manifest = this.clip.manifest(name);
    if (manifest !== undefined) return text(response, TYPES[extname(name)] ?? '', manifest);
    return send(response, this.clip.has(name) ? join(this.folder, name) : '');
  }

  private answerSession(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): ServerResponse {
    const { headers } = request;
    // CloudFront answers 403 to a POST without the hash.
    if (request.method !== 'POST' || headers['x-amz-content-sha256'] === undefined) return json(response, 403, {});
    if (path.endsWith('/end')) return json(response, 204);
    const link = String(headers['x-viewer-link'] ?? '');
    if (path.endsWith('/renew')) {
      const status = this.refusedTokens.get(String(headers['x-viewer-session']));
      if (status === 410) return json(response, 410, { error: 'session-ended' });
    } else if (headers['x-viewer-token'] !== 'access' && link === '') {
      return json(response, 401, { error: 'sign-in' });
    } else if (this.refusal !== undefined && !query.has('takeover')) {
      const { status, ...body } = this.refusal;
      return json(response, status, body);
    } else if (link !== '' && this.usedLinks.has(link)) {
      return json(response, 410, { error: 'link-used' });
    }
    if (link !== '') this.usedLinks.add(link);
    const expiresAt = Math.floor(Date.now() / 1000) + 600;
    const { renewAfterSeconds } = this;
    return json(response, 200, { sid: 'sid', base: `/s/t${++this.tokens}`, expiresAt, renewAfterSeconds });
  }
}

const manifests = (channel: string) => [
  { format: 'hls', url: `/media/${channel}/index.m3u8`, targetLatencySeconds: 4 },
  { format: 'dash', url: `/media/${channel}/index.mpd`, targetLatencySeconds: 4 },
];
const channel = (name: string, access: string) => ({
  name,
  running: true,
  segmentSeconds: 1,
  access,
  manifests: manifests(name),
});
const CONFIG = {
  title: 'Private',
  channels: [channel('open', 'public'), channel('main', 'private')],
  access: {
    signIn: {
      authorizeUrl: '/id/authorize',
      tokenUrl: '/id/token',
      logoutUrl: '/id/logout',
      clientId: 'client',
      scope: 'openid',
    },
  },
};

/** Signs every visitor in. */
function signIn(response: ServerResponse, path: string, query: URLSearchParams): ServerResponse {
  const back = new URL(query.get('redirect_uri') ?? query.get('logout_uri') ?? 'http://nowhere.example/');
  if (path === '/id/token') {
    return json(response, 200, { access_token: 'access', refresh_token: 'refresh', expires_in: 300 });
  }
  if (path === '/id/authorize') {
    back.searchParams.set('code', 'the-code');
    back.searchParams.set('state', query.get('state') ?? '');
  }
  return response.writeHead(302, { location: back.href }).end();
}

function send(response: ServerResponse, file: string): ServerResponse {
  if (!existsSync(file)) return json(response, 404, {});
  return text(response, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
}

function text(response: ServerResponse, type: string, body: string | Buffer): ServerResponse {
  return response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

function json(response: ServerResponse, status: number, body?: object): ServerResponse {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  return response.end(body === undefined ? undefined : JSON.stringify(body));
}
