import { type HlsPlan, multivariantPlaylist } from './hls-plan';

/** Puts the multivariant playlist of an HLS output group. */
export class OutputListing {
  private isThere = false;

  /**
   * @param baseUrl - the URL that the names of the group's files begin with.
   * @param tell - hears why it could not be put; the next {@link put} tries again.
   */
  constructor(
    private readonly hls: HlsPlan | undefined,
    private readonly baseUrl: string,
    private readonly tell: (line: string) => void,
  ) {}

  /** To be called once what the playlist lists is there; what is put stays. Does nothing without an HLS output group. */
  put(): void {
    if (this.hls === undefined || this.isThere) return;
    this.isThere = true;
    const body = multivariantPlaylist(this.hls, this.baseUrl.slice(this.baseUrl.lastIndexOf('/') + 1));
    fetch(`${this.baseUrl}.m3u8`, { method: 'PUT', body })
      .then(({ ok, status }) => {
        if (!ok) throw new Error(`HTTP ${status}`);
      })
      .catch((error: unknown) => {
        this.isThere = false;
        this.tell(`the multivariant playlist could not be put: ${error}`);
      });
  }
}
