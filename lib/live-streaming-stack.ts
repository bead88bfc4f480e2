import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { Access } from './access/access';
import { addAdvertising } from './advertising/advertising';
import { Analytics } from './analytics/analytics';
import { analyticsOf } from './channel/analytics';
import type { LiveStream } from './channel/live-stream';
import { originOf } from './channel/origin';
import { inputsOf } from './channel/prepared-inputs';
import { addChat, withChats } from './chat/add-chat';
import { addOperations } from './operations/add-operations';
import type { Operations } from './operations/operations';
import { addPolls, withPolls } from './polls/polls';
import { addRecording } from './recording/add-recording';
import { recordedFolders, withCatalogues } from './recording/recorded';
import { recordingsBucket } from './recording/recordings-bucket';
import { BucketContent } from './stream/bucket-content';
import type { Bundles } from './stream/bundles';
import { accessLogsBucket } from './stream/edge/access-logs';
import { Edge } from './stream/edge/edge';
import { Encoder } from './stream/encoder/encoder';
import { ChannelInputs } from './stream/inputs/channel-inputs';
import { TestClip } from './stream/inputs/test-clip';
import { noticesTopic } from './stream/notices';
import type { Origin, OriginChannel } from './stream/origin/origin';
import { originFor } from './stream/origin/origins';
import { Outputs } from './stream/outputs';
import { placePlayer } from './stream/player';
import { privateBucket } from './stream/private-bucket';
import { refuseOtherRegions } from './stream/regions';
import { refuseTooLarge } from './stream/stack-limits';
import { ChannelStateFunction } from './stream/state/channel-state-function';
import { MoneyGuard } from './stream/state/money-guard';
import { RunningState } from './stream/state/running-state';

/** The properties of the stack. */
export interface LiveStreamingStackProps extends StackProps {
  readonly stream: LiveStream;
  readonly bundles: Bundles;
}

/** Live channels from input to viewer: input → encoder → origin → edge → player, with running state beside them. */
export class LiveStreamingStack extends Stack {
  /** Watches over the channels; undefined when the description leaves it out. */
  readonly operations: Operations | undefined;

  constructor(scope: Construct, id: string, { stream, bundles, ...props }: LiveStreamingStackProps) {
    super(scope, id, props);
    const originOptions = originOf(stream);
    refuseOtherRegions(this, originOptions.kind);
    const notices = noticesTopic(this, 'Notices', stream.notices);
    const { siteBucket, clipBucket, logsBucket, recordings, content, clip } = this.buckets(stream, bundles);
    // The stream.
    const origin = originFor(this, originOptions, { content, bundles });
    const channels = this.channels(stream, { origin, bundles, clip });
    const viewed = recordedFolders(channels);
    const access = stream.access && new Access(this, 'Access', { options: stream.access, bundles, notices, ...viewed });
    const analytics = this.analytics(stream, { bundles, content, logs: logsBucket });
    const chat = addChat(this, stream, { bundles, content, viewers: access?.viewers });
    const ads = addAdvertising(this, stream, { bundles, content, channels });
    const polls = addPolls(this, { channels: stream.channels, bundles, viewers: access?.viewers });
    const edge = new Edge(this, 'Edge', {
      stream,
      media: origin.egress,
      site: siteBucket,
      logs: logsBucket,
      gate: access?.gate,
      recordings,
      reports: { ...analytics?.behaviors, ...ads?.behaviors, ...polls?.behaviors },
      tailored: ads?.tailored,
      chat,
    });
    const others = [siteBucket, clipBucket, logsBucket, recordings, content, access, analytics, chat, ads, polls];
    changeAfter(channels, { origin, others, edge });
    const { distribution } = edge;
    origin.allow(distribution);
    ads?.admit(distribution);
    const keptLogs = this.keepLogs(stream, { content, distribution, logs: logsBucket });
    const domain = stream.edge.domain?.name;
    const page = access?.admitPage(distribution, domain);
    const listed = withPolls(withChats(withCatalogues(channels, access !== undefined), chat), polls);
    const player = { content, bucket: siteBucket, distribution, channels: listed };
    placePlayer(this, { ...player, access: page, audience: analytics?.page, ads: ads?.page(edge.site) });
    // The automatic actions of the stack.
    new MoneyGuard(this, 'MoneyGuard', { bundle: bundles.guard, channels, notices });
    const watching = { bundles, channels, distribution, notices, viewing: access?.viewing };
    const recording = addRecording(this, stream, { ...watching, bucket: recordings, content });
    this.operations = addOperations(this, stream.operations, { ...watching, audience: analytics !== undefined });
    new Outputs(this, 'Outputs', {
      distribution,
      domain,
      channels,
      siteBucket,
      logsBucket,
      notices,
      retained: [keptLogs, analytics?.retained, recording?.retained, ads?.retained].filter((one) => one !== undefined),
      operations: this.operations,
      access,
      recording,
      analytics: analytics?.outputs,
      chat: chat?.outputs,
      ads: ads?.outputs,
      polls: polls?.outputs,
    });
    refuseTooLarge(this, channels.length);
  }

