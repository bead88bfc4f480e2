import type { Campaign } from './campaign';
import { beaconUrl, clipPath, type Shown } from './urls';

/** Events of a clip that are reported, as VAST names them. */
const EVENTS = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'skip'] as const;

/**
 * Writes ads as a pod of VAST 4.2. The media file is the clip's own HLS, so an ad server has nothing to transcode.
 *
 * @see https://iabtechlab.com/wp-content/uploads/2019/06/VAST_4.2_final_june26.pdf
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/vast.html
 */
export function vast(ads: readonly Campaign[], shown: Shown): string {
  const pod = ads.map((ad, index) => adElement(ad, index + 1, shown));
  const root = '<VAST version="4.2" xmlns="http://www.iab.com/VAST">';
  return ['<?xml version="1.0" encoding="UTF-8"?>', root, ...pod, '</VAST>', ''].join('\n');
}

function adElement(ad: Campaign, sequence: number, shown: Shown): string {
  const tracking = EVENTS.map((event) => `<Tracking event="${event}">${cdata(beaconUrl(shown, ad, event))}</Tracking>`);
  return [
    `<Ad id="${escaped(ad.id)}" sequence="${sequence}" adType="video"><InLine>`,
    '<AdSystem version="1.0">live-streaming</AdSystem>',
    `<AdTitle>${cdata(ad.name)}</AdTitle>`,
    `<AdServingId>${escaped(`${shown.channel}-${shown.id}-${ad.id}`)}</AdServingId>`,
    `<Impression id="impression">${cdata(beaconUrl(shown, ad, 'impression'))}</Impression>`,
    `<Creatives><Creative id="${escaped(ad.id)}" sequence="${sequence}" adId="${escaped(ad.id)}">`,
    `<UniversalAdId idRegistry="unknown">${escaped(ad.id)}</UniversalAdId>`,
    `<Linear><Duration>${clock(ad.seconds)}</Duration>`,
    `<TrackingEvents>${tracking.join('')}</TrackingEvents>`,
    '<MediaFiles><MediaFile delivery="streaming" type="application/x-mpegURL" width="1280" height="720">',
    `${cdata(`${shown.site}${clipPath(ad)}`)}</MediaFile></MediaFiles>`,
    '</Linear></Creative></Creatives></InLine></Ad>',
  ].join('');
}

/** Formats seconds as `HH:MM:SS.mmm`. */
function clock(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
