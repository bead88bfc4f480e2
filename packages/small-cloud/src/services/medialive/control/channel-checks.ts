import type { AccessRequest, BucketIngest, Cloud, PackagerIngest } from '../../../contract';
import { refused, ServiceError } from '../contract/service-error';
import type { BucketPlace, ChannelProperties, Destination } from '../template/channel-properties';
import type { Input } from './input';

/** Receivers of the output of channels. */
export interface Takers {
  readonly packager: PackagerIngest;
  readonly buckets: BucketIngest;
  /** MediaStore containers, by their public names. */
  readonly containers: BucketIngest;
}

/** Connection of a channel to the receiver of its output. */
export interface Taker {
  /** Address that each pipeline writes to; there may be more than the channel has pipelines. */
  readonly urls: readonly string[];
  /** Permissions that the channel's role needs. */
  readonly needs: readonly AccessRequest[];
}

/**
 * Finds the receiver of a channel's output.
 *
 * @throws ServiceError when it does not exist.
 */
export function taker({ packager, buckets, containers }: Takers, destination: Destination): Taker {
  if (destination.kind === 'bucket') return bucketTaker(buckets, destination.places);
  if (destination.kind === 'container') return containerTaker(containers, destination.places);
  const { channelGroup, channelName, byUrl } = destination;
  const found = packager.ingest(channelGroup, channelName);
  if (found !== undefined) {
    const needs =
      channelGroup === undefined
        ? ['mediapackage:DescribeChannel']
        : ['mediapackagev2:PutObject', ...(byUrl ? [] : ['mediapackagev2:GetChannel'])];
    return { urls: found.urls, needs: needs.map((action) => ({ action, resource: found.arn })) };
  }
  throw refused(
    channelGroup === undefined
      ? `Destinations: there is no MediaPackage v1 channel ${channelName}`
      : `Destinations: there is no MediaPackage v2 channel ${channelName} in the channel group ${channelGroup}`,
  );
}

function bucketTaker(buckets: BucketIngest, places: readonly [BucketPlace, ...BucketPlace[]]): Taker {
  const found = places.map(({ bucket, base }) => {
    const { arn, url } = buckets.bucket(bucket) ?? {};
    if (arn === undefined) throw refused(`Destinations: there is no bucket ${bucket}`);
    return {
      url: `${url}${base}`,
      needs: [
        ...['s3:PutObject', 's3:GetObject', 's3:DeleteObject', 's3:AbortMultipartUpload'].map((action) => ({
          action,
          resource: `${arn}/${base}.m3u8`,
        })),
        { action: 's3:ListBucket', resource: arn },
      ],
    };
  });
  return { urls: found.map(({ url }) => url), needs: found.flatMap(({ needs }) => needs) };
}

function containerTaker(containers: BucketIngest, places: readonly [BucketPlace, ...BucketPlace[]]): Taker {
  const found = places.map(({ bucket: domain, base }) => {
    const { arn, url } = containers.bucket(domain) ?? {};
    if (arn === undefined) throw refused(`Destinations: there is no MediaStore container at ${domain}`);
    const needs = ['PutObject', 'GetObject', 'DeleteObject', 'DescribeObject'];
    return {
      url: `${url}${base}`,
      needs: needs.map((call) => ({ action: `mediastore:${call}`, resource: `${arn}/${base}.m3u8` })),
    };
  });
  return { urls: found.map(({ url }) => url), needs: found.flatMap(({ needs }) => needs) };
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

/**
 * Checks that a channel with several inputs has no file in HLS among them. A playlist is live to the service only if it
 * is read from 3 to 10 segments behind the newest.
 *
 * @throws ServiceError when there is one.
 * @see https://docs.aws.amazon.com/medialive/latest/ug/inputs-live-vs-file.html
 */
export function checkPlaylists(properties: ChannelProperties, inputs: readonly Input[]): void {
  if (inputs.length < 2) return;
  const { input, failoverInput, preparedInputs } = properties;
  const attachments = [input, ...(failoverInput === undefined ? [] : [failoverInput]), ...preparedInputs];
  for (const { settings, id } of inputs) {
    if (settings.source.type !== 'URL_PULL') continue;
    const segments = attachments.find((attachment) => attachment.id === id)?.bufferSegments ?? 0;
    if (segments >= 3 && segments <= 10) continue;
    throw refused(
      `InputAttachments: ${settings.name} is HLS without BufferSegments from 3 to 10, which is a file to MediaLive; a channel with several inputs takes none`,
    );
  }
}

/** Checks that the inputs of a failover are of one type and class. @throws ServiceError when not. */
export function checkPair([first, second]: readonly Input[]): void {
  if (first === undefined || second === undefined) return;
  const [one, other] = [first.settings, second.settings];
  if (one.source.type === other.source.type && one.inputClass === other.inputClass) return;
  throw refused(
    `the inputs of a failover must be of one type and class: ${one.name} is ${one.source.type} ${one.inputClass}, ${other.name} is ${other.source.type} ${other.inputClass}`,
  );
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

/** Uses that a channel makes of its role. */
interface RoleUse extends Pick<Taker, 'needs'> {
  readonly channelArn: string;
  readonly inputs: readonly Input[];
}

/**
 * Checks the role of a new channel as the service does: it lets MediaLive assume it for this channel, and allows
 * everything that the channel will do.
 *
 * @throws ServiceError that names the action and the resource that are not allowed.
 */
export function checkRole(
  { access, accountId, partition }: Pick<Cloud, 'access' | 'accountId' | 'partition'>,
  { name, roleArn }: ChannelProperties,
  { channelArn, needs: outputNeeds, inputs }: RoleUse,
): void {
  const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': channelArn };
  if (!access.roleTrusts(roleArn, 'medialive.amazonaws.com', context)) {
    throw new ServiceError(
      'AccessDeniedException',
      `channel ${name}: ${roleArn} does not let medialive.amazonaws.com assume it (sts:AssumeRole for ${channelArn})`,
    );
  }
  const objects = inputs.flatMap(({ settings: { source } }) =>
    source.kind === 'file' ? source.clips.flatMap(({ object }) => object ?? []) : [],
  );
  const needs = [
    ...outputNeeds,
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
