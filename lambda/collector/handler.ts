import { clockBehind } from './clock';
import { droppedLine, metricLines } from './metrics';
import { type Event, eventOf, rowOf } from './row';
import { readDictionary } from './structured-fields';

/** A request of a function URL, as far as it is read here. Names of headers are in lower case. */
export interface ReportRequest {
  readonly rawQueryString: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** An answer to a player: 204 taken, 400 not understood, 410 stop for good, 413 too much, 429 and 503 come back later. */
export interface ReportAnswer {
  readonly statusCode: 204 | 400 | 410 | 413 | 429 | 503;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything that the collector needs. */
export interface CollectorSurroundings {
  readonly stack: string;
  /** Names of the channels of the stack. */
  readonly channels: readonly string[];
  /** Hands a record to the lake. @throws Error */
  put(record: string): Promise<void>;
  /** Tells if an error of `put` says that there were too many calls. */
  isThrottled(error: unknown): boolean;
  /** Writes a bare line into the log. */
  write(line: string): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Longest query, and most lines of one, that are read. CloudFront takes URLs of 8,192 bytes. */
const MOST = { query: 8192, lines: 16 } as const;

/**
 * Takes the events of a report. A report is believed only as far as it goes: whatever it says changes its own rows and the
 * sums of its channel, within bounds, and nothing else.
 */
export async function collect(request: ReportRequest, around: CollectorSurroundings): Promise<ReportAnswer> {
  const { queryStringParameters: query = {}, headers, requestContext, rawQueryString } = request;
  const { stack, now, write } = around;
  if (!/^(GET|HEAD)$/.test(requestContext.http.method)) return answer(400);
  if (headers['sec-gpc'] === '1' || headers['dnt'] === '1') return answer(204);
  const received = now();
  const refused = (statusCode: ReportAnswer['statusCode'], dropped: number) => {
    write(droppedLine(stack, dropped, received));
    return answer(statusCode);
  };
  const lines = (query['CMCD'] ?? '').split('\n').filter((line) => line.trim() !== '');
  if (rawQueryString.length > MOST.query || lines.length > MOST.lines) return refused(413, Math.max(lines.length, 1));
  const read = lines.flatMap(eventIn);
  const events = read.filter(({ cid }) => around.channels.includes(cid));
  if (events.length === 0) return refused(read.length > 0 ? 410 : 400, Math.max(lines.length, 1));
  const call = {
    received,
    behind: clockBehind(events, received),
    country: countryOf(headers),
    device: deviceOf(headers),
  };
  const rows = events.map((event) => rowOf(event, call));
  try {
    // Firehose takes several objects in one record only on lines of their own, and charges for at least 5 KB.
    await around.put(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  } catch (error) {
    // The player comes back with the same lines, so that nothing is counted now.
    if (around.isThrottled(error)) return answer(429);
    console.error(error);
    return answer(503);
  }
  for (const line of metricLines(stack, rows, received)) write(line);
  if (events.length < lines.length) write(droppedLine(stack, lines.length - events.length, received));
  return answer(204);
}

function eventIn(line: string): readonly Event[] {
  const members = readDictionary(line);
  const event = members && eventOf(members);
  return event === undefined ? [] : [event];
}

/** The country that CloudFront found for the viewer, as ISO 3166-1 has it. */
function countryOf({ 'cloudfront-viewer-country': country = '' }: ReportRequest['headers']): string | undefined {
  return /^[A-Z]{2}$/.test(country) ? country : undefined;
}

/**
 * The class of device that CloudFront found. A device can be of several; the most particular counts.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
function deviceOf(headers: ReportRequest['headers']): string | undefined {
  const is = (name: string) => headers[`cloudfront-is-${name}-viewer`] === 'true';
  if (is('smarttv')) return 'tv';
  if (is('tablet')) return 'tablet';
  if (is('mobile')) return 'mobile';
  return is('desktop') ? 'desktop' : undefined;
}

/** Writes an answer that no cache keeps (but a 5xx, for a second), and that pages on other sites may read. */
function answer(statusCode: ReportAnswer['statusCode']): ReportAnswer {
  return {
    statusCode,
    headers: {
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  };
}
