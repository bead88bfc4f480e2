import type { Properties } from '../../cloud';
import { type EncoderPlan, encoderPlan } from './encoder-plan';
import { ServiceError } from './service-error';
import { Settings } from './settings';
import { CHANNEL_SETTINGS_WITHOUT_EFFECT } from './settings-without-effect';

/** An `AWS::MediaLive::Channel`, read and checked. */
export interface ChannelProperties {
  readonly name: string;
  readonly channelClass: 'STANDARD' | 'SINGLE_PIPELINE';
  readonly roleArn: string;
  /** The MediaPackage v2 channel that the output group writes to. */
  readonly destination: { readonly channelGroup: string; readonly channelName: string };
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
  const selectors = inputSettings.list('AudioSelectors').map((selector) => selector.text('Name'));
  const plan = encoderPlan(settings.section('EncoderSettings'), selectors);
  const destination = settings.one('Destinations');
  if (destination.text('Id') !== plan.destinationId) {
    throw refused(`${destination.at('Id')}: no destination has the id ${plan.destinationId} of the output group`);
  }
  const target = destination.one('MediaPackageSettings');
  const result = {
    name,
    channelClass: settings.choice('ChannelClass', ['STANDARD', 'SINGLE_PIPELINE'], 'STANDARD'),
    roleArn: settings.text('RoleArn'),
    destination: { channelGroup: target.text('ChannelGroup'), channelName: target.text('ChannelName') },
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

function refused(sentence: string): ServiceError {
  return new ServiceError('UnprocessableEntityException', sentence);
}
