import type { IncomingMessage } from 'node:http';

/** A viewer's request, reduced to the parts that egress reads. */
export interface EgressRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  /** Returns the value of a header (lower-case name); undefined when it is absent or repeated. */
  readonly header: (name: string) => string | undefined;
}

/** Reads a request; undefined for a method that endpoints do not answer. */
export function egressRequest({ method, headers }: IncomingMessage, url: URL): EgressRequest | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const header = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { method, url, header };
}
