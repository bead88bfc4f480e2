/** An ad, with when and where it may be shown. */
export interface Campaign {
  /** Folder of its clip: `ads/clips/<id>/index.m3u8`. */
  readonly id: string;
  readonly name: string;
  /** Length of the clip in seconds. */
  readonly seconds: number;
  /** Share of the breaks among all ads, from 1 to 100. */
  readonly weight: number;
  /** Begin and end as ISO 8601. @default always */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Names of channels. @default all */
  readonly channels?: readonly string[] | undefined;
}

/** Reads the list of campaigns. Entries that are none are left out, so that one mistake does not empty every break. */
export function readCampaigns(text: string): readonly Campaign[] {
  const given: unknown = JSON.parse(text);
  const list = typeof given === 'object' && given !== null && 'campaigns' in given ? given.campaigns : undefined;
  return Array.isArray(list) ? list.filter(isCampaign) : [];
}

function isCampaign(value: unknown): value is Campaign {
  const { id, name, seconds, weight, from, to, channels } = Object(value) as Readonly<Record<string, unknown>>;
  return (
    typeof id === 'string' &&
    /^[a-z0-9-]{1,64}$/.test(id) &&
    typeof name === 'string' &&
    typeof seconds === 'number' &&
    seconds > 0 &&
    typeof weight === 'number' &&
    weight > 0 &&
    [from, to].every((time) => time === undefined || (typeof time === 'string' && !Number.isNaN(Date.parse(time)))) &&
    (channels === undefined || (Array.isArray(channels) && channels.every((one) => typeof one === 'string')))
  );
}
