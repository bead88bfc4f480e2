import type { HlsManifest } from '../model/endpoint';
import { childPlaylistName } from '../model/file-names';
import type { View } from '../model/view';

/** Returns the URI of a track's media playlist, with the parameters of the request. */
export function childUri({ shift }: View, manifest: HlsManifest, track: string): string {
  return `${childPlaylistName(manifest, track)}${shift?.query ?? ''}`;
}
