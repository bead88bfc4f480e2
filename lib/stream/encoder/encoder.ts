import { Aws, Validations } from 'aws-cdk-lib';
import { PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { CfnChannel, type CfnChannelProps } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import { renditionsOf } from '../../channel/ladder';
import type { LiveChannel } from '../../channel/live-channel';
import type { Maintenance } from '../../channel/maintenance';
import type { ChannelInputs } from '../inputs/channel-inputs';
import { mediaLivePrincipal } from '../media-live-principal';
import { pascalCase } from '../names';
import type { OriginIngest } from '../origin/origin';
import { encoderSettings } from './encoder-settings';
import { inputLossAcknowledgements, inputLossStatements } from './input-loss-settings';
import { thumbnailAcknowledgements, thumbnailStatements } from './thumbnails';

/** The properties of an encoder. */
export interface EncoderProps {
  readonly channel: LiveChannel;
  readonly inputs: ChannelInputs;
  /** The origin's face towards the encoder. */
  readonly ingest: OriginIngest;
}

/** The MediaLive channel that transcodes its inputs, one at a time, for one origin, and its role. */
export class Encoder extends Construct {
  readonly channelId: string;
  readonly channelArn: string;
  readonly consoleUrl: string;
  readonly channel: CfnChannel;
  /** Everything that is baked into the MediaLive channel and cannot be changed while it runs. */
  readonly settings: CfnChannelProps;

  constructor(scope: Construct, id: string, { channel, inputs, ingest }: EncoderProps) {
    super(scope, id);
    // The policy is part of the role and not a separate resource, because MediaLive checks it when the channel is created.
    const role = new Role(this, 'Role', {
      description: `MediaLive channel ${channel.name} of stack ${Aws.STACK_NAME}`,
      assumedBy: mediaLivePrincipal('channel'),
      inlinePolicies: {
        stream: new PolicyDocument({
          statements: [
            ...inputs.statements,
            ...ingest.statements,
            ...thumbnailStatements(channel.thumbnails),
            ...inputLossStatements(channel.inputLoss),
          ],
        }),
      },
    });
    inputs.acknowledgeIn(role);
    Validations.of(role).acknowledge(...(ingest.acknowledged ?? []), ...thumbnailAcknowledgements(channel.thumbnails));
    this.settings = {
      name: `${Aws.STACK_NAME}-${channel.name}`,
      channelClass: channel.redundancy === 'two-pipelines' ? 'STANDARD' : 'SINGLE_PIPELINE',
      roleArn: role.roleArn,
      inputAttachments: [...inputs.attachments],
      inputSpecification: inputSpecification(channel),
      ...inputs.channelSettings,
      destinations: [ingest.destination],
      encoderSettings: encoderSettings(channel, ingest),
      logLevel: 'DISABLED',
      maintenance: channel.maintenance && maintenanceWindow(channel.maintenance),
    };
    // MediaLive cannot give a channel a second pipeline, so a different redundancy is a different channel.
    const encoder = new CfnChannel(this, `Channel${pascalCase(channel.redundancy)}`, this.settings);
    Validations.of(encoder).acknowledge(...inputLossAcknowledgements(channel.inputLoss));
    // The service requires the list, and CDK omits an empty one.
    if (renditionsOf(channel.ladder).length === 0) {
      encoder.addPropertyOverride('EncoderSettings.VideoDescriptions', []);
    }
    this.channel = encoder;
    encoder.node.addDependency(ingest.ready);
    this.channelId = encoder.ref;
    this.channelArn = encoder.attrArn;
    this.consoleUrl = `https://${Aws.REGION}.console.aws.amazon.com/medialive/home?region=${Aws.REGION}#/channels/${encoder.ref}`;
  }
}

function maintenanceWindow({ day, startHour }: Maintenance): CfnChannel.MaintenanceCreateSettingsProperty {
  return { maintenanceDay: day, maintenanceStartTime: `${String(startHour).padStart(2, '0')}:00` };
}

/**
 * Returns the input that MediaLive should be ready for, on which its price depends: HD, with 20 Mbit/s where the largest
 * rendition is above 720 lines. Above 1080 lines it is UHD in HEVC, the codec of contributions of that size.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/ug/input-specification.html
 */
function inputSpecification(channel: LiveChannel): CfnChannel.InputSpecificationProperty {
  const height = Math.max(0, ...renditionsOf(channel.ladder).map((rendition) => rendition.height));
  if (height > 1080) return { codec: 'HEVC', maximumBitrate: 'MAX_50_MBPS', resolution: 'UHD' };
  return { codec: 'AVC', maximumBitrate: height > 720 ? 'MAX_20_MBPS' : 'MAX_10_MBPS', resolution: 'HD' };
}
