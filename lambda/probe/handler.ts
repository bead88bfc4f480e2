import type { ChannelView } from '../shared/channels/channels';
import { runningSince } from '../shared/channels/tags';
import { metricLine } from './report';
import { look, type Viewing } from './sight';

/** A channel that the probe plays. */
export interface ProbedChannel {
  /** Id of the MediaLive channel. */
  readonly id: string;
  readonly name: string;
  /** Path of its manifest at the edge. */
  readonly path: string;
  /** Length of a segment. */
  readonly segmentSeconds: number;
  /** True where viewers need a token. @default false */
  readonly isPrivate?: boolean;
}

/** Dependencies of the probe. */
export interface ProbeSurroundings extends Viewing {
  readonly stack: string;
  /** Base URL of the edge, without a slash at the end. */
  readonly edge: string;
  /** Makes the beginning of paths of a private channel: `/s/<token>`. */
  tokenPath(channel: string): Promise<string>;
  readonly channels: { look(channelId: string): Promise<Pick<ChannelView, 'state' | 'tags'>> };
  /** Writes one line of metrics. */
  write(line: string): void;
}

/** States in which viewers expect a channel to play: a pipeline that recovers from a fault is on air as well. */
const ON_AIR = ['RUNNING', 'RECOVERING'];

/** How long a channel may take after its start before it is measured, in milliseconds. */
export const GRACE_MILLISECONDS = 120_000;

/**
 * Plays every channel on air once. A channel that does not run, or has run for less than two minutes, is left alone
 * and gives no metrics: its first manifest may not be there yet.
 *
 * @returns one line for each channel, for the log.
 */
export async function probe(channels: readonly ProbedChannel[], around: ProbeSurroundings): Promise<readonly string[]> {
  return Promise.all(channels.map((channel) => probeOne(channel, around)));
}

async function probeOne(channel: ProbedChannel, around: ProbeSurroundings): Promise<string> {
  const { state, tags } = await around.channels.look(channel.id);
  if (!ON_AIR.includes(state)) return `${channel.name} is ${state}: not measured`;
  const since = runningSince({ tags });
  if (since === undefined || around.now() - since < GRACE_MILLISECONDS) {
    return `${channel.name} has just started: not measured yet`;
  }
  const before = channel.isPrivate === true ? await around.tokenPath(channel.name) : '';
  const sight = await look(around, `${around.edge}${before}${channel.path}`, channel.segmentSeconds);
  around.write(metricLine(around.stack, channel.name, sight, around.now()));
  return sight.ok
    ? `${channel.name} plays; stale ${sight.staleSeconds} s, delay ${sight.liveDelaySeconds ?? 'unknown'} s`
    : `${channel.name} does not play: ${sight.trouble}`;
}
