import type { Cloud, PackagerIngest } from '../../cloud';
import type { ChannelProperties } from './channel-properties';
import type { Input } from './input';
import { ServiceError } from './service-error';

/** A channel's end of the wire to its packager: `urls[0]` belongs to pipeline 0. */
export type PackagerChannel = NonNullable<ReturnType<PackagerIngest['ingest']>>;

/**
 * Finds the MediaPackage v2 channel that a channel writes to.
 *
 * @throws ServiceError when there is none.
 */
export function packagerChannel(
  packager: PackagerIngest,
  destination: ChannelProperties['destination'],
): PackagerChannel {
  const { channelGroup, channelName } = destination;
  const found = packager.ingest(channelGroup, channelName);
  if (found !== undefined) return found;
  throw refused(
    `Destinations: there is no MediaPackage v2 channel ${channelName} in the channel group ${channelGroup}`,
  );
}

/**
 * Checks that an input may be attached to a channel: it is free or the channel's own, and has a source for each
 * pipeline.
 *
 * @param channelId - of the channel that is updated; undefined for a new one.
 * @throws ServiceError when not.
 */
export function checkInput(properties: ChannelProperties, input: Input, channelId?: string): void {
  if (input.channel !== undefined && input.channel !== channelId) {
    throw new ServiceError('ConflictException', `inputId=${input.id} is already attached to channel ${input.channel}`);
  }
  if (input.channel === undefined && input.state !== 'DETACHED') {
    throw new ServiceError('ConflictException', `inputId=${input.id} is ${input.state}, and must be DETACHED`);
  }
  checkClass(properties, input.settings);
}

/** Checks that an input has a source for each pipeline of a channel. @throws ServiceError when not. */
export function checkClass(
  { name, channelClass }: Pick<ChannelProperties, 'name' | 'channelClass'>,
  input: Pick<Input['settings'], 'name' | 'inputClass'>,
): void {
  if (channelClass !== 'STANDARD' || input.inputClass === 'STANDARD') return;
  throw refused(
    `channel ${name} is of class STANDARD and needs an input with two sources or destinations; ${input.name} has one`,
  );
}

/**
 * Checks what the service checks when a channel is created: that the role lets MediaLive assume it for this channel,
 * and allows what the channel will do.
 *
 * @throws ServiceError that names the action and the resource that are not allowed.
 */
export function checkRole(
  { access, accountId, partition }: Pick<Cloud, 'access' | 'accountId' | 'partition'>,
  { name, roleArn }: ChannelProperties,
  channelArn: string,
  packagerArn: string,
  { settings: { source } }: Input,
): void {
  const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': channelArn };
  if (!access.roleTrusts(roleArn, 'medialive.amazonaws.com', context)) {
    throw new ServiceError(
      'AccessDeniedException',
      `channel ${name}: ${roleArn} does not let medialive.amazonaws.com assume it (sts:AssumeRole for ${channelArn})`,
    );
  }
  const objects = source.kind === 'file' ? source.clips.flatMap(({ object }) => object ?? []) : [];
  const needs = [
    { action: 'mediapackagev2:PutObject', resource: packagerArn },
    { action: 'mediapackagev2:GetChannel', resource: packagerArn },
    ...objects.map(({ bucket, key }) => ({
      action: 's3:GetObject',
      resource: `arn:${partition}:s3:::${bucket}/${key}`,
    })),
  ];
  const denied = needs.find((need) => !access.roleAllows(roleArn, need));
  if (denied === undefined) return;
  throw new ServiceError(
    'AccessDeniedException',
    `channel ${name}: ${roleArn} does not allow ${denied.action} on ${denied.resource}`,
  );
}

function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
