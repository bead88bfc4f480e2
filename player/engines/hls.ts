import Hls, { type ErrorData, type LevelDetails } from 'hls.js';
import type { Rung } from '../rendition';
import type { AudioTrack, Engine, EngineOptions, MetadataListener, Window } from './engine';
import { causeOf, UNPLAYABLE } from './hls-causes';
import { hlsSettings } from './hls-settings';
import { StallCaution } from './stall-caution';

/** Playlists of two renditions may be this many segments apart; a number that falls further belongs to a new encoder. */
const REORDERED_SEGMENTS = 3;

/** Plays HLS and low-latency HLS through Media Source Extensions. */
export const startHls = (options: EngineOptions): Engine => new HlsEngine(options);

class HlsEngine implements Engine {
  readonly label = `hls.js ${Hls.version}`;
  private readonly hls: Hls;
  private readonly caution: StallCaution;
  /** Newest segment and part of the playlist; undefined before the first one. */
  private edge: string | undefined;
  private newestSegment = 0;
  /** False before the first segment: the bandwidth is then a guess of hls.js. */
  private measured = false;

  constructor(private readonly options: EngineOptions) {
    const { loader } = Hls.DefaultConfig;
    const settings = hlsSettings(options.lowLatency);
    const gated = options.gate?.hls(settings, loader) ?? settings;
    const shifted = options.past?.hls(gated, loader) ?? gated;
    this.hls = new Hls(options.ads?.hls(shifted, loader) ?? shifted);
    this.caution = new StallCaution(this.hls.config);
    options.ads?.followHls(this.hls, () => options.report({ kind: 'edge' }));
    this.hls.once(Hls.Events.MANIFEST_PARSED, () => this.begin());
    this.hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => this.reportEdge(details));
    this.hls.once(Hls.Events.FRAG_BUFFERED, () => {
      this.measured = true;
    });
    this.hls.on(Hls.Events.ERROR, (_, data) => this.reportError(data));
    this.hls.loadSource(options.url);
    this.hls.attachMedia(options.video);
  }

  async play(): Promise<void> {
    await this.options.video.play();
  }

  ladder(): readonly Rung[] {
    return this.hls.levels.map(({ width, height, bitrate, frameRate }) => ({
      width,
      height,
      bitrate,
      frameRate: frameRate || undefined,
    }));
  }

  playing(): number | undefined {
    return known(this.hls.currentLevel);
  }

  choose(index: number | undefined): void {
    this.hls.nextLevel = index ?? -1;
  }

  audioTracks(): readonly AudioTrack[] {
    return this.hls.audioTracks.map(({ lang = '', name }) => ({ language: lang, name }));
  }

  audioTrack(): number | undefined {
    return known(this.hls.audioTrack);
  }

  chooseAudio(index: number): void {
    this.hls.audioTrack = index;
  }

  latencySeconds(): number | undefined {
    const date = this.date();
    return date && (Date.now() - date) / 1000;
  }

  date(): number | undefined {
    return this.options.ads?.playing ? undefined : this.hls.playingDate?.getTime();
  }

  bandwidth(): number | undefined {
    return this.measured ? this.hls.bandwidthEstimate : undefined;
  }

  window(): Window | undefined {
    // While an ad plays, the video has the ad's own time.
    const details = this.options.ads?.playing ? undefined : this.hls.latestLevelDetails;
    return details ? { start: details.fragmentStart, end: details.edge } : undefined;
  }

  livePosition(): number | undefined {
    return this.options.ads?.playing ? undefined : (this.hls.liveSyncPosition ?? undefined);
  }

  metadata(listener: MetadataListener): void {
    this.hls.on(Hls.Events.FRAG_PARSING_METADATA, (_, { samples }) => {
      for (const { data, pts } of samples) listener(data, pts);
    });
  }

  recoverMedia(): void {
    this.hls.recoverMediaError();
  }

  destroy(): void {
    this.caution.end();
    this.hls.destroy();
  }

  private begin(): void {
    const { held, autoplay, playRejected } = this.options;
    const index = held(this.ladder());
    if (index !== undefined) this.choose(index);
    if (autoplay) this.play().catch(playRejected);
  }

  private reportEdge(details: LevelDetails): void {
    const { report } = this.options;
    const before = this.edge;
    this.edge = edgeOf(details);
    if (before === undefined) report({ kind: 'manifest' });
    else if (details.endSN < this.newestSegment - REORDERED_SEGMENTS) report({ kind: 'returned' });
    else if (before !== this.edge) report({ kind: 'edge' });
    this.newestSegment = details.endSN;
    if (!details.live) report({ kind: 'finished' });
  }

  private reportError(data: ErrorData): void {
    if (data.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR) this.caution.stalled();
    if (!data.fatal) return;
    const { report } = this.options;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !UNPLAYABLE.has(data.details)) {
      report({ kind: 'media-error', code: data.details });
    } else report({ kind: 'refused', cause: causeOf(data) });
  }
}

const edgeOf = ({ endSN, lastPartSn, lastPartIndex }: LevelDetails): string =>
  `${endSN}/${lastPartSn}/${lastPartIndex}`;

/** An index of hls.js, which gives -1 for none. */
const known = (index: number): number | undefined => (index < 0 ? undefined : index);
