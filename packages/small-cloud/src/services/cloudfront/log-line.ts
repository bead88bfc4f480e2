import type { IncomingHttpHeaders } from 'node:http';

/** A request and its answer, as the access log writes them. */
export interface Visit {
  readonly method: string;
  /** Path and query as the viewer sent them. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  readonly port: number | undefined;
  readonly httpVersion: string;
  readonly status: number;
  /** Bytes of the body that were sent. */
  readonly bytes: number;
  /** Source of the answer: `Hit`, `Miss`, `Error`. */
  readonly result: string;
  readonly contentType: string | undefined;
  readonly contentLength: string | undefined;
  /** Milliseconds until the answer was sent whole, and until it began. */
  readonly milliseconds: number;
  readonly firstByteMilliseconds: number;
}

const FIELDS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end';

/** The two lines that a log begins with. */
export const LOG_HEAD = `#Version: 1.0\n#Fields: ${FIELDS}\n`;

/** The code of the local edge, in place of an airport's. */
export const LOCATION = 'LOCAL50-C1';

type Field = string | number | undefined;

/** Characters that CloudFront writes as %XX, the percent sign among them: `%2C` of a URL is `%252C` in its log. */
const ENCODED = /[^\x21-\x7e]|[<>"#%{}|\\^~[\]`']/gu;

/**
 * Writes one line of an access log: 33 fields with tabs between them, and a hyphen for nothing.
 *
 * @returns the parts before and after the id of the request, the only field in which requests of one second that are
 *   alike differ.
 */
export function logLine(
  visit: Visit,
  {
    at,
    domainName,
    includesCookies,
  }: { readonly at: number; readonly domainName: string; readonly includesCookies: boolean },
): readonly [string, string] {
  const { headers, result } = visit;
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, 19).split('T');
  const [stem = '', query] = split(visit.url);
  const [, first, last] = /^bytes=(\d*)-(\d*)/.exec(headers.range ?? '') ?? [];
  const before: readonly Field[] = [
    ...[date, time, LOCATION, visit.bytes, visit.ip, visit.method, domainName, encoded(stem), visit.status],
    ...[encoded(headers.referer), encoded(headers['user-agent']), encoded(query)],
    ...[includesCookies ? encoded(headers.cookie) : undefined, result],
  ];
  const after: readonly Field[] = [
    ...[
      headers.host,
      'http',
      visit.url.length,
      seconds(visit.milliseconds),
      encoded(headers['x-forwarded-for']?.toString()),
    ],
    ...[undefined, undefined, result, `HTTP/${visit.httpVersion}`, undefined, undefined, visit.port],
    ...[seconds(visit.firstByteMilliseconds), result, encoded(visit.contentType), visit.contentLength, first, last],
  ];
  return [`${tabbed(before)}\t`, `\t${tabbed(after)}\n`];
}

function tabbed(fields: readonly Field[]): string {
  return fields.map((field) => (field === undefined || field === '' ? '-' : field)).join('\t');
}

function split(url: string): readonly [string, string | undefined] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function encoded(text: string | undefined): string | undefined {
  return text?.replace(ENCODED, (letter) =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
