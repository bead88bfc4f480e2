import type { HlsConfig } from 'hls.js';

type Loader = HlsConfig['loader'];
type LoaderInstance = InstanceType<Loader>;
type Load = Parameters<LoaderInstance['load']>;

/**
 * Returns settings of hls.js that open a manifest through a session. Where the session cannot be begun, the manifest itself
 * is opened: the show goes on without ads.
 *
 * @param settings - the settings so far; a loader of playlists among them is kept.
 * @param loader - the loader of hls.js itself.
 * @param session - returns the address of the session of a manifest.
 */
export function throughSession(
  settings: Partial<HlsConfig>,
  loader: Loader,
  session: (manifest: string) => string,
): Partial<HlsConfig> {
  const Base = (settings.pLoader as unknown as Loader | undefined) ?? settings.loader ?? loader;
  class SessionLoader extends Base {
    private spare: LoaderInstance | undefined;

    constructor(private readonly hlsConfig: HlsConfig) {
      super(hlsConfig);
    }

    override load(...[context, config, callbacks]: Load): void {
      if (!('type' in context) || context.type !== 'manifest') {
        super.load(context, config, callbacks);
        return;
      }
      const direct = () => {
        this.spare = new Base(this.hlsConfig);
        this.spare.load(context, config, callbacks);
      };
      // One try: the manifest itself is the second.
      const once = {
        ...config,
        maxRetry: 0,
        loadPolicy: { ...config.loadPolicy, errorRetry: null, timeoutRetry: null },
      };
      super.load({ ...context, url: session(context.url) }, once, { ...callbacks, onError: direct, onTimeout: direct });
    }

    override abort(): void {
      super.abort();
      this.spare?.abort();
    }

    override destroy(): void {
      super.destroy();
      this.spare?.destroy();
    }
  }
  return { ...settings, pLoader: SessionLoader as unknown as HlsConfig['pLoader'] };
}
