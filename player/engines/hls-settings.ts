import type { HlsConfig, LoaderConfig, RetryConfig } from 'hls.js';

/** Retries on answers that may pass. hls.js calls every 4xx final; at a live edge, a 404 or 403 is often a segment that is about to appear. */
const retry = (maxNumRetry: number): RetryConfig => ({
  maxNumRetry,
  retryDelayMs: 500,
  maxRetryDelayMs: 2000,
  shouldRetry(...[config, count, isTimeout, response, retry]) {
    const code = response?.code ?? 0;
    const passing = code === 0 || code === 403 || code === 404 || code >= 500;
    return retry || ((passing || isTimeout) && count < (config?.maxNumRetry ?? 0));
  },
});

const policy = (
  maxTimeToFirstByteMs: number,
  maxLoadTimeMs: number,
  retries: number,
): { readonly default: LoaderConfig } => ({
  default: { maxTimeToFirstByteMs, maxLoadTimeMs, timeoutRetry: retry(retries), errorRetry: retry(retries) },
});

/**
 * Settings of hls.js. The playlists decide how far it stays behind (HOLD-BACK, PART-HOLD-BACK). The page brings viewers
 * back there, in the same way for all engines.
 *
 * @see https://github.com/video-dev/hls.js/blob/master/docs/API.md#fine-tuning
 */
export const hlsSettings = (lowLatency: boolean): Partial<HlsConfig> => ({
  lowLatencyMode: lowLatency,
  // 1 switches off the catch-up of hls.js.
  maxLiveSyncPlaybackRate: 1,
  // Otherwise each stall would move the live position back by a second, up to a segment, for good: `StallCaution`.
  liveSyncOnStallIncrease: 0,
  backBufferLength: 60,
  // Cues would need a track with an address that the policy of the page forbids. Whoever wants ID3 listens to the engine.
  enableEmsgMetadataCues: false,
  enableID3MetadataCues: false,
  // No retries: the supervisor reports a missing manifest and tries again; hls.js would do so without a word.
  manifestLoadPolicy: policy(10_000, 20_000, 0),
  playlistLoadPolicy: policy(10_000, 20_000, 3),
  fragLoadPolicy: policy(10_000, 60_000, 6),
});
