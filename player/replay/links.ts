/** A recording as the address of the page names it. */
export interface RecordingName {
  readonly channel: string;
  readonly id: string;
}

/** ISO 8601. A plus sign that nobody encoded reaches the page as a blank. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[-+ ]\d\d:\d\d)?$/;

/** Reads `?t=` of the live show. @returns milliseconds since 1970; undefined for anything but a moment. */
export function readMoment(text: string): number | undefined {
  const date = MOMENT.test(text) ? Date.parse(text.replace(' ', '+')) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** Reads `&t=` of a recording. @returns seconds, at most a year; 0 for anything else. */
export const readSeconds = (text: string | undefined): number =>
  text !== undefined && /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;

/** Reads `?recording=<channel>/<id>`. */
export function readRecordingName(text: string): RecordingName | undefined {
  const [, channel, id] = /^([\w-]{1,100})\/([\w.-]{1,200})$/.exec(text) ?? [];
  return channel === undefined || id === undefined ? undefined : { channel, id };
}

/** Address of a moment of the live show, to the second. @param date - milliseconds since 1970. */
export function momentAddress(page: string, channel: string, date: number): string {
  const moment = new Date(Math.floor(date / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  return withQuery(page, { channel, t: moment });
}

/** Address of a recording, and of a moment of it. */
export function recordingAddress(page: string, { channel, id }: RecordingName, seconds = 0): string {
  const recording = `${channel}/${id}`;
  return withQuery(page, seconds < 1 ? { recording } : { recording, t: String(Math.floor(seconds)) });
}

/**
 * Address of the manifest that begins at a moment. MediaPackage wants the separators encoded. The address of a manifest of
 * MediaPackage v1 ends in its own parameter.
 *
 * @see https://docs.aws.amazon.com/mediapackage/latest/userguide/msettings-params.html
 */
export function startOverAddress(manifest: string, date: number): string {
  if (manifest.endsWith('?start=')) return `${manifest}${Math.floor(date / 1000)}`;
  const settings = encodeURIComponent(`start:${Math.floor(date / 1000)}`);
  return `${manifest}${manifest.includes('?') ? '&' : '?'}aws.manifestsettings=${settings}`;
}

function withQuery(page: string, query: Readonly<Record<string, string>>): string {
  const address = new URL(page);
  // Slashes and colons may stand in a query (RFC 3986 section 3.4), and the address is to be read by people.
  address.search = new URLSearchParams(query).toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
  address.hash = '';
  return address.href;
}
