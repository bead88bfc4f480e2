import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Access,
  AccessRequest,
  Cloud,
  CloudEvent,
  MediaMessage,
  MetricDatum,
  PackagedPlace,
  PackagerIngest,
} from '../../src/contract';

import { PACKAGER_ARN } from './fixture';

/** Access that allows and trusts everything but what is denied, and remembers what it was asked. */
export class FakeAccess implements Access {
  readonly asked: string[] = [];
  /** The condition keys of each question to a role. */
  readonly contexts: AccessRequest['context'][] = [];
  trusts = true;
  denied: readonly string[] = [];

  roleAllows(roleArn: string, { action, resource, context }: AccessRequest): boolean {
    this.asked.push(`${roleArn} ${action} ${resource}`);
    this.contexts.push(context);
    return !this.denied.includes(action);
  }

  roleTrusts(_roleArn: string, principal: string, context: Readonly<Record<string, string>> = {}): boolean {
    this.asked.push(`${principal} ${JSON.stringify(context)}`);
    return this.trusts;
  }

  policyAllows(): boolean {
    throw new Error('MediaLive asks for no resource policy');
  }

  policyDenies(): boolean {
    throw new Error('MediaLive asks for no resource policy');
  }
}

/** A cloud that remembers what it was told. */
export class FakeCloud implements Cloud {
  readonly partition = 'aws';
  readonly region = 'eu-west-1';
  readonly accountId = '111122223333';
  readonly folder = mkdtempSync(join(tmpdir(), 'medialive-test-'));
  readonly access = new FakeAccess();
  readonly told: string[] = [];
  readonly put: CloudEvent[] = [];
  readonly clock = { now: () => Date.now(), speed: 1 };
  readonly events = { put: (event: CloudEvent) => void this.put.push(event) };
  /** Measurements that were sent, in order. */
  readonly measured: MetricDatum[] = [];
  readonly metrics = { put: (datum: MetricDatum) => void this.measured.push(datum), logged: () => {} };
  readonly names = {
    register: () => {
      throw new Error('MediaLive registers no name');
    },
    forget: () => {
      throw new Error('MediaLive forgets no name');
    },
    resolve: () => {
      throw new Error('MediaLive resolves no name');
    },
    pageFacing: () => {
      throw new Error('MediaLive resolves no name');
    },
  };

  tell(node: string, line: string): void {
    this.told.push(`${node}: ${line}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Media that was posted to one track in one session. */
export interface Posted {
  readonly track: string;
  readonly session: string;
  bytes: Buffer;
  finished: boolean;
}

/** A packager that keeps what is posted to it. */
export class FakePackager implements PackagerIngest {
  readonly posts: Posted[] = [];
  /** The messages in the media so far. */
  readonly messages: MediaMessage[] = [];
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<void> {
    const server = createServer((incoming, answer) => {
      const url = new URL(incoming.url ?? '/', 'http://packager');
      const track = url.pathname.replace('/in/', '');
      const post: Posted = {
        track,
        session: url.searchParams.get('session') ?? '',
        bytes: Buffer.alloc(0),
        finished: false,
      };
      this.posts.push(post);
      incoming.on('data', (bytes: Buffer) => {
        post.bytes = Buffer.concat([post.bytes, bytes]);
      });
      incoming.on('end', () => {
        post.finished = true;
        answer.end();
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  /** Breaks every connection, as a packager that dies does. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  ingest(channelGroup: string, channelName: string): ReturnType<PackagerIngest['ingest']> {
    if (channelGroup !== 'live' || channelName !== 'main') return undefined;
    const url = `http://127.0.0.1:${this.port}/in/`;
    return { arn: PACKAGER_ARN, urls: [url, `${url}pipeline-1/`] };
  }

  insert(_place: PackagedPlace, message: MediaMessage): void {
    this.messages.push(message);
  }

  sessions(): readonly string[] {
    return [...new Set(this.posts.map(({ session }) => session))];
  }
}
