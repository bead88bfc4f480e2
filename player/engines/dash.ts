import { type ErrorEvent, MediaPlayer, type MediaPlayerSettingClass, type Representation } from 'dashjs';
import type { Rung } from '../rendition';
import type { Cause } from '../supervisor';
import type { Engine, EngineOptions } from './engine';
import { mpdProblem } from './mpd-bounds';

const SETTINGS: MediaPlayerSettingClass = {
  debug: { logLevel: 0 },
  streaming: {
    utcSynchronization: { useManifestDateHeaderTimeSource: true },
    buffer: { bufferToKeep: 60 },
    // The page brings viewers back to live, in the same way for all engines.
    liveCatchup: { enabled: false },
    retryAttempts: { MPD: 1, MediaSegment: 4, InitializationSegment: 2 },
  },
};

/** An MPD without a segment yet, as some packagers write it first, stops dash.js for good and without a word. */
const UNDERSTOOD_WITHIN_MILLISECONDS = 5000;

/**
 * Plays MPEG-DASH. dash.js has to own `play()`: when the element plays of its own accord before the stream is ready,
 * the MPD is never read again.
 */
export function startDash({ video, url, autoplay, held, report }: EngineOptions): Engine {
  const player = MediaPlayer().create();
  let newest = Number.NEGATIVE_INFINITY;
  let began: string | undefined;
  let ready = false;
  let refused = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const representations = (): readonly Representation[] => (ready ? player.getRepresentationsByType('video') : []);
  const ladder = (): readonly Rung[] =>
    representations().map(({ width, height, bandwidth, frameRate }) => ({
      width,
      height,
      bitrate: bandwidth,
      frameRate: frameRate || undefined,
    }));
  const choose = (index: number | undefined): void => {
    const chosen = index === undefined ? undefined : representations()[index];
    player.updateSettings({ streaming: { abr: { autoSwitchBitrate: { video: chosen === undefined } } } });
    if (chosen !== undefined) player.setRepresentationForTypeById('video', chosen.id, true);
  };
  const sounds = () => (ready ? player.getTracksFor('audio') : []);
  const range = () => {
    const window = ready ? player.getDvrWindow() : undefined;
    return window && Number.isFinite(window.end) ? { start: window.start, end: window.end } : undefined;
  };

  player.initialize();
  player.updateSettings(SETTINGS);
  // Otherwise a host of Akamai's is asked for the time. The MPD's own UTCTiming still is, if it has one.
  player.clearDefaultUTCTimingSources();
  player.addResponseInterceptor(async (response) => {
    const problem = typeof response.data === 'string' ? mpdProblem(response.data) : undefined;
    if (problem === undefined) return response;
    // What dash.js says of the empty text that it gets instead is of no interest.
    refused = true;
    report({ kind: 'refused', cause: { kind: 'unplayable', detail: problem } });
    return { ...response, data: '' };
  });
  player.on('streamInitialized', () => {
    const first = !ready;
    ready = true;
    const index = first ? held(ladder()) : undefined;
    if (index !== undefined) choose(index);
    report({ kind: 'manifest' });
    if (!player.isDynamic()) report({ kind: 'finished' });
  });
  player.on('fragmentLoadingCompleted', ({ request }) => {
    if (request.mediaType !== 'video' || request.type !== 'MediaSegment' || request.startTime <= newest) return;
    if (newest > Number.NEGATIVE_INFINITY) report({ kind: 'edge' });
    newest = request.startTime;
  });
  player.on('manifestLoaded', ({ data }) => {
    const start = 'availabilityStartTime' in data ? String(data.availabilityStartTime) : undefined;
    if (began !== undefined && start !== began) report({ kind: 'returned' });
    began = start;
    patience ??= setTimeout(() => {
      if (!ready) report({ kind: 'refused', cause: { kind: 'empty' } });
    }, UNDERSTOOD_WITHIN_MILLISECONDS);
  });
  player.on('dynamicToStatic', () => report({ kind: 'finished' }));
  player.on('playbackNotAllowed', () => report({ kind: 'blocked' }));
  player.on('error', (event) => {
    const cause = refused ? undefined : causeOf(event);
    if (cause?.kind === 'media') report({ kind: 'media-error', detail: cause.detail });
    else if (cause !== undefined) report({ kind: 'refused', cause });
  });
  player.attachView(video);
  player.setAutoPlay(autoplay);
  player.attachSource(url);

  return {
    label: `dash.js ${player.getVersion()}`,
    play: async () => player.play(),
    ladder,
    choose,
    playing() {
      const current = ready ? player.getCurrentRepresentationForType('video') : null;
      return current ? representations().findIndex(({ id }) => id === current.id) : undefined;
    },
    sounds: () => sounds().map(({ lang, labels }) => ({ language: lang ?? '', name: labels[0]?.text ?? '' })),
    hearing() {
      const current = ready ? player.getCurrentTrackFor('audio')?.index : undefined;
      const index = sounds().findIndex((track) => track.index === current);
      return index < 0 ? undefined : index;
    },
    hear(index) {
      const track = sounds()[index];
      if (track !== undefined) player.setCurrentTrack(track);
    },
    latencySeconds() {
      const latency = ready && player.isDynamic() ? player.getCurrentLiveLatency() : Number.NaN;
      return latency > 0 ? latency : undefined;
    },
    bandwidth() {
      const kilobits = ready ? player.getAverageThroughput('video') : Number.NaN;
      return kilobits > 0 ? kilobits * 1000 : undefined;
    },
    window: range,
    livePosition() {
      const window = range();
      return window && Math.max(window.start, window.end - player.getTargetLiveDelay());
    },
    recoverMedia: () =>
      report({ kind: 'refused', cause: { kind: 'media', detail: 'The browser could not decode it.' } }),
    destroy() {
      clearTimeout(patience);
      player.destroy();
    },
  };
}

/** dash.js has one stream of errors, most of which it survives; undefined for those. */
function causeOf({ error }: ErrorEvent): Cause | undefined {
  if (typeof error === 'string') return undefined;
  switch (error.code) {
    case 10: // the MPD is not one
    case 31:
    case 32: // it has no stream that can be played
      return { kind: 'unplayable', detail: 'What this address answers is not an MPD that can be played.' };
    case 34: // multiplexed
    case 35: // codecs
      return { kind: 'unplayable', detail: 'This browser has no decoder for its codecs.' };
    case 11: // manifest
    case 25:
    case 27: // segment
    case 28: {
      const status = httpStatus(error.data);
      return status >= 400 ? { kind: 'http', status } : { kind: 'unreachable' };
    }
    case 20: // append
      return { kind: 'media', detail: 'The browser could not decode it.' };
    default:
      return undefined;
  }
}

function httpStatus(data: object): number {
  const response: unknown = 'response' in data ? data.response : undefined;
  if (typeof response !== 'object' || response === null || !('status' in response)) return 0;
  return typeof response.status === 'number' ? response.status : 0;
}
