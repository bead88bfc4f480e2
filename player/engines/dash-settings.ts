import type { MediaPlayerSettingClass } from 'dashjs';
import type { Place } from '../past';

/** Time to find a first segment in the MPD. dash.js stops for good, without an error, on an MPD that has none yet. */
export const UNDERSTOOD_WITHIN_MILLISECONDS = 5000;

/** Settings of dash.js. The MPD decides how far it stays behind (suggestedPresentationDelay). */
export const DASH_SETTINGS: MediaPlayerSettingClass = {
  debug: { logLevel: 0 },
  streaming: {
    utcSynchronization: { useManifestDateHeaderTimeSource: true },
    buffer: { bufferToKeep: 60 },
    // The page brings viewers back to live, in the same way for all engines.
    liveCatchup: { enabled: false },
    retryAttempts: { MPD: 1, MediaSegment: 4, InitializationSegment: 2 },
  },
};

/** A place as dash.js takes it: seconds since 1970 with a prefix, or seconds of a recording. */
export function startTime(place: Place | undefined): number | string | undefined {
  if (place === undefined) return undefined;
  return 'seconds' in place ? place.seconds : `posix:${place.date / 1000}`;
}
