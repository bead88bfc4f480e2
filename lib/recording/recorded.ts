import type { LiveChannel } from '../channel/live-channel';
import { longestRecordingSeconds, recordingOf } from '../channel/recording';
import type { HarvestSource, OriginChannel } from '../stream/origin/origin';

/** A channel, as recording knows it. */
export interface RecordingChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'harvest'>;
  readonly encoder: { readonly channelId: string; readonly channelArn: string };
}

/** Tells whether a description records a channel. */
export function isRecorded({ recording }: Pick<LiveChannel, 'recording'>): boolean {
  return recording !== undefined;
}

/** Tells whether viewers need a token for a channel. */
export function isPrivate({ channel }: Pick<RecordingChannel, 'channel'>, withAccess: boolean): boolean {
  return withAccess && channel.access !== 'public';
}

/** Path of the catalogue of public channels. */
export const CATALOGUE = '/vod/catalogue.json';

/** Returns the beginning of the paths of a channel's recordings. */
export function recordingsFolder({ name }: Pick<LiveChannel, 'name'>): string {
  return `/vod/${name}/`;
}

/** Returns the path of the catalogue that lists a channel's recordings; undefined for a channel that has none. */
function catalogueOf(channel: LiveChannel, withAccess: boolean): string | undefined {
  if (!isRecorded(channel)) return undefined;
  return isPrivate({ channel }, withAccess) ? `${recordingsFolder(channel)}catalogue.json` : CATALOGUE;
}

/** Returns the source of a channel's recordings. @throws Error for an origin that has none. */
export function harvestOf({ channel, origin }: Pick<RecordingChannel, 'channel' | 'origin'>): HarvestSource {
  if (origin.harvest === undefined) throw new Error(`the origin of channel ${channel.name} harvests nothing`);
  return origin.harvest;
}

/** Returns a channel as the functions know it. */
function recordedChannel(recorded: RecordingChannel, isPrivate: boolean): object {
  const { channel, encoder } = recorded;
  const { kind, channelGroup, path, windowSeconds, segmentSeconds, targets } = harvestOf(recorded);
  const options = recordingOf(channel);
  return {
    source: kind === 'media-package' ? undefined : kind,
    id: encoder.channelId,
    name: channel.name,
    group: channelGroup,
    path,
    isPrivate,
    keepDays: options?.keepDays,
    longestSeconds: longestRecordingSeconds(channel),
    windowSeconds,
    segmentSeconds,
    pictures: options?.pictures,
    mp4: options?.mp4,
    harvests: targets.map(({ endpoint, folder, manifests, convertible }) => ({
      // The ids of v1 begin with the stack and the channel, which the function adds again.
      endpoint: endpoint.replace(`${channelGroup}-${channel.name}-`, '-'),
      folder,
      ...manifests,
      convertible,
    })),
  };
}

/**
 * Returns the environment variable `CHANNELS` of the functions. Members that all channels share are there once, because
 * Lambda takes 4 KB of variables.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function recordedChannels(channels: readonly RecordingChannel[], withAccess: boolean): object {
  const entries = channels.map((one) => Object.entries(recordedChannel(one, isPrivate(one, withAccess))));
  const text = (value: unknown): string => JSON.stringify(value) ?? '';
  const [first = []] = entries;
  const shared = first.filter(([key, value]) =>
    entries.every((entry) => text(Object.fromEntries(entry)[key]) === text(value)),
  );
  const names = shared.map(([key]) => key);
  const each = entries.map((entry) => Object.fromEntries(entry.filter(([key]) => !names.includes(key))));
  return { all: Object.fromEntries(shared), each };
}

/**
 * Returns the channels with the folders of their recordings among their own, so that whoever may watch a channel may watch
 * its recordings, and the paths that everybody may read.
 */
export function recordedFolders<T extends FoldedChannel>(channels: readonly T[]) {
  const viewed = channels.map(({ channel, origin, ...rest }) => {
    const folders = isRecorded(channel) ? [...origin.folders, recordingsFolder(channel)] : origin.folders;
    return { ...rest, channel, origin: { ...origin, folders } };
  });
  return { channels: viewed, open: channels.some(({ channel }) => isRecorded(channel)) ? [CATALOGUE] : [] };
}

interface FoldedChannel {
  readonly channel: LiveChannel;
  readonly origin: Pick<OriginChannel, 'folders' | 'manifests'>;
}

/** Returns the channels with the path of the catalogue that lists their recordings, for the player's page. */
export function withCatalogues<T extends { readonly channel: LiveChannel }>(
  channels: readonly T[],
  withAccess: boolean,
) {
  return channels.map((one) => ({ ...one, catalogue: catalogueOf(one.channel, withAccess) }));
}
