import { type Properties, UnsupportedError } from '../../../contract';
import type { EncoderPlan } from '../contract/plan';
import { refused, type ServiceError } from '../contract/service-error';
import { encoderPlan } from './encoder-plan';
import { type Attachment, type Attachments, inputAttachments } from './input-attachments';
import { Settings } from './settings';
import { CHANNEL_SETTINGS_WITHOUT_EFFECT } from './settings-without-effect';

const PIPELINES = { STANDARD: 2, SINGLE_PIPELINE: 1 } as const;
/** `https://HOST/in/v1/GROUP/1/CHANNEL/` */
const INGEST_URL = /^https:\/\/[^/]+\/in\/v1\/([\w-]+)\/[12]\/([\w-]+)\/$/;

/**
 * Destination of an output group: a MediaPackage channel (of v1, when it has no group), or for each pipeline a place in
 * a bucket or a MediaStore container.
 */
export type Destination =
  | {
      readonly kind: 'packager';
      readonly channelGroup: string | undefined;
      readonly channelName: string;
      /** True when its ingest URLs are given, so that no lookup is needed. */
      readonly byUrl?: boolean;
    }
  | { readonly kind: 'bucket'; readonly places: readonly [BucketPlace, ...BucketPlace[]] }
  | { readonly kind: 'container'; readonly places: readonly [BucketPlace, ...BucketPlace[]] };

export interface BucketPlace {
  /** Name of the bucket, or the public name of the container. */
  readonly bucket: string;
  /** Beginning of the keys that a pipeline writes: `live/main/index`. */
  readonly base: string;
}

/** An `AWS::MediaLive::Channel`, read and checked. */
export interface ChannelProperties {
  readonly name: string;
  readonly channelClass: 'STANDARD' | 'SINGLE_PIPELINE';
  readonly roleArn: string;
  /** Destination of the output group. */
  readonly destination: Destination;
  /** The input that the channel starts with. */
  readonly input: Attachment;
  /** The input that replaces the first one when that is lost. */
  readonly failoverInput: Attachments['second'];
  /** The inputs that a producer can switch to. */
  readonly preparedInputs: readonly Attachment[];
  /** True when a file starts again at its end. */
  readonly loop: boolean;
  readonly plan: EncoderPlan;
  readonly tags: Readonly<Record<string, string>>;
  /** Paths of the settings that are accepted and have no effect in the local run. */
  readonly withoutEffect: readonly string[];
  /** The properties as the template has them, for DescribeChannel. */
  readonly given: Properties;
}

/** Lists the ids of all inputs of a channel: the first, its failover, and those to switch to. */
export function inputIds({
  input,
  failoverInput,
  preparedInputs,
}: Pick<ChannelProperties, 'input' | 'failoverInput' | 'preparedInputs'>): readonly string[] {
  return [input, ...(failoverInput === undefined ? [] : [failoverInput]), ...preparedInputs].map(({ id }) => id);
}

/**
 * Reads the properties of a channel.
 *
 * @throws UnsupportedError that names what the local run does not model.
 * @throws ServiceError for what the service would refuse.
 */
export function channelProperties(properties: Properties): ChannelProperties {
  const settings = new Settings(properties);
  const name = settings.name();
  const { first, second, prepared, audioSelectors } = inputAttachments(settings, name);
  const plan = encoderPlan(settings.section('EncoderSettings'), audioSelectors);
  const destination = settings.one('Destinations');
  if (destination.text('Id') !== plan.destinationId) {
    throw refused(`${destination.at('Id')}: no destination has the id ${plan.destinationId} of the output group`);
  }
  const channelClass = settings.choice('ChannelClass', ['STANDARD', 'SINGLE_PIPELINE'], 'STANDARD');
  const result = {
    name,
    channelClass,
    roleArn: settings.text('RoleArn'),
    destination: destinationOf(plan, destination, channelClass),
    input: first,
    failoverInput: second,
    preparedInputs: prepared,
    loop: first.loop || plan.loop,
    plan,
    tags: settings.map('Tags'),
    given: properties,
  };
  return { ...result, withoutEffect: settings.finish(CHANNEL_SETTINGS_WITHOUT_EFFECT) };
}

function destinationOf(
  { hls, toUrls }: EncoderPlan,
  destination: Settings,
  channelClass: ChannelProperties['channelClass'],
): Destination {
  if (hls !== undefined) return stored(destination, channelClass);
  return toUrls ? ingested(destination, channelClass) : packager(destination);
}

/** Finds the channel that the ingest URLs of MediaPackage v2 belong to: one URL for each pipeline. */
function ingested(destination: Settings, channelClass: ChannelProperties['channelClass']): Destination {
  const channels = destination.list('Settings').map((place) => {
    const url = place.text('Url');
    const [, channelGroup, channelName] = INGEST_URL.exec(url) ?? [];
    if (channelGroup !== undefined && channelName !== undefined) return { channelGroup, channelName };
    throw new UnsupportedError(
      `${place.at('Url')}: ${url} is not modelled by the local run; for CMAF Ingest it knows the ingest URLs of MediaPackage v2, https://HOST/in/v1/GROUP/1/CHANNEL/`,
    );
  });
  const [first, other] = channels;
  if (first === undefined || channels.length !== PIPELINES[channelClass]) {
    throw notForEachPipeline(destination, channelClass);
  }
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(first)) {
    throw new UnsupportedError(
      `${destination.at('Settings')}: another channel for each pipeline is not modelled by the local run`,
    );
  }
  return { kind: 'packager', ...first, byUrl: true };
}

function notForEachPipeline(destination: Settings, channelClass: ChannelProperties['channelClass']): ServiceError {
  return refused(
    `${destination.at('Settings')}: a channel of class ${channelClass} needs ${PIPELINES[channelClass]}, one for each pipeline`,
  );
}

function packager(destination: Settings): Destination {
  const target = destination.one('MediaPackageSettings');
  if (target.has('ChannelId')) {
    return { kind: 'packager', channelGroup: undefined, channelName: target.text('ChannelId') };
  }
  return { kind: 'packager', channelGroup: target.text('ChannelGroup'), channelName: target.text('ChannelName') };
}

function stored(destination: Settings, channelClass: ChannelProperties['channelClass']): Destination {
  const kinds = new Set<'bucket' | 'container'>();
  const [first, ...more] = destination.list('Settings').map((place): BucketPlace => {
    const url = place.text('Url');
    const [, scheme, name, base] = /^(s3|mediastore)(?:ssl)?:\/\/([^/]+)\/(.*[^/])$/.exec(url) ?? [];
    if (name !== undefined && base !== undefined) {
      kinds.add(scheme === 's3' ? 'bucket' : 'container');
      return { bucket: name, base };
    }
    throw new UnsupportedError(
      `${place.at('Url')}: ${url} is not modelled by the local run; for HLS it knows s3ssl://BUCKET/FOLDER/BASE-NAME and mediastoressl://HOST/FOLDER/BASE-NAME`,
    );
  });
  if (first === undefined || more.length + 1 !== PIPELINES[channelClass]) {
    throw notForEachPipeline(destination, channelClass);
  }
  const [kind = 'bucket', other] = kinds;
  if (other !== undefined) {
    throw new UnsupportedError(
      `${destination.at('Settings')}: a bucket for one pipeline and a container for the other is not modelled by the local run`,
    );
  }
  return { kind, places: [first, ...more] };
}
