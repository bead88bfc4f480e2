import { type CostPart, part } from './cost-part';
import { OPERATIONS_PRICES } from './operations-prices';

/** Assumptions about a chat, which are estimates until they are measured on AWS. */
export const CHAT = {
  /** Messages that a viewer writes in an hour. */
  messagesPerHour: 6,
  /** Times that a viewer of a private channel asks for a place in an hour. A guest asks once in three hours. */
  placesPerHour: 4,
  /** Memory of the review function in GB, and seconds of an invocation. */
  reviewGb: 1,
  reviewSeconds: 0.01,
  /** The same of the function that gives out places. */
  placeGb: 0.25,
  placeSeconds: 0.2,
} as const;

const ASSUMPTIONS: readonly string[] = [
  `a viewer of a channel with chat writes ${CHAT.messagesPerHour} messages in an hour, and asks for ${CHAT.placesPerHour} places at most`,
];
const NOT_INCLUDED: readonly string[] = [
  'messages of IVS Chat, each of which is charged once as sent and once for every viewer that it is delivered to: the prices were not found; see https://aws.amazon.com/ivs/pricing/',
  'the log of a chat, its table and its secret: a few cents a month, and 0.40 USD for the secret',
];

/** Returns what a report says about chats: its assumptions, and the costs that are left out. Nothing where there is none. */
export function chatNotes(channels: readonly { readonly chat?: unknown }[]): {
  readonly assumptions: readonly string[];
  readonly notIncluded: readonly string[];
} {
  const has = channels.some(({ chat }) => chat !== undefined);
  return has ? { assumptions: ASSUMPTIONS, notIncluded: NOT_INCLUDED } : { assumptions: [], notIncluded: [] };
}

/**
 * Computes what the functions of a chat cost.
 *
 * @param viewerHours - hours that viewers are in it.
 * @see docs/chat.md
 */
export function chatParts(viewerHours: number): readonly CostPart[] {
  const reviews = (viewerHours * CHAT.messagesPerHour) / 1_000_000;
  const places = (viewerHours * CHAT.placesPerHour) / 1_000_000;
  const gbSeconds = reviews * CHAT.reviewSeconds * CHAT.reviewGb + places * CHAT.placeSeconds * CHAT.placeGb;
  return [
    part('chat, functions', reviews + places, OPERATIONS_PRICES.invocations),
    part('chat, duration', gbSeconds, OPERATIONS_PRICES.duration),
  ];
}
