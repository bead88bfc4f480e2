import { spliceMessage } from '../../src/services/mediapackage/model/splice-message';
import { type Element, element, elementsOf, readXml } from '../../src/services/mediatailor/xml-tree';
import { EDGE, TailorField } from './tailor-field';

/** Length of a segment of the show, and ticks of a second of its video and audio. */
const [SEGMENT, VIDEO, AUDIO] = [2, 90_000, 48_000];
/** Start of the period of the show. The offsets in its media are the same number of seconds. */
const START = 100;

/** A break as the show announces it, in seconds of the presentation. */
export interface ShownBreak {
  readonly id: number;
  readonly at: number;
  readonly seconds: number;
  /** True for a message that leads back into the show. @default false */
  readonly leadsBack?: boolean;
}

/** The stretch of a show that its MPD lists, and the breaks in it. Seconds are of the presentation. */
export interface Show {
  readonly from: number;
  readonly to: number;
  /** @default none */
  readonly breaks?: readonly ShownBreak[];
  /** @default BINARY */
  readonly markers?: 'BINARY' | 'XML';
  /** Place of the templates: the representations, their set, or a part of them in each. @default representation */
  readonly templates?: 'representation' | 'set' | 'both';
  /** Start of a second period, in which the segments go on. @default none */
  readonly second?: number;
  /** The availabilityStartTime. @default noon */
  readonly began?: string;
}

/** First and last second of the segments of a period. */
type Ends = readonly [first: number, last: number];

/** A period of an MPD as tests compare it. */
export interface SeenPeriod {
  readonly id: string;
  readonly start: number;
  readonly base: string;
  /** The segments of the first video, by number: `12 12.5` begin and end the segment in the presentation. */
  readonly video: readonly string[];
}

/** MediaTailor with a show in DASH and ads. */
export class StitchedField extends TailorField {
  /** Path of the MPD of a session. */
  manifest = '';

  /** Writes the MPD of the show as it is at some time. */
  show({ from, to, second = to, breaks = [], ...form }: Show): void {
    const { markers = 'BINARY', templates = 'representation', began = '2026-11-29T12:00:00.000Z' } = form;
    const scheme = markers === 'BINARY' ? 'urn:scte:scte35:2014:xml+bin' : 'urn:scte:scte35:2013:xml';
    const events = breaks.map((one) => event(one, markers)).join('');
    const template = (kind: string, timescale: number, [first, last]: Ends) =>
      `<SegmentTemplate timescale="${timescale}" presentationTimeOffset="${START * timescale}" initialization="${kind}_init.mp4" media="${kind}_$Number$.mp4" startNumber="${first / SEGMENT}"><SegmentTimeline><S t="${first * timescale}" d="${SEGMENT * timescale}" r="${(last - first) / SEGMENT - 1}"/></SegmentTimeline></SegmentTemplate>`;
    const set = (attributes: string, representation: string, within: string) => {
      const [, scale = ''] = /(timescale="\d+")/.exec(within) ?? [];
      const around = { representation: '', set: within, both: `<SegmentTemplate ${scale} startNumber="1"/>` }[
        templates
      ];
      const own = { representation: within, set: '', both: within.replace(scale, '') }[templates];
      return `<AdaptationSet ${attributes}>${around}<Representation ${representation}>${own}</Representation></AdaptationSet>`;
    };
    const period = (id: string, ends: Ends) => `<Period id="${id}" start="PT${START}S">
    <EventStream schemeIdUri="${scheme}" timescale="90000" presentationTimeOffset="${START * 90_000}">${id === 'p0' ? events : ''}</EventStream>
    ${set('mimeType="video/mp4"', 'id="v" bandwidth="200000" codecs="avc1.4d400d"', template('v', VIDEO, ends))}
    ${set('mimeType="audio/mp4" lang="en"', 'id="a" bandwidth="96000" codecs="mp4a.40.2"', template('a', AUDIO, ends))}
  </Period>`;
    const later = period('p1', [second, to])
      .replaceAll(`${START}S`, `${second}S`)
      .replaceAll(
        /presentationTimeOffset="(\d+)"/g,
        (_, offset: string) => `presentationTimeOffset="${(Number(offset) / START) * second}"`,
      );
    this.files.set(
      '/out/index.mpd',
      `<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="dynamic" availabilityStartTime="${began}" maxSegmentDuration="PT2S">
  ${period('p0', [from, second])}${second < to ? later : ''}
  <UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="2026-11-29T12:02:00.000Z"/>
</MPD>`,
    );
  }

