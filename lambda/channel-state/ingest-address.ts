/**
 * An ingest URL as an encoder such as OBS wants it typed. Of RTMP, what comes before the last slash is the server, what
 * comes after it the stream key; of other protocols, all of it is the server. Numbered by pipeline, as attributes of the
 * custom resource.
 */
export function ingestAttributes(urls: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    urls.flatMap((url, pipeline) => {
      const cut = url.startsWith('rtmp') ? url.lastIndexOf('/') : -1;
      if (cut < 0) return [[`IngestServer${pipeline}`, url]];
      return [
        [`IngestServer${pipeline}`, url.slice(0, cut)],
        [`IngestStreamKey${pipeline}`, url.slice(cut + 1)],
      ];
    }),
  );
}
