import type { Endpoint } from '../model/endpoint';
import type { EgressAnswer } from './answer';

/** Media type of HLS playlists. */
export const M3U8 = 'application/vnd.apple.mpegurl';

/**
 * Builds the answer with a manifest. Caches keep it for half a segment, at least a second: no viewer is further behind.
 */
export function manifestAnswer({ segmentSeconds }: Endpoint, contentType: string, body: string): EgressAnswer {
  return { status: 200, contentType, maxAgeSeconds: Math.max(1, Math.floor(segmentSeconds / 2)), body };
}
