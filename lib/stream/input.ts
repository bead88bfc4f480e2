import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnChannel, CfnInput, type CfnInputProps, CfnInputSecurityGroup } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import { type LiveChannel, pipelineCount } from '../channel/live-channel';
import { ENCODER_NAMES } from './encoder-settings';
import { pascalCase } from './names';
import type { TestClip } from './test-clip';

/** Where the contribution enters: the MediaLive input of one channel, and what the encoder must know and may read of it. */
export class ChannelInput extends Construct {
  readonly inputId: string;
  readonly inputArn: string;
  /** How many ingest addresses publishers get: one for each pipeline of a push input, none where MediaLive pulls. */
  readonly ingestAddresses: 0 | 1 | 2;
  readonly attachment: CfnChannel.InputAttachmentProperty;
  /** What the encoder's role must be allowed. */
  readonly statements: readonly PolicyStatement[];
  readonly input: CfnInput;
  /** All that is baked into the MediaLive input, and cannot be changed while its channel runs. */
  readonly settings: CfnInputProps;

  /** @param testClip - the stack's clip, needed by an input of kind `test-clip`. */
  constructor(scope: Construct, id: string, channel: LiveChannel, testClip: TestClip | undefined) {
    super(scope, id);
    const name = `${Aws.STACK_NAME}-${channel.name}`;
    const pipelines = pipelineCount(channel);
    const source = channel.input;
    // MediaLive cannot change what kind an input is, nor how many sources it has: another of these is another input.
    const inputKind = `${pascalCase(source.kind)}${pascalCase(channel.redundancy)}`;
    switch (source.kind) {
      case 'test-clip': {
        if (testClip === undefined) throw new Error('The stack has no test clip to give this input.');
        const { url, arn, placed } = testClip;
        this.settings = { name, type: 'MP4_FILE', sources: Array.from({ length: pipelines }, () => ({ url })) };
        this.input = new CfnInput(this, inputKind, this.settings);
        this.input.node.addDependency(placed);
        this.statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: [arn] })];
        break;
      }
      case 'rtmp-push': {
        // Who may publish can be changed at any time, so the addresses are no part of the settings.
        const group = new CfnInputSecurityGroup(this, 'SecurityGroup', {
          whitelistRules: source.allowedCidrs.map((cidr) => ({ cidr })),
        });
        const streamNames =
          source.streamNames ??
          Array.from({ length: pipelines }, (_, pipeline) => `${channel.name}/pipeline-${pipeline}`);
        this.settings = {
          name,
          type: 'RTMP_PUSH',
          inputSecurityGroups: [group.ref],
          destinations: streamNames.map((streamName) => ({ streamName })),
        };
        this.input = new CfnInput(this, inputKind, this.settings);
        // cfn-lint takes MediaLive's input security groups for those of EC2.
        this.input.addMetadata('cfn-lint', { config: { ignore_checks: ['E1041'] } });
        this.statements = [];
        break;
      }
    }
    this.inputId = this.input.ref;
    this.inputArn = this.input.attrArn;
    this.ingestAddresses = source.kind === 'rtmp-push' ? pipelines : 0;
    this.attachment = {
      inputId: this.input.ref,
      inputAttachmentName: channel.name,
      inputSettings: {
        audioSelectors: [{ name: ENCODER_NAMES.audioSelector }],
        ...(source.kind === 'test-clip' ? { sourceEndBehavior: 'LOOP' } : {}),
      },
    };
  }
}
