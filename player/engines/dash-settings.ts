import type { MediaPlayerSettingClass } from 'dashjs';

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
