/** Longest URL of an ad server. @see https://docs.aws.amazon.com/mediatailor/latest/apireference/API_PutPlaybackConfiguration.html */
const LONGEST = 25_000;

/**
 * Variables that MediaTailor fills in. Those of the player and of `EXT-X-ASSET` have names of the customer's choice.
 *
 * @see https://docs.aws.amazon.com/mediatailor/latest/ug/variables-session.html
 */
const VARIABLES = [
  /^(player_params|asset)\.[\w.-]+$/,
  /^avail\.(index|random)$/,
  /^session\.(avail_duration_(ms|secs)|client_ip|id|referer|user_agent|uuid)$/,
  /^scte\.(archive_allowed_flag|avail_num|avails_expected|delivery_not_restricted_flag|device_restrictions|event_id)$/,
  /^scte\.(no_regional_blackout_flag|segment_num|segmentation_event_id|segmentation_type_id|segments_expected)$/,
  /^scte\.(sub_segment_num|sub_segments_expected|unique_program_id|web_delivery_allowed_flag)$/,
  /^scte\.segmentation_upid(\.assetId|\.cueData\.(key|value))?$/,
];

/** Says what is wrong with the URL of an ad server; undefined for one that MediaTailor takes. */
export function decisionUrlProblem(url: string): string | undefined {
  if (url.length > LONGEST) return `at most ${LONGEST} characters are needed`;
  const [, host = ''] = /^https?:\/\/([^/?#]*)/.exec(url) ?? [];
  if (host === '' || !/^[\x21-\x7e]+$/.test(url) || host.includes('@')) {
    return 'the URL of an ad server is needed, without spaces and without a user';
  }
  if (/[[\]]/.test(host)) return 'a host without variables is needed; MediaTailor would need aliases for them';
  const unknown = [...url.matchAll(/\[([^\]]*)\]/g)].find(([, name = '']) => !VARIABLES.some((one) => one.test(name)));
  if (unknown !== undefined) {
    return `${unknown[0]} is not a variable of MediaTailor; docs/advertising.md links the list of them`;
  }
  return undefined;
}

/** Tells whether a text is the address of an MP4 file. */
export function isMp4Url(url: string): boolean {
  return url.length <= 2048 && /^https:\/\/[^\s/?#@]+\/[^\s?#]+\.mp4(\?[^\s#]*)?$/i.test(url);
}
