import type { IncomingHttpHeaders } from 'node:http';

/** A viewer's request at the edge. A viewer-request function may change it. */
export interface ViewerRequest {
  readonly method: string;
  /** Path without the query string, percent-encoded as received. */
  readonly path: string;
  /** Query string without the question mark; empty when there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
}

/** Response headers, with lower-case names. */
export type ResponseHeaders = Record<string, string | readonly string[] | undefined>;
