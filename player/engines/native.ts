import type { Engine, EngineOptions } from './engine';

/** Safari tells the date of the start of the timeline, from EXT-X-PROGRAM-DATE-TIME. */
interface DatedVideo {
  getStartDate?(): Date;
}

/** Plays HLS with the browser's own player: iPhone, and Safari without Media Source Extensions. */
export function startNative({ video, url, segmentSeconds, autoplay, report, playRejected }: EngineOptions): Engine {
  const ends = new AbortController();
  const on = (type: string, listener: () => void) => video.addEventListener(type, listener, { signal: ends.signal });
  const window = () => {
    const { seekable } = video;
    const last = seekable.length - 1;
    return last < 0 ? undefined : { start: seekable.start(0), end: seekable.end(last) };
  };
  const play = () => video.play();
  let edge: number | undefined;

  on('loadedmetadata', () => report({ kind: 'manifest' }));
  on('progress', () => {
    const { buffered } = video;
    const end = Math.max(window()?.end ?? 0, buffered.length > 0 ? buffered.end(buffered.length - 1) : 0);
    if (edge !== undefined && end > edge) report({ kind: 'edge' });
    edge = end;
  });
  on('durationchange', () => {
    if (Number.isFinite(video.duration)) report({ kind: 'finished' });
  });
  on('error', () => void refusal().then((event) => !ends.signal.aborted && report(event)));
  /** The element says only that it failed; one request of our own says why. */
  const refusal = async () => {
    const detail = 'The browser could not decode it.';
    if (video.error?.code === MediaError.MEDIA_ERR_DECODE) return { kind: 'media-error', detail } as const;
    const response = await fetch(url, { cache: 'no-store' }).catch(() => undefined);
    if (response === undefined) return { kind: 'refused', cause: { kind: 'unreachable' } } as const;
    if (!response.ok) return { kind: 'refused', cause: { kind: 'http', status: response.status } } as const;
    return { kind: 'refused', cause: { kind: 'unplayable', detail: 'The browser cannot play it.' } } as const;
  };

  video.src = url;
  if (autoplay) play().catch(playRejected);

  return {
    label: 'browser',
    play,
    ladder: () => [],
    choose: () => {},
    playing: () => undefined,
    sounds: () => [],
    hearing: () => undefined,
    hear: () => {},
    latencySeconds() {
      const start = (video as DatedVideo).getStartDate?.().getTime() ?? Number.NaN;
      return Number.isNaN(start) ? undefined : (Date.now() - start) / 1000 - video.currentTime;
    },
    bandwidth: () => undefined,
    window,
    livePosition() {
      const range = window();
      // RFC 8216bis section 6.3.3: without HOLD-BACK, no nearer to the end than three target durations.
      return range && Math.max(range.start, range.end - 3 * segmentSeconds);
    },
    recoverMedia: () =>
      report({ kind: 'refused', cause: { kind: 'media', detail: 'The browser could not decode it.' } }),
    destroy() {
      ends.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}
