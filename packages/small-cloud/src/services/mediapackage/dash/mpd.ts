import type { DashManifest, UtcTiming } from '../model/endpoint';
import type { TrackFormat } from '../model/media';
import { ID3_EVENTS } from './event-stream';
import { date, duration, element, escaped, fraction } from './xml';

/** An MPD: dynamic, or static once it is complete. Milliseconds are since 1970; `Ticks` are of a representation's timescale. */
export interface Mpd {
  readonly manifest: DashManifest;
  /** Length of a complete MPD, which is static; undefined while it may grow. */
  readonly presentationSeconds: number | undefined;
  /** Length of the window that moves; undefined for an MPD with a fixed start. */
  readonly windowSeconds: number | undefined;
  /** Wall clock of time 0 of the timeline. */
  readonly availabilityStartMilliseconds: number;
  /** Wall clock at which the newest segment became available. */
  readonly publishMilliseconds: number;
  readonly nowMilliseconds: number;
  /** Length of the longest segment. */
  readonly maxSegmentSeconds: number;
  /**
   * Periods. A new one begins where players must start a new decoder, and where segment numbers are not consecutive.
   */
  readonly periods: readonly Period[];
}

/** A stretch of the timeline with one init segment a track and unbroken segment numbers. */
export interface Period {
  /** Identifier; constant, like the start, while the window slides over the period. */
  readonly id: string;
  /** Number of the first segment listed. */
  readonly firstNumber: number;
  readonly startSeconds: number;
  /** Start in the presentation, where that does not begin with the channel. @default startSeconds */
  readonly presentedSeconds?: number;
  readonly representations: readonly Representation[];
  /** Lines of the event streams. @default none */
  readonly events?: readonly string[];
  /** True when there may be ID3 in its video. @default false */
  readonly metadata?: boolean;
}

/** One track within a period. */
export interface Representation {
  readonly track: string;
  readonly format: TrackFormat;
  readonly bitrate: number;
  /** Number of frames in `ticks` ticks. */
  readonly frames: { readonly count: number; readonly ticks: number };
  readonly initUri: string;
  /** URI with `$Number$` in place of the segment's number. */
  readonly mediaTemplate: string;
  readonly segments: readonly { readonly startTicks: number; readonly durationTicks: number }[];
}

/**
 * Formats an MPD: `$Number$` with a SegmentTimeline, which is MediaPackage's `NUMBER_WITH_TIMELINE`.
 *
 * @see ISO/IEC 23009-1, 5.3
 */
