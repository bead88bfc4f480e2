/** The place of a playlist. */
export interface PlaylistPlace {
  /** Path at the edge of the playlist itself. */
  readonly path: string;
  /** Beginning of the paths of playlists with ads. */
  readonly prefix: string;
}

/** Tells a playlist of playlists. */
export function isMultivariant(playlist: string): boolean {
  return /^#EXT-X-STREAM-INF:/m.test(playlist);
}

/**
 * Rewrites the addresses of a playlist that is served below a prefix: playlists are asked for below it as well, and media
 * where it is. Relative addresses of playlists stay as they are, because players resolve them against the address with
 * the prefix.
 */
export function relocated(playlist: string, { path, prefix }: PlaylistPlace): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const ofPlaylist = (uri: string): string => (/^\/(?!\/)/.test(uri) ? prefix + uri : uri);
  const ofMedia = (uri: string): string => (/^(\/|[a-z][a-z0-9+.-]*:)/i.test(uri) ? uri : folder + uri);
  const multivariant = isMultivariant(playlist);
  return playlist
    .split('\n')
    .map((line) => {
      if (line.trim() === '') return line;
      if (!line.startsWith('#')) return multivariant ? ofPlaylist(line) : ofMedia(line);
      const names = multivariant || line.startsWith('#EXT-X-RENDITION-REPORT:') ? ofPlaylist : ofMedia;
      return line.replace(/([:,]URI=")([^"]*)"/g, (_, before, uri) => `${before}${names(uri)}"`);
    })
    .join('\n');
}
