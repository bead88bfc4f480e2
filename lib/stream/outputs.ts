import { Aws, CfnOutput } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { LiveChannel } from '../channel/live-channel';
import { runningCostPerHour } from '../cost/cost';
import type { Encoder } from './encoder/encoder';
import type { ChannelInputs } from './inputs/channel-inputs';
import { switchCommand } from './inputs/switch-command';
import { metricsUrl } from './metrics-url';
import { pascalCase } from './names';
import type { ManifestFormat, MetricSearch, OriginChannel } from './origin/origin';
import type { IngestAddress, RunningState } from './state/running-state';

const FORMATS = {
  'll-hls': { name: 'HlsLowLatencyUrl', words: 'low-latency HLS' },
  hls: { name: 'HlsUrl', words: 'HLS (CMAF)' },
  dash: { name: 'DashUrl', words: 'DASH' },
  'hls-ts': { name: 'HlsTsUrl', words: 'HLS in MPEG-TS, for old devices' },
  mss: { name: 'MssUrl', words: 'Microsoft Smooth Streaming' },
} as const satisfies Record<ManifestFormat, { name: string; words: string }>;

const SERVERS = {
  rtmp: '"Server" in OBS',
  srt: 'where the publisher calls with SRT, with its passphrase and latency',
  rtp: 'where the publisher sends RTP',
  cdi: 'where the publisher sends CDI',
} as const satisfies Record<IngestAddress['protocol'], string>;

/** End of the description of a manifest that a viewer needs a session for. */
const PRIVATE = ' (private: its path is put after /s/<token>)';

const DASHBOARD = 'The dashboard: alarms, then every layer from input to audience';

/** One channel as the Outputs describe it. */
export interface OutputChannel {
  readonly channel: LiveChannel;
  readonly origin: OriginChannel;
  readonly encoder: Encoder;
  readonly inputs: ChannelInputs;
  readonly state: Pick<RunningState, 'ingest'>;
}

/** The properties of the Outputs. */
export interface OutputsProps {
  readonly distribution: Distribution;
  /** Host name of the operator's own. @default that of the distribution */
  readonly domain: string | undefined;
  readonly channels: readonly OutputChannel[];
  readonly siteBucket: Bucket;
  readonly logsBucket: Bucket | undefined;
  readonly notices: ITopic;
  /** Buckets that stay when the stack is deleted. */
  readonly retained: readonly Bucket[];
  /** Pages of what watches the channels; undefined without it. */
  readonly operations:
    | { readonly dashboardUrl: string | undefined; readonly historyLogGroup: string | undefined }
    | undefined;
  /** Addresses of viewer access; undefined without it. */
  readonly access:
    | {
        readonly keysFunction: string;
        readonly linkSecretArn: string | undefined;
        readonly userPoolId: string | undefined;
      }
    | undefined;
  /** Recordings; undefined where nothing is recorded. */
  readonly recording:
    | { readonly recorderFunction: string; readonly bucketName: string; readonly retained: Bucket | undefined }
    | undefined;
  /** Outputs of the chat: name, value and description. */
  readonly chat?: readonly (readonly [name: string, value: string, description: string])[] | undefined;
  /** Outputs of the ads: name, value and description. @default there are no ads */
  readonly ads: readonly (readonly [name: string, value: string, description: string])[] | undefined;
  /** Outputs of the polls: name, value and description. @default there are none */
  readonly polls?: readonly (readonly [name: string, value: string, description: string])[] | undefined;
  /** Names of what keeps the reports of players; undefined without them. */
  readonly analytics:
    | {
        readonly bucket: string;
        readonly database: string;
        readonly workGroup: string;
        readonly console: string;
        readonly logGroup: string;
      }
    | undefined;
}

