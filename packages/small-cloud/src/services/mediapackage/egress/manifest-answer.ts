import type { Endpoint } from '../model/endpoint';
import type { View } from '../model/view';
import type { EgressAnswer } from './answer';

/** Media type of HLS playlists. */
export const M3U8 = 'application/vnd.apple.mpegurl';

/**
 * Builds the answer with a manifest. Caches keep it for half a segment, at least a second: no viewer is further behind.
 */
export function manifestAnswer({ segmentSeconds }: Endpoint, contentType: string, body: string): EgressAnswer {
  return { status: 200, contentType, maxAgeSeconds: Math.max(1, Math.floor(segmentSeconds / 2)), body };
}

/** Returns the key of a manifest in the cache of its channel. It names the endpoint, because several may share one. */
export function manifestKey({ endpoint, shift = {} }: View, name: string): string {
  const { startSeconds, endSeconds, delaySeconds, windowSeconds, query } = shift;
  return [endpoint.arn, name, startSeconds, endSeconds, delaySeconds, windowSeconds, query].join(' ');
}
