import type { ApiHandler } from './api';
import type { ResourceProvider } from './resource';

/** One status line of the screen: a node of the running stream. */
export interface NodeStatus {
  /** The node's name: `encoder main`, `input main`, `origin`, `edge`. */
  readonly node: string;
  readonly state: 'starting' | 'running' | 'waiting' | 'degraded' | 'failed' | 'stopped';
  /** The node's activity, in words and figures: `1.00x, 30 fps, 5 renditions, superfast`. */
  readonly detail: string;
}

/** A service of the small cloud. */
export interface Service {
  /** Providers by CloudFormation resource type. */
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  /** API handlers by SigV4 signing name (`medialive`, `cloudfront`, `s3`). */
  readonly api?: Readonly<Record<string, ApiHandler>>;
  /** Opens the service's listeners on loopback. */
  start?(): Promise<void>;
  /** Ends every process and listener of the service; safe to call twice. */
  stop?(): Promise<void>;
  status?(): readonly NodeStatus[];
  /** Resolvers of dynamic references, by the service's name in `{{resolve:<name>:<reference>}}`. */
  readonly dynamicReferences?: Readonly<Record<string, (reference: string) => string>>;
}
