import { type Element, element, elementsOf } from '../xml-tree';
import { type AdTrack, assetNames } from './ad-clip';
import type { FilledBreak, PlacedAd } from './session-breaks';
import {
  cutPeriod,
  readDuration,
  type Stretch,
  type TimedPeriod,
  TOLERANCE,
  timedPeriods,
  timelineOf,
  videoSegments,
  writeDuration,
} from './timeline';

/** Addresses in the MPD of a session. Each ends with a slash. */
export interface StitchedAddresses {
  /** Folder of the MPD at the origin, as the player can use it. */
  readonly show: string;
  /** Returns the folder of the files of an ad. */
  readonly ad: (ad: PlacedAd) => string;
}

/**
 * Writes ads into an MPD: the show's periods end where a break begins, each ad has a period, and the show goes on in another
 * one after the ads. An ad is listed as far as the show beneath it is, so that the live edge stays where it is.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/manifest-dash-example.html
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/baseurls-for-dash.html
 */
export function stitchedMpd(mpd: Element, breaks: readonly FilledBreak[], addresses: StitchedAddresses): Element {
  const periods = timedPeriods(mpd);
  const listed = periods.flatMap(videoSegments);
  const window = { from: listed[0]?.from ?? 0, to: listed.at(-1)?.to ?? 0 };
  const language = languageOf(mpd);
  const shows = periods.flatMap((period) => showPeriods(period, breaks));
  const ads = breaks.flatMap((filled) =>
    filled.ads
      .filter(({ from, to }) => from < Math.min(window.to, filled.to) - TOLERANCE && to > window.from)
      .map((ad) => adPeriod(ad, Math.min(window.to, filled.to), { folder: addresses.ad(ad), language })),
  );
  const start = ({ attributes }: Element): number => readDuration(attributes['start'] ?? '');
  const all = [...shows, ...ads].sort((one, other) => start(one) - start(other));
  const [first] = elementsOf(mpd, 'Period');
  const children = mpd.children.flatMap((child): readonly (Element | string)[] => {
    if (child === first) return all;
    return typeof child !== 'string' && child.name === 'Period' ? [] : [child];
  });
  const base = elementsOf(mpd, 'BaseURL').length > 0 ? [] : [element('BaseURL', {}, [addresses.show])];
  return { ...mpd, attributes: longest(mpd, breaks), children: [...base, ...children] };
}

/** Cuts a period of the show at the breaks within it. A part that a break does not begin keeps the id. */
function showPeriods(timed: TimedPeriod, breaks: readonly FilledBreak[]): readonly Element[] {
  const parts: (Stretch & { readonly id: string })[] = [];
  const { id = '' } = timed.period.attributes;
  let part = { id, from: timed.from };
  for (const { avail, from, to } of breaks) {
    if (to <= timed.from || from >= timed.to) continue;
    parts.push({ ...part, to: from });
    part = { id: `${id}-${avail.id}`, from: to };
  }
  parts.push({ ...part, to: timed.to });
  return parts.flatMap((one) => {
    const cut = one.to - one.from > TOLERANCE ? cutPeriod(timed, one) : undefined;
    if (cut === undefined) return [];
    const attributes: Record<string, string> = { ...cut.attributes, id: one.id, start: writeDuration(one.from) };
    // The period that follows says where this one ends.
    delete attributes['duration'];
    return [{ ...cut, attributes }];
  });
}

interface AdPlace {
  readonly folder: string;
  /** Language of the first audio of the show, which players look for in an ad as well. */
  readonly language: string | undefined;
}

/** @param edge - end of what is listed, in seconds of the presentation. */
function adPeriod(ad: PlacedAd, edge: number, { folder, language }: AdPlace): Element {
  const { tracks } = ad.clip;
  const video = tracks.find(({ kind }) => kind === 'video');
  const offset = (video?.startTicks ?? 0) / (video?.timescale ?? 1);
  const sets = (['video', 'audio'] as const).flatMap((kind) => {
    const representations = tracks.flatMap((track, index) =>
      track.kind === kind ? [representation(track, { index, offset, seconds: edge - ad.from })] : [],
    );
    if (representations.length === 0) return [];
    const lang = kind === 'audio' ? language : undefined;
    const set = { mimeType: `${kind}/mp4`, lang, segmentAlignment: 'true', startWithSAP: 1 };
    const role = element('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value: 'main' });
    return [element('AdaptationSet', set, [role, ...representations])];
  });
  const attributes = { id: ad.id, start: writeDuration(ad.from) };
  return element('Period', attributes, [element('BaseURL', {}, [folder]), ...sets]);
}

interface Listing {
  /** Number of the track in its ad. */
  readonly index: number;
  /** Time of the beginning of the ad in its media, in seconds. */
  readonly offset: number;
  /** Length of what is listed. */
  readonly seconds: number;
}

function representation(track: AdTrack, { index, offset, seconds }: Listing): Element {
  const { codec: codecs, bandwidth, size, timescale, kind, startTicks } = track;
  let start = startTicks;
  const segments = track.segments.map(({ ticks: length }) => {
    const segment = { start, length };
    start += length;
    return segment;
  });
  const end = (offset + seconds - TOLERANCE) * timescale;
  const template = {
    timescale,
    presentationTimeOffset: Math.round(offset * timescale),
    ...assetNames(index),
    startNumber: 1,
  };
  const timeline = timelineOf(segments.filter((one) => one.start < end));
  const audioSamplingRate = kind === 'audio' ? timescale : undefined;
  const attributes = { id: index + 1, bandwidth, codecs, ...size, audioSamplingRate };
  return element('Representation', attributes, [element('SegmentTemplate', template, [timeline])]);
}

function languageOf(mpd: Element): string | undefined {
  for (const period of elementsOf(mpd, 'Period')) {
    for (const { attributes } of elementsOf(period, 'AdaptationSet')) {
      if (attributes['mimeType']?.startsWith('audio/') === true) return attributes['lang'];
    }
  }
  return undefined;
}

/** Returns the attributes of an MPD, whose longest segment may be one of an ad. */
function longest(mpd: Element, breaks: readonly FilledBreak[]): Readonly<Record<string, string>> {
  const { maxSegmentDuration } = mpd.attributes;
  if (maxSegmentDuration === undefined) return mpd.attributes;
  const tracks = breaks.flatMap(({ ads }) => ads.flatMap(({ clip }) => clip.tracks));
  const seconds = tracks.flatMap(({ segments, timescale }) => segments.map(({ ticks }) => ticks / timescale));
  const most = Math.max(readDuration(maxSegmentDuration), ...seconds);
  return { ...mpd.attributes, maxSegmentDuration: writeDuration(most) };
}
