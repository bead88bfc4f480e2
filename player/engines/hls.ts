import Hls, { type ErrorData, type HlsConfig, type LevelDetails, type RetryConfig } from 'hls.js';
import type { Rung } from '../rendition';
import type { Cause } from '../supervisor';
import type { Engine, EngineOptions } from './engine';

/** hls.js calls every 4xx final; at a live edge, a 404 or 403 is a segment that comes in a moment. */
const retry = (maxNumRetry: number): RetryConfig => ({
  maxNumRetry,
  retryDelayMs: 500,
  maxRetryDelayMs: 2000,
  shouldRetry: (config, count, isTimeout, response, retry) => {
    const code = response?.code ?? 0;
    const passing = code === 0 || code === 403 || code === 404 || code >= 500;
    return retry || ((passing || isTimeout) && count < (config?.maxNumRetry ?? 0));
  },
});

const policy = (maxTimeToFirstByteMs: number, maxLoadTimeMs: number, retries: number) => ({
  default: { maxTimeToFirstByteMs, maxLoadTimeMs, timeoutRetry: retry(retries), errorRetry: retry(retries) },
});

/**
 * Settings of hls.js. How far it stays behind is left to the playlists (HOLD-BACK, PART-HOLD-BACK), and the way back there
 * to the page, which has one for all engines.
 *
 * @see https://github.com/video-dev/hls.js/blob/master/docs/API.md#fine-tuning
 */
const settings = (lowLatency: boolean): Partial<HlsConfig> => ({
  lowLatencyMode: lowLatency,
  maxLiveSyncPlaybackRate: 1,
  backBufferLength: 60,
  // A missing manifest is for the supervisor to say and to try again, in words; so not in silence here.
  manifestLoadPolicy: policy(10_000, 20_000, 0),
  playlistLoadPolicy: policy(10_000, 20_000, 3),
  fragLoadPolicy: policy(10_000, 60_000, 6),
});

/** Plays HLS and low-latency HLS through Media Source Extensions. */
export function startHls({ video, url, lowLatency, autoplay, held, report, playRejected }: EngineOptions): Engine {
  const hls = new Hls(settings(lowLatency));
  let edge: string | undefined;
  let newest = 0;
  /** Before the first segment, the estimate is hls.js's guess. */
  let measured = false;

  const ladder = (): readonly Rung[] =>
    hls.levels.map(({ width, height, bitrate, frameRate }) => ({
      width,
      height,
      bitrate,
      frameRate: frameRate || undefined,
    }));
  const choose = (index: number | undefined): void => {
    hls.nextLevel = index ?? -1;
  };
  const play = () => video.play();

  hls.once(Hls.Events.MANIFEST_PARSED, () => {
    const index = held(ladder());
    if (index !== undefined) choose(index);
    if (autoplay) play().catch(playRejected);
  });
  hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
    const before = edge;
    edge = edgeOf(details);
    if (before === undefined) report({ kind: 'manifest' });
    else if (details.endSN < newest - REORDERED_SEGMENTS) report({ kind: 'returned' });
    else if (before !== edge) report({ kind: 'edge' });
    newest = details.endSN;
    if (!details.live) report({ kind: 'finished' });
  });
  hls.once(Hls.Events.FRAG_BUFFERED, () => {
    measured = true;
  });
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !UNPLAYABLE.has(data.details)) {
      report({ kind: 'media-error', detail: `The browser could not decode it (${data.details}).` });
    } else report({ kind: 'refused', cause: causeOf(data) });
  });
  hls.loadSource(url);
  hls.attachMedia(video);

  return {
    label: `hls.js ${Hls.version}`,
    play,
    ladder,
    choose,
    playing: () => (hls.currentLevel < 0 ? undefined : hls.currentLevel),
    sounds: () => hls.audioTracks.map(({ lang = '', name }) => ({ language: lang, name })),
    hearing: () => (hls.audioTrack < 0 ? undefined : hls.audioTrack),
    hear(index) {
      hls.audioTrack = index;
    },
    latencySeconds() {
      const date = hls.playingDate?.getTime();
      return date === undefined ? undefined : (Date.now() - date) / 1000;
    },
    bandwidth: () => (measured ? hls.bandwidthEstimate : undefined),
    window() {
      const details = hls.latestLevelDetails;
      return details ? { start: details.fragmentStart, end: details.edge } : undefined;
    },
    livePosition: () => hls.liveSyncPosition ?? undefined,
    recoverMedia: () => hls.recoverMediaError(),
    destroy: () => hls.destroy(),
  };
}

/** Playlists of two renditions may be this far apart; numbers that fall further belong to an encoder that began anew. */
const REORDERED_SEGMENTS = 3;

const edgeOf = ({ endSN, lastPartSn, lastPartIndex }: LevelDetails): string =>
  `${endSN}/${lastPartSn}/${lastPartIndex}`;

const UNPLAYABLE: ReadonlySet<string> = new Set([
  'manifestIncompatibleCodecsError',
  'bufferAddCodecError',
  'bufferIncompatibleCodecsError',
]);

function causeOf({ details, response, error }: ErrorData): Cause {
  if (details === 'levelEmptyError') return { kind: 'empty' };
  if (UNPLAYABLE.has(details)) return { kind: 'unplayable', detail: 'This browser has no decoder for its codecs.' };
  if (details === 'manifestParsingError' || details === 'levelParsingError') {
    return { kind: 'unplayable', detail: 'What this address answers is not an HLS playlist.' };
  }
  const status = response?.code ?? 0;
  if (status >= 400) return { kind: 'http', status };
  if (response === undefined && error !== undefined && !/Load|TimeOut/.test(details)) {
    return { kind: 'unplayable', detail: `The player gave up (${details}).` };
  }
  return { kind: 'unreachable' };
}
