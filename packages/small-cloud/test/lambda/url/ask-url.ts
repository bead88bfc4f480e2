import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** The headers by which the local edge proves itself. */
export const EDGE_PROOF = {
  'x-origin-access-principal': 'cloudfront.amazonaws.com',
  'x-origin-access-source': 'arn:aws:cloudfront::111122223333:distribution/E1',
} as const;

export interface UrlQuestion {
  readonly method?: string;
  /** With its query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface UrlAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks a function URL by its public name, as the edge does. @param base - its address on this machine. */
export function askUrl(
  base: string,
  host: string,
  { method = 'GET', path = '/', headers = {}, body = '' }: UrlQuestion,
): Promise<UrlAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${path}`, { method, headers: { ...headers, host } }, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) });
    });
    asked.on('error', reject).end(body);
  });
}
