import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type CfnChannel, CfnInput, CfnInputSecurityGroup } from 'aws-cdk-lib/aws-medialive';
import { Construct } from 'constructs';
import { type LiveChannel, pipelineCount } from '../channel/live-channel';
import { ENCODER_NAMES } from './encoder-settings';
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

  /** @param testClip - the stack's clip, needed by an input of kind `test-clip`. */
  constructor(scope: Construct, id: string, channel: LiveChannel, testClip: TestClip | undefined) {
    super(scope, id);
    const name = `${Aws.STACK_NAME}-${channel.name}`;
    const pipelines = pipelineCount(channel);
    const source = channel.input;
    let input: CfnInput;
    let statements: PolicyStatement[] = [];
    switch (source.kind) {
      case 'test-clip': {
        if (testClip === undefined) throw new Error('The stack has no test clip to give this input.');
        const clip = testClip;
        input = new CfnInput(this, 'Input', {
          name,
          type: 'MP4_FILE',
          sources: Array.from({ length: pipelines }, () => ({ url: clip.url })),
        });
        input.node.addDependency(clip.placed);
        statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: [clip.arn] })];
        break;
      }
      case 'rtmp-push': {
        const group = new CfnInputSecurityGroup(this, 'SecurityGroup', {
          whitelistRules: source.allowedCidrs.map((cidr) => ({ cidr })),
        });
        const streamNames =
          source.streamNames ??
          Array.from({ length: pipelines }, (_, pipeline) => `${channel.name}/pipeline-${pipeline}`);
        input = new CfnInput(this, 'Input', {
          name,
          type: 'RTMP_PUSH',
          inputSecurityGroups: [group.ref],
          destinations: streamNames.map((streamName) => ({ streamName })),
        });
        // cfn-lint takes MediaLive's input security groups for those of EC2.
        input.addMetadata('cfn-lint', { config: { ignore_checks: ['E1041'] } });
        break;
      }
    }
    this.inputId = input.ref;
    this.inputArn = input.attrArn;
    this.ingestAddresses = source.kind === 'rtmp-push' ? pipelines : 0;
    this.statements = statements;
    this.attachment = {
      inputId: input.ref,
      inputAttachmentName: channel.name,
      inputSettings: {
        audioSelectors: [{ name: ENCODER_NAMES.audioSelector }],
        ...(source.kind === 'test-clip' ? { sourceEndBehavior: 'LOOP' } : {}),
      },
    };
  }
}