export function renderMpd(model: Mpd): string {
  const { presentationSeconds } = model;
  return presentationSeconds === undefined ? renderDynamic(model) : renderStatic(model, presentationSeconds);
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const COMMON = {
  xmlns: 'urn:mpeg:dash:schema:mpd:2011',
  profiles: 'urn:mpeg:dash:profile:isoff-live:2011',
} as const;

function renderStatic(model: Mpd, presentationSeconds: number): string {
  return [
    XML,
    element('MPD', {
      ...COMMON,
      type: 'static',
      mediaPresentationDuration: duration(presentationSeconds),
      minBufferTime: duration(model.manifest.minBufferTimeSeconds),
      maxSegmentDuration: duration(model.maxSegmentSeconds),
    }),
    ...model.periods.flatMap(periodLines),
    '</MPD>',
    '',
  ].join('\n');
}

function renderDynamic(model: Mpd): string {
  const { manifest, windowSeconds } = model;
  const lines = [
    XML,
    element('MPD', {
      ...COMMON,
      type: 'dynamic',
      availabilityStartTime: date(model.availabilityStartMilliseconds),
      publishTime: date(model.publishMilliseconds),
      minimumUpdatePeriod: duration(manifest.minUpdatePeriodSeconds),
      minBufferTime: duration(manifest.minBufferTimeSeconds),
      suggestedPresentationDelay: duration(manifest.suggestedPresentationDelaySeconds),
      timeShiftBufferDepth: windowSeconds === undefined ? undefined : duration(windowSeconds),
      maxSegmentDuration: duration(model.maxSegmentSeconds),
    }),
    ...model.periods.flatMap(periodLines),
  ];
  if (manifest.utcTiming) lines.push(utcTimingLine(manifest.utcTiming, model.nowMilliseconds));
  return [...lines, '</MPD>', ''].join('\n');
}

function periodLines(period: Period): readonly string[] {
  const video = period.representations.filter(({ format }) => format.kind === 'video');
  const audio = period.representations.filter(({ format }) => format.kind === 'audio');
  const lines = [
    `  ${element('Period', { id: period.id, start: duration(period.presentedSeconds ?? period.startSeconds) })}`,
  ];
  lines.push(...(period.events ?? []));
  if (video.length > 0) lines.push(...adaptationSetLines(period, video));
  for (const [index, track] of audio.entries()) {
    lines.push(...adaptationSetLines(period, [track], index === 0 ? 'main' : 'alternate'));
  }
  return [...lines, '  </Period>'];
}

function adaptationSetLines(
  period: Period,
  representations: readonly Representation[],
  role: 'main' | 'alternate' = 'main',
): readonly string[] {
  const format = representations[0]?.format;
  const set = {
    mimeType: `${format?.kind}/mp4`,
    lang: format?.language,
    segmentAlignment: 'true',
    startWithSAP: '1',
  };
  return [
    `    ${element('AdaptationSet', set)}`,
    ...(period.metadata && format?.kind === 'video' ? [ID3_EVENTS] : []),
    `      <Role schemeIdUri="urn:mpeg:dash:role:2011" value="${role}"/>`,
    ...representations.flatMap((one) => representationLines(period, one)),
    '    </AdaptationSet>',
  ];
}

function representationLines(period: Period, representation: Representation): readonly string[] {
  const { format, segments, initUri, mediaTemplate } = representation;
  const template = {
    timescale: format.timescale,
    presentationTimeOffset: Math.round(period.startSeconds * format.timescale),
    initialization: initUri,
    media: mediaTemplate,
    startNumber: period.firstNumber,
  };
  return [
    ...representationStart(representation),
    `        ${element('SegmentTemplate', template)}`,
    '          <SegmentTimeline>',
    ...timeline(segments).map((line) => `            ${line}`),
    '          </SegmentTimeline>',
    '        </SegmentTemplate>',
    '      </Representation>',
  ];
}

function representationStart({ track, bitrate, format, frames }: Representation): readonly string[] {
  const common = { id: track, bandwidth: bitrate, codecs: format.codec };
  if (format.kind === 'video') {
    const frameRate = fraction(frames.count * format.timescale, frames.ticks);
    return [`      ${element('Representation', { ...common, width: format.width, height: format.height, frameRate })}`];
  }
  return [
    `      ${element('Representation', { ...common, audioSamplingRate: format.sampleRate })}`,
    `        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="${format.channels}"/>`,
  ];
}

/** Lists the `S` elements of a timeline. Consecutive segments of the same length share one. */
function timeline(segments: Representation['segments']): readonly string[] {
  const runs: { startTicks: number; durationTicks: number; count: number }[] = [];
  for (const { startTicks, durationTicks } of segments) {
    const run = runs.at(-1);
    const follows = run && startTicks === run.startTicks + run.count * run.durationTicks;
    if (follows && durationTicks === run.durationTicks) run.count++;
    else runs.push({ startTicks, durationTicks, count: 1 });
  }
  return runs.map(({ startTicks: t, durationTicks: d, count }) =>
    count > 1 ? `<S t="${t}" d="${d}" r="${count - 1}"/>` : `<S t="${t}" d="${d}"/>`,
  );
}

const UTC_SCHEMES = {
  UTC_DIRECT: 'direct',
  HTTP_HEAD: 'http-head',
  HTTP_ISO: 'http-iso',
  HTTP_XSDATE: 'http-xsdate',
} as const satisfies Record<UtcTiming['mode'], string>;

function utcTimingLine({ mode, source }: UtcTiming, now: number): string {
  const value = source === undefined ? date(now) : escaped(source);
  return `  <UTCTiming schemeIdUri="urn:mpeg:dash:utc:${UTC_SCHEMES[mode]}:2014" value="${value}"/>`;
}
