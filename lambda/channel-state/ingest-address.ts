/** Value of an address that MediaLive did not report. An Output that asks for a missing attribute would fail. */
export const NOT_GIVEN = 'not given by MediaLive';

/** Destination of contributions to a push input, as far as MediaLive reports it. */
export interface IngestDestination {
  readonly url: string | undefined;
  readonly ip: string | undefined;
  readonly port: string | undefined;
}

/** Returns the address of one pipeline's contribution: its URL, else `ip:port`; undefined when MediaLive gives neither. */
export function ingestUrl({ url, ip, port }: IngestDestination): string | undefined {
  if (url !== undefined && url !== '') return url;
  if (ip === undefined || ip === '') return undefined;
  return port === undefined || port === '' ? ip : `${ip}:${port}`;
}

/**
 * Writes ingest URLs in the form in which they are typed into an encoder such as OBS. In an RTMP URL, the part before
 * the last slash is the server and the part after it the stream key; with other protocols the whole URL is the server.
 * The result is attributes of the custom resource, numbered by pipeline. Names of inputs other than the first end in
 * the input's role.
 *
 * @param expected - number of pipelines that the template asks about. Each of them has attributes, whatever MediaLive
 * reports.
 */
export function ingestAttributes(
  urls: readonly (string | undefined)[],
  role = '',
  expected = urls.length,
): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (let pipeline = 0; pipeline < Math.max(expected, urls.length); pipeline += 1) {
    const [server, key] = addressOf(urls[pipeline]);
    attributes[`IngestServer${pipeline}${role}`] = server;
    if (key !== undefined) attributes[`IngestStreamKey${pipeline}${role}`] = key;
  }
  return attributes;
}

/** Splits a URL into server and stream key. A URL without a protocol may be RTMP, so its key is reported as unknown. */
function addressOf(url: string | undefined): readonly [string, string?] {
  if (url === undefined) return [NOT_GIVEN, NOT_GIVEN];
  if (!url.includes('://')) return [url, NOT_GIVEN];
  if (!url.startsWith('rtmp')) return [url];
  const [, server = url, key = NOT_GIVEN] = /^([^:]+:\/\/.+)\/([^/]*)$/.exec(url) ?? [];
  return [server, key];
}
