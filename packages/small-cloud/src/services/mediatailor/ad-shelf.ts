import { createHash } from 'node:crypto';
import { type AdClip, readAssetName, readClip } from './stitched/ad-clip';
import type { VastAd } from './vast';
import type { Web, WebAnswer } from './web';

/** Time in which a file of an ad must be there. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * The media of ads, below `/tm/<account>/<configuration>/<ad>/`. HLS is delivered as the ad server has it, where AWS encodes
 * it anew for the renditions of the show. An MPD has names of its own for the same files.
 */
export class AdShelf {
  /** Addresses of the multivariant playlists of ads, by their keys. */
  private readonly kept = new Map<string, string>();
  /** Ads that are read, or being read, by their keys. */
  private readonly clips = new Map<string, Promise<AdClip>>();

  constructor(private readonly web: Web) {}

  /** Takes an ad. @returns the path of its playlist below the folder of a configuration; undefined without a usable file. */
  take(ad: VastAd): string | undefined {
    const file = ad.media.find(({ delivery, url }) => delivery === 'streaming' && /\.m3u8(\?|$)/i.test(url));
    if (file === undefined || !/^https?:\/\//.test(file.url)) return undefined;
    const key = createHash('sha256').update(`${ad.creativeId}\n${file.url}`).digest('hex').slice(0, 24);
    this.kept.set(key, file.url);
    return `${key}/${new URL(file.url).pathname.split('/').at(-1)}`;
  }

  /** Returns an ad that was taken as an MPD can have it. @throws Error that says why it cannot. */
  clip(key: string): Promise<AdClip> {
    const known = this.clips.get(key);
    if (known !== undefined) return known;
    const clip = readClip(this.kept.get(key) ?? '', async (url) => {
      const { status, body } = await this.web.get({ url, milliseconds: PATIENCE_MILLISECONDS });
      if (status !== 200) throw new Error(`${url} answers with status ${status}`);
      return body;
    });
    this.clips.set(key, clip);
    // An ad that could not be read is read again in the next break.
    clip.catch(() => this.clips.delete(key));
    return clip;
  }

  /**
   * Delivers a file of an ad: by its own name, or by the one that an MPD has.
   *
   * @returns undefined for one that was not taken.
   * @throws Error when its server does not answer.
   */
  async read(key: string, file: string): Promise<WebAnswer | undefined> {
    const playlist = this.kept.get(key);
    if (playlist === undefined) return undefined;
    const named = await namedFile(this.clips.get(key), file);
    const url = new URL(named ?? file, playlist);
    // A path that leads out of the folder of the ad.
    if (named === undefined && !url.href.startsWith(new URL('.', playlist).href)) return undefined;
    return this.web.get({ url: url.href, milliseconds: PATIENCE_MILLISECONDS });
  }
}

/** Returns the address of a file that an MPD names; undefined for another name. */
async function namedFile(clip: Promise<AdClip> | undefined, file: string): Promise<string | undefined> {
  const named = readAssetName(file);
  if (clip === undefined || named === undefined) return undefined;
  const track = (await clip).tracks[named.track];
  return named.number === undefined ? track?.init : track?.segments[named.number - 1]?.url;
}
