import { createHash } from 'node:crypto';
import type { Campaign } from './campaign';

/** A break to be filled. */
export interface Break {
  readonly channel: string;
  /** Name of the break, the same for all viewers. */
  readonly id: string;
  readonly seconds: number;
  /** Group of viewers; each has an order of its own. */
  readonly slot: number;
}

/** Tolerance of lengths, in seconds: a clip may be a frame longer than it was said to be. */
const TOLERANCE = 0.05;

/**
 * Chooses the ads of a break: each at most once, never longer than the break together. The order is drawn for each group
 * of viewers and each break anew; an ad of twice the weight is twice as likely to come first.
 *
 * @param now - milliseconds since 1970.
 */
export function fill(campaigns: readonly Campaign[], wanted: Break, now: number): readonly Campaign[] {
  const drawn = campaigns
    .filter((campaign) => mayRun(campaign, wanted.channel, now))
    .map((campaign) => ({ campaign, place: -Math.log(draw(wanted, campaign)) / campaign.weight }))
    .sort((one, other) => one.place - other.place);
  let left = wanted.seconds + TOLERANCE;
  return drawn.flatMap(({ campaign }) => {
    if (campaign.seconds > left) return [];
    left -= campaign.seconds;
    return [campaign];
  });
}

function mayRun({ from, to, channels }: Campaign, channel: string, now: number): boolean {
  if (channels !== undefined && !channels.includes(channel)) return false;
  if (from !== undefined && now < Date.parse(from)) return false;
  return to === undefined || now < Date.parse(to);
}

/** Draws a number above 0 and up to 1, the same for the same group, break and ad. */
function draw({ channel, id, slot }: Break, campaign: Campaign): number {
  const hash = createHash('sha256').update(`${channel}\n${id}\n${slot}\n${campaign.id}`).digest();
  return (hash.readUInt32BE(0) + 1) / 2 ** 32;
}
