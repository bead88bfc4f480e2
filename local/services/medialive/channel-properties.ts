import { type Properties, UnsupportedError } from '../../cloud';
import { type EncoderPlan, encoderPlan } from './encoder-plan';
import { ServiceError } from './service-error';
import { Settings } from './settings';
import { CHANNEL_SETTINGS_WITHOUT_EFFECT } from './settings-without-effect';
import { audioSelectors } from './sounds';

/**
 * A MediaPackage channel (of v1, when it has no group), or for each pipeline a place in a bucket or a MediaStore
 * container: the beginning of the keys that it writes.
 */
export type Destination =
  | { readonly kind: 'packager'; readonly channelGroup: string | undefined; readonly channelName: string }
  | { readonly kind: 'bucket'; readonly places: readonly [BucketPlace, ...BucketPlace[]] }
  | { readonly kind: 'container'; readonly places: readonly [BucketPlace, ...BucketPlace[]] };

export interface BucketPlace {
  /** Name of the bucket, or the public name of the container. */
  readonly bucket: string;
  /** `live/main/index` */
  readonly base: string;
}

/** An `AWS::MediaLive::Channel`, read and checked. */
export interface ChannelProperties {
  readonly name: string;
  readonly channelClass: 'STANDARD' | 'SINGLE_PIPELINE';
  readonly roleArn: string;
  /** What the output group writes to. */
  readonly destination: Destination;
  readonly input: { readonly id: string; readonly attachmentName: string };
  /** Whether a file starts again at its end. */
  readonly loop: boolean;
  readonly plan: EncoderPlan;
  readonly tags: Readonly<Record<string, string>>;
  /** Paths of the settings that are taken and have no effect here. */
  readonly withoutEffect: readonly string[];
  /** As the template has them, for DescribeChannel. */
  readonly given: Properties;
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
  const attachment = settings.one('InputAttachments');
  const inputSettings = attachment.has('InputSettings') ? attachment.section('InputSettings') : new Settings({});
  openNetworkSettings(inputSettings);
  const plan = encoderPlan(settings.section('EncoderSettings'), audioSelectors(inputSettings));
  const destination = settings.one('Destinations');
  if (destination.text('Id') !== plan.destinationId) {
    throw refused(`${destination.at('Id')}: no destination has the id ${plan.destinationId} of the output group`);
  }
  const channelClass = settings.choice('ChannelClass', ['STANDARD', 'SINGLE_PIPELINE'], 'STANDARD');
  const result = {
    name,
    channelClass,
    roleArn: settings.text('RoleArn'),
    destination: plan.hls === undefined ? packager(destination) : stored(destination, channelClass),
    input: {
      id: attachment.text('InputId'),
      attachmentName: attachment.has('InputAttachmentName') ? attachment.text('InputAttachmentName') : name,
    },
    loop: inputSettings.choice('SourceEndBehavior', ['CONTINUE', 'LOOP'], 'CONTINUE') === 'LOOP' || plan.loop,
    plan,
    tags: settings.map('Tags'),
    given: properties,
  };
  return { ...result, withoutEffect: settings.finish(CHANNEL_SETTINGS_WITHOUT_EFFECT) };
}

/** Opens what has settings without effect, so that others beside them are still refused by name. */
function openNetworkSettings(inputSettings: Settings): void {
  if (!inputSettings.has('NetworkInputSettings')) return;
  const network = inputSettings.section('NetworkInputSettings');
  if (network.has('HlsInputSettings')) network.section('HlsInputSettings');
}

function packager(destination: Settings): Destination {
  const target = destination.one('MediaPackageSettings');
  if (target.has('ChannelId'))
    return { kind: 'packager', channelGroup: undefined, channelName: target.text('ChannelId') };
  return { kind: 'packager', channelGroup: target.text('ChannelGroup'), channelName: target.text('ChannelName') };
}

function stored(destination: Settings, channelClass: ChannelProperties['channelClass']): Destination {
  const needed = channelClass === 'STANDARD' ? 2 : 1;
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
  if (first === undefined || more.length + 1 !== needed) {
    throw refused(
      `${destination.at('Settings')}: a channel of class ${channelClass} needs ${needed}, one for each pipeline`,
    );
  }
  const [kind = 'bucket', other] = kinds;
  if (other !== undefined) {
    throw new UnsupportedError(
      `${destination.at('Settings')}: a bucket for one pipeline and a container for the other is not modelled by the local run`,
    );
  }
  return { kind, places: [first, ...more] };
}

function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
