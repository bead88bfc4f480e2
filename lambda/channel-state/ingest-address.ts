/** The text in place of what MediaLive did not tell: an Output that asks for an attribute that is missing would fail. */
export const NOT_GIVEN = 'not given by MediaLive';

/** Where MediaLive says that a push input takes contributions, as far as it says so. */
export interface IngestDestination {
  readonly url: string | undefined;
  readonly ip: string | undefined;
  readonly port: string | undefined;
}

/** The address of one pipeline's contribution: its URL, else `ip:port`; undefined when MediaLive gives neither. */
export function ingestUrl({ url, ip, port }: IngestDestination): string | undefined {
  if (url !== undefined && url !== '') return url;
  if (ip === undefined || ip === '') return undefined;
  return port === undefined || port === '' ? ip : `${ip}:${port}`;
}

/**
 * Writes ingest URLs as an encoder such as OBS wants them typed. Of RTMP, what comes before the last slash is the
 * server, what comes after it the stream key; of other protocols, all of it is the server. Numbered by pipeline, as
 * attributes of the custom resource; those of an input beside the first one end in its role.
 *
 * @param expected - for how many pipelines the template asks: so many have attributes, whatever MediaLive tells.
 */
export function ingestAttributes(
  urls: readonly (string | undefined)[],
  role = '',
  expected = urls.length,
): Readonly<Record<string, string>> {
  const pipelines = Array.from({ length: Math.max(expected, urls.length) }, (_, pipeline) => pipeline);
  return Object.fromEntries(
    pipelines.flatMap((pipeline) => {
      const [server, key] = addressOf(urls[pipeline]);
      return [
        [`IngestServer${pipeline}${role}`, server],
        ...(key === undefined ? [] : [[`IngestStreamKey${pipeline}${role}`, key]]),
      ];
    }),
  );
}

/** Server and stream key. An address that does not name its protocol may be one of RTMP, whose key is not known then. */
function addressOf(url: string | undefined): readonly [string, string?] {
  if (url === undefined) return [NOT_GIVEN, NOT_GIVEN];
  if (!url.includes('://')) return [url, NOT_GIVEN];
  if (!url.startsWith('rtmp')) return [url];
  const [, server = url, key = NOT_GIVEN] = /^([^:]+:\/\/.+)\/([^/]*)$/.exec(url) ?? [];
  return [server, key];
}