  /** Puts an ad on its server, with segments of two seconds. Its media begins at a second of its own. */
  clip(name: string, seconds: number): void {
    const files = Math.ceil(seconds / SEGMENT);
    const playlist = (track: string) =>
      [
        '#EXTM3U',
        `#EXT-X-MAP:URI="init-${track}.mp4"`,
        ...Array.from({ length: files }, (_, index) => {
          const length = Math.min(SEGMENT, seconds - index * SEGMENT);
          return `#EXTINF:${length.toFixed(6)},\ns${track}-${index}.m4s`;
        }),
        '#EXT-X-ENDLIST',
        '',
      ].join('\n');
    const folder = `/clips/${name}`;
    this.files.set(
      `${folder}/index.m3u8`,
      `#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="audio.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=320x180,CODECS="avc1.4d400d,mp4a.40.2",AUDIO="a"\nvideo.m3u8\n`,
    );
    for (const [track, timescale] of [
      ['video', 15_360],
      ['audio', AUDIO],
    ] as const) {
      this.files.set(`${folder}/${track}.m3u8`, playlist(track));
      this.files.set(`${folder}/init-${track}.mp4`, boxes(['moov', 'trak', 'mdia', 'mdhd'], [0, 0, 0, timescale, 0]));
      this.files.set(`${folder}/s${track}-0.m4s`, boxes(['moof', 'traf', 'tfdt'], [0, 10 * timescale]));
    }
    for (let index = 1; index < files; index++) this.files.set(`${folder}/svideo-${index}.m4s`, `segment ${index}`);
  }

  /** Lets the ad server answer with ads, whose beacons are at the edge. */
  offer(...ads: readonly (readonly [name: string, seconds: number])[]): void {
    const listed = ads.map(
      ([
        name,
        seconds,
      ]) => `<Ad id="${name}"><InLine><AdTitle>${name}</AdTitle><Impression>https://${EDGE}/count?e=impression&amp;ad=${name}</Impression>
      <Creatives><Creative id="c-${name}"><Linear><Duration>00:00:${String(seconds).padStart(2, '0')}</Duration><TrackingEvents>
      ${['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'].map((one) => `<Tracking event="${one}">https://${EDGE}/count?e=${one}&amp;ad=${name}</Tracking>`).join('')}
      </TrackingEvents><MediaFiles><MediaFile delivery="streaming" type="application/x-mpegURL">https://${EDGE}/clips/${name}/index.m3u8</MediaFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad>`,
    );
    this.files.set('/ads', `<VAST version="4.2">${listed.join('')}</VAST>`);
  }

  /** Begins a session, whose MPD is read from now on. */
  async begin(path: string, query = ''): Promise<void> {
    const { headers } = await this.ask(`${path}out/index.mpd${query}`);
    this.manifest = headers.get('location') ?? '';
  }

  /** Reads the MPD of the session. */
  async mpd(): Promise<Element> {
    return readXml((await this.ask(this.manifest)).text);
  }

  async periods(): Promise<readonly SeenPeriod[]> {
    return elementsOf(await this.mpd(), 'Period').map(seen);
  }

  /** Returns how often the ad server was asked. */
  get questions(): number {
    return this.asked.filter((path) => path.startsWith('/ads?')).length;
  }
}

function seen(period: Element): SeenPeriod {
  const { id = '', start = '' } = period.attributes;
  const begins = Number(/^PT([\d.]+)S$/.exec(start)?.[1]);
  const [template] = elementsOf(within(period, 'AdaptationSet', 'Representation'), 'SegmentTemplate');
  const { timescale, presentationTimeOffset, startNumber } = template?.attributes ?? {};
  const at = (ticks: number) =>
    Math.round((begins + (ticks - Number(presentationTimeOffset)) / Number(timescale)) * 1000) / 1000;
  let number = Number(startNumber);
  const video = elementsOf(within(template ?? period, 'SegmentTimeline'), 'S').flatMap(
    ({ attributes: { t, d, r = 0 } }) =>
      Array.from({ length: Number(r) + 1 }, (_, index) => {
        const ticks = Number(t) + index * Number(d);
        return `${number++} ${at(ticks)} ${at(ticks + Number(d))}`;
      }),
  );
  const [base] = elementsOf(period, 'BaseURL');
  return { id, start: begins, base: String(base?.children[0] ?? ''), video };
}

function within(parent: Element, ...names: readonly string[]): Element {
  return names.reduce((found, name) => elementsOf(found, name)[0] ?? element(name, {}), parent);
}

function event({ id, at, seconds, leadsBack = false }: ShownBreak, markers: 'BINARY' | 'XML'): string {
  const ticks = seconds * 90_000;
  const kind = leadsBack ? 'splice-in' : 'splice-out';
  const binary = spliceMessage({ kind, eventId: id, durationTicks: ticks }, at).toString('base64');
  const content =
    markers === 'BINARY'
      ? `<Signal xmlns="http://www.scte.org/schemas/35/2016"><Binary>${binary}</Binary></Signal>`
      : `<scte35:SpliceInfoSection><scte35:SpliceInsert spliceEventId="${id}" outOfNetworkIndicator="${!leadsBack}"><scte35:BreakDuration duration="${ticks}"/></scte35:SpliceInsert></scte35:SpliceInfoSection>`;
  const length = markers === 'BINARY' ? ` duration="${ticks}"` : '';
  return `<Event presentationTime="${at * 90_000}"${length} id="${id}">${content}</Event>`;
}

/** Makes boxes within one another, the innermost of which has fields of 32 bits. */
function boxes(types: readonly string[], fields: readonly number[]): Buffer {
  let content = Buffer.alloc(fields.length * 4);
  for (const [index, field] of fields.entries()) content.writeUInt32BE(field, index * 4);
  for (const type of [...types].reverse()) {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(content.length + 8);
    header.write(type, 4, 'latin1');
    content = Buffer.concat([header, content]);
  }
  return content;
}
