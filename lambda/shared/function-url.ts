/** A request of a function URL, as far as it is read here. Names of headers are in lower case. */
export interface UrlEvent {
  readonly rawPath: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** An answer of a function URL. */
export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes an answer that no cache keeps. CloudFront keeps a 5xx for the second of its error caching all the same. */
export function answer(statusCode: number, body: object): UrlAnswer {
  return {
    statusCode,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json', 'x-content-type-options': 'nosniff' },
    body: statusCode === 204 ? '' : JSON.stringify(body),
  };
}
