import type { AdBreak } from '../model/breaks';
import type { DashMarkers } from '../model/endpoint';
import { ID3_SCHEME, ID3_VALUE } from '../model/metadata-events';
import { SPLICE_TIMESCALE } from '../model/splice-message';
import { element } from './xml';

const SCHEMES = {
  BINARY: 'urn:scte:scte35:2014:xml+bin',
  XML: 'urn:scte:scte35:2013:xml',
} as const satisfies Record<DashMarkers, string>;
const NAMESPACES = {
  BINARY: 'http://www.scte.org/schemas/35/2016',
  XML: 'urn:scte:scte35:2013:xml',
} as const satisfies Record<DashMarkers, string>;

/** Announcement of ID3 in segments, which comes before the role of a set. @see ISO/IEC 23009-1, 5.3.7.2 and 5.10.3.2 */
export const ID3_EVENTS = `      <InbandEventStream schemeIdUri="${ID3_SCHEME}" value="${ID3_VALUE}"/>`;

/**
 * Returns the lines of the event stream of a period; none without a break.
 *
 * @param startSeconds - start of the period on the timeline, which the times of its segments count from as well.
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/scte.html
 * @see ISO/IEC 23009-1, 5.10.2
 */
export function eventStream(breaks: readonly AdBreak[], markers: DashMarkers, startSeconds: number): readonly string[] {
  if (breaks.length === 0) return [];
  const stream = {
    schemeIdUri: SCHEMES[markers],
    timescale: SPLICE_TIMESCALE,
    presentationTimeOffset: ticks(startSeconds),
  };
  return [
    `    ${element('EventStream', stream)}`,
    ...breaks.flatMap((one) => eventLines(one, markers)),
    '    </EventStream>',
  ];
}

function eventLines(one: AdBreak, markers: DashMarkers): readonly string[] {
  const { eventId, startSeconds, endSeconds, plannedSeconds } = one;
  const event = {
    presentationTime: ticks(startSeconds),
    duration: endSeconds === undefined ? undefined : ticks(endSeconds - startSeconds),
    id: eventId,
  };
  const space = `xmlns="${NAMESPACES[markers]}"`;
  if (markers === 'BINARY') {
    const binary = `<Signal ${space}><Binary>${one.out.toString('base64')}</Binary></Signal>`;
    return [`      ${element('Event', event)}${binary}</Event>`];
  }
  const insert = {
    spliceEventId: eventId,
    spliceEventCancelIndicator: 'false',
    outOfNetworkIndicator: 'true',
    spliceImmediateFlag: 'false',
    uniqueProgramId: 1,
    availNum: 0,
    availsExpected: 0,
  };
  const duration =
    plannedSeconds === undefined ? '' : `<BreakDuration autoReturn="true" duration="${ticks(plannedSeconds)}"/>`;
  const open = element('SpliceInsert', insert);
  return [
    `      ${element('Event', event)}<SpliceInfoSection ${space} protocolVersion="0" ptsAdjustment="0" tier="4095">`,
    `        ${open}<Program><SpliceTime ptsTime="${ticks(startSeconds)}"/></Program>${duration}</SpliceInsert>`,
    '      </SpliceInfoSection></Event>',
  ];
}

function ticks(seconds: number): number {
  return Math.round(seconds * SPLICE_TIMESCALE);
}
