import type { WatchedChannel } from './watched-channel';

/** Formats that the probe can read, the most widely played first. */
const FORMATS = ['hls', 'll-hls', 'hls-ts', 'dash'];

/** Returns the path of the manifest that the probe plays; undefined for a channel of Smooth Streaming alone. */
export function probedPath({ manifests }: Pick<WatchedChannel, 'manifests'>): string | undefined {
  const [best] = FORMATS.flatMap((format) => manifests.filter((one) => one.format === format));
  return best?.path;
}
