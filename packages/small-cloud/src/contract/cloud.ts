import type { Access } from './access';
import type { EventBus } from './events';
import type { Metrics } from './metrics';

/** The public names of the small cloud, and the addresses on this machine that serve them. */
export interface Names {
  /** Declares that `baseUrl` (`http://127.0.0.1:8081`, no trailing slash) serves `domain`. */
  register(domain: string, baseUrl: string, options?: NameOptions): void;
  forget(domain: string): void;
  resolve(domain: string): string | undefined;
  /** Resolves a name that web pages of the edge may use; undefined for every other. */
  pageFacing(domain: string): string | undefined;
}

/** Options of a name. */
export interface NameOptions {
  /**
   * True where a page that the edge delivers may use the name: each edge passes `/_hosts/<name>/…` on to it, because the
   * page cannot reach another port of this machine. @default false
   */
  readonly pageFacing?: boolean;
}

/** Time in the small cloud. It may pass faster than this machine's time, for schedules that take hours. */
export interface CloudClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Seconds that pass in the cloud while one second passes on this machine. 1 unless hurried. */
  readonly speed: number;
}

/** The surroundings that every service is constructed with. */
export interface Cloud {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** A temporary folder of this run alone; removed with it. */
  readonly folder: string;
  readonly names: Names;
  readonly access: Access;
  readonly clock: CloudClock;
  readonly events: EventBus;
  readonly metrics: Metrics;
  /** Writes one line to the log of the run. A line of `level: 'warning'` also appears on the screen. */
  tell(node: string, line: string, level?: 'info' | 'warning'): void;
}
