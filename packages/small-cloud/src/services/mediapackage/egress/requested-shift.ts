import type { Endpoint } from '../model/endpoint';
import type { TimeShift, View } from '../model/view';
import { ManifestRequestError, type ManifestSettings, settingsQuery } from './manifest-settings';

/** Longest part of the timeline that one manifest may list, in seconds. */
const LONGEST_SECONDS = 86_400;
/** Start-over window of an endpoint that declares none, in seconds: the default of v2. */
const DEFAULT_START_OVER_SECONDS = 900;
/** A manifest window that is asked for lists at least this many segments. */
const LEAST_SEGMENTS = 2;
const EPOCH_SECONDS = /^\d{1,12}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** A manifest that settings are for. */
export interface ShiftedManifest {
  readonly windowSeconds: number;
  /** True when the URLs of its media playlists carry the settings percent-encoded. */
  readonly encodes: boolean;
}

/** Finds the manifest that a file of an endpoint is, or is a media playlist of. */
export function shiftedManifest({ hlsManifests, dashManifests }: Endpoint, file: string): ShiftedManifest | undefined {
  const dash = dashManifests.find(({ name }) => `${name}.mpd` === file);
  if (dash) return { windowSeconds: dash.windowSeconds, encodes: false };
  const hls =
    hlsManifests.find(({ name }) => `${name}.m3u8` === file) ??
    hlsManifests.find(({ childName }) => file.startsWith(`${childName}_`) && file.endsWith('.m3u8'));
  return hls && { windowSeconds: hls.windowSeconds, encodes: hls.encodesChildren === true };
}

/**
 * Judges the settings of a request by the media that there is. "Now" is the end of the newest media, on the clock of
 * the source.
 *
 * @throws ManifestRequestError 400 for an invalid value; 404 for a time outside the start-over window.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/start-and-end-parameters-rules.html
 */
export function requestedShift(view: View, manifest: ShiftedManifest, settings: ManifestSettings): TimeShift {
  const { segmenter, epochSeconds } = view;
  const { values } = settings;
  const start = timeOf('start', values.start);
  const end = timeOf('end', values.end);
  const now = epochSeconds + segmenter.edgeSeconds;
  const { startOverSeconds = DEFAULT_START_OVER_SECONDS } = view.endpoint;
  checkTimes({ start, end, now }, startOverSeconds);
  const delaySeconds = secondsOf('time_delay', values.time_delay);
  if (delaySeconds !== undefined && delaySeconds >= startOverSeconds) {
    throw new ManifestRequestError(
      400,
      `time_delay: ${delaySeconds} was given; less than the start-over window is needed`,
    );
  }
  const windowSeconds = secondsOf('manifest_window_seconds', values.manifest_window_seconds);
  if (windowSeconds !== undefined) checkWindow(view, manifest, windowSeconds);
  if (windowSeconds !== undefined && start !== undefined) {
    throw new ManifestRequestError(400, 'manifest_window_seconds with start is not modelled by the local run');
  }
  return {
    startSeconds: start === undefined ? undefined : start - epochSeconds,
    endSeconds: end === undefined ? undefined : end - epochSeconds,
    delaySeconds,
    windowSeconds,
    query: settingsQuery(settings, manifest.encodes),
  };
}

interface Times {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly now: number;
}

function checkTimes({ start, end, now }: Times, startOverSeconds: number): void {
  if (start === undefined && end === undefined) return;
  const oldest = now - startOverSeconds;
  if (start !== undefined && end !== undefined && end <= start) {
    throw new ManifestRequestError(400, `end: ${iso(end)} was given; a time after the start, ${iso(start)}, is needed`);
  }
  if (start !== undefined && (start < oldest || start > now)) {
    throw new ManifestRequestError(
      404,
      `start: ${iso(start)} was given; the start-over window is ${iso(oldest)} to ${iso(now)}`,
    );
  }
  if (end !== undefined && end < oldest) {
    throw new ManifestRequestError(404, `end: ${iso(end)} was given; the start-over window begins at ${iso(oldest)}`);
  }
  if (start !== undefined && (end ?? now) - start > LONGEST_SECONDS) {
    throw new ManifestRequestError(400, `start: ${iso(start)} was given; a manifest lists at most 24 hours`);
  }
}

function checkWindow({ segmenter }: View, manifest: ShiftedManifest, seconds: number): void {
  const least = LEAST_SEGMENTS * Math.max(segmenter.targetSeconds, Math.round(segmenter.longestSeconds));
  if (seconds >= least && seconds < manifest.windowSeconds) return;
  throw new ManifestRequestError(
    400,
    `manifest_window_seconds: ${seconds} was given; ${least} or more is needed, and less than the ${manifest.windowSeconds} of the manifest`,
  );
}

function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (EPOCH_SECONDS.test(text)) return Number(text);
  const milliseconds = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(milliseconds)) return milliseconds / 1000;
  throw new ManifestRequestError(
    400,
    `${name}: '${text}' was given; seconds since 1970 are needed, or a time such as 2026-11-28T12:00:00+00:00`,
  );
}

function secondsOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new ManifestRequestError(400, `${name}: '${text}' was given; whole seconds are needed`);
}

function iso(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}
