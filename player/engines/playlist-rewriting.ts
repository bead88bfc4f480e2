import type { HlsConfig } from 'hls.js';

/**
 * Returns settings of hls.js that rewrite each playlist before it is read.
 *
 * @param settings - the settings so far; a loader of playlists among them is kept.
 * @param loader - the loader of hls.js itself.
 */
export function rewritingPlaylists(
  settings: Partial<HlsConfig>,
  loader: HlsConfig['loader'],
  rewrite: (playlist: string) => string,
): Partial<HlsConfig> {
  const Base = (settings.pLoader as unknown as HlsConfig['loader'] | undefined) ?? settings.loader ?? loader;
  type Load = Parameters<InstanceType<HlsConfig['loader']>['load']>;
  class PlaylistLoader extends Base {
    override load(...[context, config, callbacks]: Load): void {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, ...rest) => {
          const { data } = response;
          callbacks.onSuccess(typeof data === 'string' ? { ...response, data: rewrite(data) } : response, ...rest);
        },
      });
    }
  }
  return { ...settings, pLoader: PlaylistLoader as unknown as HlsConfig['pLoader'] };
}
