import { createHash } from 'node:crypto';
import type { VastAd } from './vast';
import type { Web, WebAnswer } from './web';

/** Time in which a file of an ad must be there. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * The media of ads, below `/tm/<account>/<configuration>/<ad>/`. HLS is delivered as the ad server has it, where AWS encodes
 * it anew for the renditions of the show.
 */
export class AdShelf {
  /** Addresses of the multivariant playlists of ads, by their keys. */
  private readonly kept = new Map<string, string>();

  constructor(private readonly web: Web) {}

  /** Takes an ad. @returns the path of its playlist below the folder of a configuration; undefined without a usable file. */
  take(ad: VastAd): string | undefined {
    const file = ad.media.find(({ delivery, url }) => delivery === 'streaming' && /\.m3u8(\?|$)/i.test(url));
    if (file === undefined || !/^https?:\/\//.test(file.url)) return undefined;
    const key = createHash('sha256').update(`${ad.creativeId}\n${file.url}`).digest('hex').slice(0, 24);
    this.kept.set(key, file.url);
    return `${key}/${new URL(file.url).pathname.split('/').at(-1)}`;
  }

  /** Delivers a file of an ad; undefined for one that was not taken. @throws Error when its server does not answer. */
  async read(key: string, file: string): Promise<WebAnswer | undefined> {
    const playlist = this.kept.get(key);
    if (playlist === undefined) return undefined;
    const url = new URL(file, playlist);
    // A path that leads out of the folder of the ad.
    if (!url.href.startsWith(new URL('.', playlist).href)) return undefined;
    return this.web.get({ url: url.href, milliseconds: PATIENCE_MILLISECONDS });
  }
}
