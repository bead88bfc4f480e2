import type { HlsPlan } from '../contract/plan';
import type { EncoderTarget } from './encoder-options';
import { multivariantPlaylist } from './multivariant-playlist';

/** Puts the multivariant playlist of an HLS output group. */
export class OutputListing {
  private isThere = false;

  /**
   * @param target - the URLs that the names of the group's files begin with.
   * @param tell - told why the playlist could not be put; the next {@link put} tries again.
   */
  constructor(
    private readonly hls: HlsPlan | undefined,
    private readonly target: EncoderTarget,
    private readonly tell: (line: string) => void,
  ) {}

  /** Puts the playlist, once. The files that it lists must be there. Does nothing without an HLS output group. */
  put(): void {
    if (this.hls === undefined || this.isThere) return;
    this.isThere = true;
    const { url, otherUrl } = this.target;
    const [folder, own] = split(url);
    const [otherFolder, other] = split(otherUrl ?? '');
    const others = this.hls.redundant && otherFolder === folder ? [other] : [];
    const body = multivariantPlaylist(this.hls, own, ...others);
    fetch(`${url}.m3u8`, { method: 'PUT', body })
      .then(({ ok, status }) => {
        if (!ok) throw new Error(`HTTP ${status}`);
      })
      .catch((error: unknown) => {
        this.isThere = false;
        this.tell(`the multivariant playlist could not be put: ${error}`);
      });
  }
}

/** Splits a URL into its folder and the name in it. */
function split(url: string): readonly [folder: string, name: string] {
  const cut = url.lastIndexOf('/') + 1;
  return [url.slice(0, cut), url.slice(cut)];
}