  /** Adds the buckets, and the function that fills and empties them. */
  private buckets(stream: LiveStream, bundles: Bundles) {
    const siteBucket = privateBucket(this, 'SiteBucket');
    const clipBucket = stream.channels.flatMap(inputsOf).some(({ kind }) => kind === 'test-clip')
      ? privateBucket(this, 'TestClipBucket')
      : undefined;
    const { accessLogs } = stream.edge;
    const logsBucket = accessLogs === 'off' ? undefined : accessLogsBucket(this, 'LogsBucket', accessLogs);
    const content = new BucketContent(this, 'BucketContent', bundles.bucketContent);
    const clip = clipBucket && new TestClip(this, 'TestClip', clipBucket, content);
    const recordings = recordingsBucket(this, 'RecordingsBucket', stream);
    return { siteBucket, clipBucket, logsBucket, recordings, content, clip };
  }

  /** Keeps the access logs until the distribution is gone. @returns the bucket if it stays when the stack is deleted */
  private keepLogs(
    { edge: { accessLogs } }: LiveStream,
    { content, distribution, logs }: LogParts,
  ): Bucket | undefined {
    if (logs === undefined) return undefined;
    const retained = accessLogs === 'retain';
    // The distribution depends on the content, so the bucket is emptied only after the distribution is gone.
    distribution.node.addDependency(content.keep('AccessLogs', { bucket: logs, retained }));
    return retained ? logs : undefined;
  }

  /** Adds what takes the reports of players, unless the description leaves it out. */
  private analytics(stream: LiveStream, { bundles, content, logs }: ReportParts): Analytics | undefined {
    const options = analyticsOf(stream);
    if (options === undefined) return undefined;
    const channels = stream.channels.map(({ name }) => name);
    const ads = stream.ads !== undefined;
    return new Analytics(this, 'Analytics', { options, bundles, channels, content, logs, ads });
  }

  /** Adds the channels from input to origin, with their running state. */
  private channels({ channels, interruption }: LiveStream, { origin, bundles, clip }: ChannelParts) {
    const channelState = new ChannelStateFunction(this, 'ChannelState', bundles.channelState);
    return channels.map((channel) => {
      // Templates list a channel's state before the channel.
      const stateScope = new Construct(this, `RunningState-${channel.name}`);
      const inputs = new ChannelInputs(this, channel, clip);
      const packaged = origin.addChannel(channel);
      const encoder = new Encoder(this, `Encoder-${channel.name}`, { channel, inputs, ingest: packaged.ingest });
      const state = new RunningState(stateScope, { channel, inputs, encoder, interruption, channelState });
      packaged.resources.node.addDependency(state.quiesced);
      return { channel, origin: packaged, encoder, inputs, state };
    });
  }
}

/** The parts of a stack that its channels use. */
interface ChannelParts {
  readonly origin: Origin;
  readonly bundles: Bundles;
  readonly clip: TestClip | undefined;
}

/** The parts of a stack that the reports of players use. */
interface ReportParts {
  readonly bundles: Bundles;
  readonly content: BucketContent;
  readonly logs: Bucket | undefined;
}

/** The parts of a stack that its access logs belong to. */
interface LogParts {
  readonly content: BucketContent;
  readonly distribution: Edge['distribution'];
  readonly logs: Bucket | undefined;
}

/** The parts of a stack that its channels use, or that viewers see. */
interface UsedParts {
  readonly origin: Origin;
  readonly edge: Edge;
  readonly others: readonly (IConstruct | undefined)[];
}

/**
 * Refuses an update that must not interrupt a channel before it changes anything that a channel uses or viewers see.
 */
function changeAfter(
  channels: readonly { readonly origin: OriginChannel; readonly state: RunningState }[],
  { origin, edge, others }: UsedParts,
): void {
  const quiesced = channels.map(({ state }) => state.quiesced);
  const shared = origin.node.children.filter((part) => !channels.some((channel) => channel.origin.resources === part));
  for (const used of [...others, ...shared, edge]) used?.node.addDependency(...quiesced);
}