/** The Outputs of a deployment: the player first, then each channel's addresses and pages, then those of the stack. */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, props: OutputsProps) {
    super(scope, id);
    const { distribution, channels, siteBucket, logsBucket, notices, operations, access, recording, domain } = props;
    const edge = `https://${domain ?? distribution.distributionDomainName}`;
    this.output('PlayerUrl', `${edge}/`, 'The player: open it in a browser');
    for (const channel of channels) {
      this.manifests(channel, edge, access !== undefined && channel.channel.access !== 'public');
      this.ingest(channel);
      this.switches(channel);
      this.pages(channel);
    }
    this.output('DistributionId', distribution.distributionId, 'Id of the CloudFront distribution');
    this.output('SiteBucketConsole', bucketConsole(siteBucket), "The bucket of the player's files");
    if (logsBucket !== undefined) {
      this.output('LogsBucketConsole', bucketConsole(logsBucket), 'The bucket of CloudFront access logs');
    }
    this.output('NoticesTopic', notices.topicArn, 'SNS topic that says what was stopped and why, and what runs');
    if (operations?.dashboardUrl !== undefined) this.output('Dashboard', operations.dashboardUrl, DASHBOARD);
    if (operations?.historyLogGroup !== undefined) {
      this.output('HistoryLogGroup', operations.historyLogGroup, 'Log group with what happened to the channels');
    }
    if (access !== undefined) this.access(access);
    if (recording !== undefined) this.recording(recording);
    for (const one of props.chat ?? []) this.output(...one);
    if (props.analytics !== undefined) this.analytics(props.analytics);
    for (const output of props.ads ?? []) this.output(...output);
    for (const output of props.polls ?? []) this.output(...output);
    const kept = props.retained.map((one) => `bucket ${one.bucketName}`).join(' and ') || 'nothing';
    this.output('RetainedAfterDelete', kept, 'What stays in the account when the stack is deleted');
  }

  private access({ keysFunction, linkSecretArn, userPoolId }: NonNullable<OutputsProps['access']>): void {
    this.output('ViewerKeysFunction', keysFunction, 'Function that lists and ends the sessions of viewers');
    if (userPoolId !== undefined) this.output('ViewerPoolId', userPoolId, 'The Cognito user pool of the viewers');
    if (linkSecretArn !== undefined) {
      this.output('LinkSecretArn', linkSecretArn, 'Secret with which the backend of a platform signs links');
    }
  }

  private recording({ recorderFunction, bucketName, retained }: NonNullable<OutputsProps['recording']>): void {
    const fate = retained === undefined ? 'is deleted with the stack' : 'stays when the stack is deleted';
    this.output('RecordingsBucket', bucketName, `The bucket of the recordings, which ${fate}`);
    this.output('RecorderFunction', recorderFunction, 'Function that makes clips, and lists and removes recordings');
  }

  private analytics(names: NonNullable<OutputsProps['analytics']>): void {
    this.output('AudienceWorkGroup', names.workGroup, 'Athena work group with the saved queries about the audience');
    this.output('AudienceDatabase', names.database, 'Glue database of the tables events and requests');
    this.output('AudienceBucket', names.bucket, 'Bucket of the reports of players');
    this.output('AudienceConsole', names.console, 'Athena console: choose the work group above');
    this.output('AudienceLogGroup', names.logGroup, 'Log group with the live numbers of the audience');
  }

  private manifests({ channel, origin }: OutputChannel, edge: string, isPrivate: boolean): void {
    for (const manifest of origin.manifests) {
      const { name, words } = FORMATS[manifest.format];
      const id = `${pascalCase(channel.name)}${name}`;
      this.output(id, `${edge}${manifest.path}`, `Channel ${channel.name}: ${words}${isPrivate ? PRIVATE : ''}`);
    }
  }

  private ingest({ channel, state }: OutputChannel): void {
    const prefix = pascalCase(channel.name);
    for (const { role, pipeline, protocol, server, streamKey } of state.ingest) {
      const where = `Channel ${channel.name}, ${role === '' ? '' : `input ${role}, `}pipeline ${pipeline}`;
      const which = `${pipeline}${pascalCase(role)}`;
      this.output(`${prefix}IngestServer${which}`, server, `${where}: ${SERVERS[protocol]}`);
      if (streamKey === undefined) continue;
      this.output(`${prefix}IngestStreamKey${which}`, streamKey, `${where}: "Stream Key" in OBS`);
    }
  }

  private switches({ channel, inputs, encoder }: OutputChannel): void {
    for (const { name, role } of inputs.switchable) {
      const command = switchCommand(encoder.channelId, name, Aws.REGION);
      const target = role === '' ? 'back to its first input' : `to its input ${role}`;
      const id = `${pascalCase(channel.name)}Switch${role === '' ? 'Back' : `To${pascalCase(role)}`}`;
      this.output(id, command, `Channel ${channel.name}: the command that switches ${target}`);
    }
  }

  private pages({ channel, origin, encoder }: OutputChannel): void {
    const output = (name: string, value: string, description: string) =>
      this.output(`${pascalCase(channel.name)}${name}`, value, `Channel ${channel.name}: ${description}`);
    const cost = `${runningCostPerHour(channel, { origin: origin.kind }).usd.toFixed(2)} USD`;
    output('RunningCostPerHour', cost, 'what it costs while it runs, without viewers, at list prices');
    output('ChannelId', encoder.channelId, 'id of the MediaLive channel');
    output('ChannelConsole', encoder.consoleUrl, 'MediaLive console');
    const encoderMetrics: MetricSearch = {
      namespace: 'AWS/MediaLive',
      names: ['ChannelId', 'Pipeline'],
      values: { ChannelId: encoder.channelId },
    };
    output('EncoderMetrics', metricsUrl(encoderMetrics), 'metrics of the encoder');
    output('PackagerConsole', origin.consoleUrl, 'console of the packager');
    output('PackagerMetrics', metricsUrl(origin.metrics), 'metrics of the packager');
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description }).overrideLogicalId(name);
  }
}

function bucketConsole(bucket: Bucket): string {
  return `https://${Aws.REGION}.console.aws.amazon.com/s3/buckets/${bucket.bucketName}?region=${Aws.REGION}`;
}
