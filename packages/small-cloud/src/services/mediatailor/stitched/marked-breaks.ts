import type { Avail } from '../guided-playlist';
import type { OriginPeriods } from '../playback-configuration';
import { readSplice, type Splice } from '../splice';
import { descendant, type Element, elementsOf, localName, textOf } from '../xml-tree';
import { timedPeriods } from './timeline';

/** A break as an event of an MPD marks it. */
export interface MarkedBreak extends Avail {
  /** Its start, in seconds since the availabilityStartTime. */
  readonly startSeconds: number;
}

const SCHEMES = { binary: 'urn:scte:scte35:2014:xml+bin', xml: 'urn:scte:scte35:2013:xml' } as const;

/**
 * Finds the breaks with a length in an MPD: splice inserts that lead out of the show, as binary or as XML.
 *
 * @param periods - with `MULTI_PERIOD`, a period is a break by its first event, and the others do not count.
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/dash-ad-markers.html
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/dash-ad-avail-duration.html
 */
export function markedBreaks(mpd: Element, periods: OriginPeriods): readonly MarkedBreak[] {
  const began = Date.parse(mpd.attributes['availabilityStartTime'] ?? '') || 0;
  return timedPeriods(mpd).flatMap(({ period, from }) =>
    elementsOf(period, 'EventStream').flatMap((stream) => {
      const { schemeIdUri, timescale = '1', presentationTimeOffset = '0' } = stream.attributes;
      if (schemeIdUri !== SCHEMES.binary && schemeIdUri !== SCHEMES.xml) return [];
      const isPeriod = periods === 'MULTI_PERIOD';
      return elementsOf(stream, 'Event').flatMap((event, index) => {
        if (isPeriod && index > 0) return [];
        const { presentationTime = presentationTimeOffset, duration, id } = event.attributes;
        const splice = schemeIdUri === SCHEMES.binary ? binarySplice(event) : xmlSplice(event);
        const seconds = duration === undefined ? splice?.seconds : Number(duration) / Number(timescale);
        if (splice === undefined || !(Number(seconds) > 0)) return [];
        const after = (Number(presentationTime) - Number(presentationTimeOffset)) / Number(timescale);
        const startSeconds = isPeriod ? from : from + after;
        const start = new Date(began + startSeconds * 1000).toISOString();
        // Contributions may use an id again; the start tells one break from the other.
        const name = `${id ?? splice.eventId ?? 0}-${Math.round(startSeconds * 1000)}`;
        return [{ id: name.replace(/[^\w-]/g, '-'), start, startSeconds, seconds: Number(seconds), splice }];
      });
    }),
  );
}

/** Reads the splice insert of a binary event; undefined for one that leads back into the show, and for another command. */
function binarySplice(event: Element): Splice | undefined {
  const binary = descendant(event, 'Binary');
  const bytes = Buffer.from(binary === undefined ? '' : textOf(binary), 'base64');
  const splice = readSplice(bytes.toString('hex'));
  const leadsOut = ((bytes[19] ?? 0) & 0x80) !== 0;
  return splice.eventId === undefined || !leadsOut ? undefined : splice;
}

/** Reads the splice insert of an event in XML; undefined for one that leads back into the show, and for another command. */
function xmlSplice(event: Element): Splice | undefined {
  const insert = descendant(event, 'SpliceInsert');
  if (insert?.attributes['outOfNetworkIndicator'] !== 'true') return undefined;
  const read = (name: string): number | undefined => {
    const value = insert.attributes[name];
    return value === undefined ? undefined : Number(value);
  };
  const length = elementsOf(insert).find((one) => localName(one) === 'BreakDuration')?.attributes['duration'];
  return {
    eventId: read('spliceEventId'),
    seconds: length === undefined ? undefined : Number(length) / 90_000,
    uniqueProgramId: read('uniqueProgramId'),
    availNum: read('availNum'),
    availsExpected: read('availsExpected'),
  };
}
