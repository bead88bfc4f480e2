import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { LiveStream } from './channel/live-stream';
import { originOf } from './channel/origin';
import { inputsOf } from './channel/prepared-inputs';
import { BucketContent } from './stream/bucket-content';
import type { Bundles } from './stream/bundles';
import { accessLogsBucket } from './stream/edge/access-logs';
import { Edge } from './stream/edge/edge';
import { Encoder } from './stream/encoder/encoder';
import { ChannelInputs } from './stream/inputs/channel-inputs';
import { TestClip } from './stream/inputs/test-clip';
import { noticesTopic } from './stream/notices';
import { originFor } from './stream/origin/origins';
import { Outputs } from './stream/outputs';
import { placePlayer } from './stream/player';
import { privateBucket } from './stream/private-bucket';
import { refuseOtherRegions } from './stream/regions';
import { refuseTooLarge } from './stream/stack-limits';
import { MoneyGuard } from './stream/state/money-guard';
import { ChannelStateFunction, RunningState } from './stream/state/running-state';

/** What the stack is made from. */
export interface LiveStreamingStackProps extends StackProps {
  readonly stream: LiveStream;
  readonly bundles: Bundles;
}

/** Live channels from input to viewer: input → encoder → origin → edge → player, with running state beside them. */
export class LiveStreamingStack extends Stack {
  constructor(scope: Construct, id: string, { stream, bundles, ...props }: LiveStreamingStackProps) {
    super(scope, id, props);
    const originOptions = originOf(stream);
    refuseOtherRegions(this, originOptions.kind);

    // What the stack does by itself is told here, and what its functions fail at.
    const notices = noticesTopic(this, 'Notices', stream.notices);

    // Buckets, and the function that fills and empties them.
    const siteBucket = privateBucket(this, 'SiteBucket');
    const clipBucket = stream.channels.flatMap(inputsOf).some(({ kind }) => kind === 'test-clip')
      ? privateBucket(this, 'TestClipBucket')
      : undefined;
    const { accessLogs } = stream.edge;
    const logsBucket = accessLogs === 'off' ? undefined : accessLogsBucket(this, 'LogsBucket', accessLogs);
    const content = new BucketContent(this, 'BucketContent', bundles.bucketContent, notices);
    const clip = clipBucket && new TestClip(this, 'TestClip', clipBucket, content);

    // The stream.
    const origin = originFor(this, originOptions, { content, bundles, failures: notices });
    const channelState = new ChannelStateFunction(this, 'ChannelState', bundles.channelState, notices);
    const channels = stream.channels.map((channel) => {
      const { interruption } = stream;
      const state = new RunningState(this, `RunningState-${channel.name}`, { channel, interruption, channelState });
      const inputs = new ChannelInputs(this, channel, clip);
      const packaged = origin.addChannel(channel);
      packaged.resources.node.addDependency(state.quiesced);
      const encoder = new Encoder(this, `Encoder-${channel.name}`, channel, inputs, packaged.ingest);
      return {
        channel,
        origin: packaged,
        encoder,
        inputs,
        ...state.lookAfter(encoder, inputs),
        quiesced: state.quiesced,
      };
    });
    const edge = new Edge(this, 'Edge', stream, origin.egress, siteBucket, logsBucket);
    // An update that would interrupt a channel and may not is refused before anything is changed that a channel uses or
    // that viewers see.
    const quiesced = channels.map((channel) => channel.quiesced);
    const shared = origin.node.children.filter(
      (part) => !channels.some((channel) => channel.origin.resources === part),
    );
    for (const used of [siteBucket, clipBucket, logsBucket, content, ...shared, edge]) {
      used?.node.addDependency(...quiesced);
    }
    const { distribution } = edge;
    origin.allow(distribution);
    if (logsBucket !== undefined) {
      // Before the distribution that writes the logs, so that it is emptied after the distribution is gone.
      const logs = content.keep('AccessLogs', { bucket: logsBucket, retained: accessLogs === 'retain' });
      distribution.node.addDependency(logs);
    }
    placePlayer(this, content, siteBucket, distribution, channels);

    // What the stack does by itself.
    new MoneyGuard(this, 'MoneyGuard', { bundle: bundles.guard, channels, notices });

    const retained = accessLogs === 'retain' ? logsBucket : undefined;
    new Outputs(this, 'Outputs', { distribution, channels, siteBucket, logsBucket, notices, retained });
    refuseTooLarge(this, channels.length);
  }
}
