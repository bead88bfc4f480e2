import type { IncomingMessage } from 'node:http';
import type { AdShelf } from './ad-shelf';
import type { PlaybackConfiguration } from './playback-configuration';
import type { Web } from './web';

/** Parts of the service that its answers use. */
export interface TailorSubject {
  /** The part of every path that stands for the account. */
  readonly account: string;
  readonly web: Web;
  readonly shelf: AdShelf;
  /** Writes a line for the operator. */
  readonly tell: (line: string) => void;
}

/** A request of a player for something of a configuration. */
export interface Asked {
  readonly request: Pick<IncomingMessage, 'method' | 'headers' | 'socket'>;
  readonly made: PlaybackConfiguration;
  /** Path below the folder of the configuration. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** A viewer as ad servers are told of him. */
export interface Viewer {
  readonly ip: string;
  readonly userAgent: string;
  readonly referer: string;
  /** Id of the session; one of its own for each question where nobody began one. */
  readonly id: string;
}

/** Returns the viewer who sends a request. */
export function viewerOf({ headers, socket }: Asked['request'], id: string): Viewer {
  return {
    ip: String(headers['x-forwarded-for'] ?? socket.remoteAddress ?? ''),
    userAgent: headers['user-agent'] ?? '',
    referer: headers.referer ?? '',
    id,
  };
}

/** An answer to a player. */
export interface TailorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes an answer that says why there is no other. */
export function refusal(status: number, sentence: string): TailorAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n` };
}
