import { groupsOf } from '../channel/channel-access';
import type { LiveChannel } from '../channel/live-channel';
import type { Manifest } from '../stream/origin/origin';

/** A channel, as viewer access knows it. */
export interface AccessChannel {
  readonly channel: LiveChannel;
  readonly origin: { readonly manifests: readonly Manifest[]; readonly folders: readonly string[] };
}

/** Tells whether everybody may watch a channel. */
export function isPublic({ access }: LiveChannel): boolean {
  return access === 'public';
}

/** Returns the channels that are not for everybody. */
export function privateChannels(channels: readonly AccessChannel[]): readonly AccessChannel[] {
  return channels.filter(({ channel }) => !isPublic(channel));
}

/** Returns all groups that the channels name, each once. */
export function groupNames(channels: readonly AccessChannel[]): readonly string[] {
  return [...new Set(channels.flatMap(({ channel }) => groupsOf(channel.access) ?? []))].sort();
}
