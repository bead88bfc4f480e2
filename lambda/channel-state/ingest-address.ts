/**
 * An ingest URL as an encoder such as OBS wants it typed. Of RTMP, what comes before the last slash is the server, what
 * comes after it the stream key; of other protocols, all of it is the server. Numbered by pipeline, as attributes of the
 * custom resource; those of an input beside the first one end in its role.
 */
export function ingestAttributes(urls: readonly string[], role = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    urls.flatMap((url, pipeline) => {
      const cut = url.startsWith('rtmp') ? url.lastIndexOf('/') : -1;
      if (cut < 0) return [[`IngestServer${pipeline}${role}`, url]];
      return [
        [`IngestServer${pipeline}${role}`, url.slice(0, cut)],
        [`IngestStreamKey${pipeline}${role}`, url.slice(cut + 1)],
      ];
    }),
  );
}
