import { CloudFormationApi } from './cloudformation/api/cloudformation-api';
import { CloudFormation } from './cloudformation/engine';
import { CustomResourceResponses } from './cloudformation/responses';
import type { StackEvent } from './cloudformation/stack';
import type { Cloud, Service } from './contract';
import type { Ffmpeg } from './host/ffmpeg';
import type { Processes } from './host/processes';
import { Athena } from './services/athena/athena';
import { CloudFront } from './services/cloudfront/cloudfront';
import { CloudWatch } from './services/cloudwatch/cloudwatch';
import type { MetricFeed } from './services/cloudwatch/metric-feed';
import { CognitoIdp } from './services/cognito-idp/cognito-idp';
import { DynamoDb } from './services/dynamodb/dynamodb';
import { Ecr } from './services/ecr/ecr';
import type { DefaultBus } from './services/events/default-bus';
import { Events } from './services/events/events';
import { Firehose } from './services/firehose/firehose';
import { Glue } from './services/glue/glue';
import type { Iam } from './services/iam/iam';
import { IvsChat } from './services/ivschat/ivschat';
import type { Assets } from './services/lambda/assets';
import { Lambda } from './services/lambda/lambda';
import { Logs } from './services/logs/logs';
import { MediaConvert } from './services/mediaconvert/mediaconvert';
import { MediaLive, type MediaLiveOptions } from './services/medialive/media-live';
import { MediaPackage, type MediaPackageOptions } from './services/mediapackage/media-package';
import { MediaStore } from './services/mediastore/mediastore';
import { MediaTailor } from './services/mediatailor/mediatailor';
import { S3 } from './services/s3/s3';
import { Scheduler } from './services/scheduler/scheduler';
import { SecretsManager } from './services/secretsmanager/secretsmanager';
import { Sns } from './services/sns/sns';
import { Ssm } from './services/ssm/ssm';
import { Sts } from './services/sts/sts';
import type { Credentials } from './wire/credentials';

/** Everything that exists before the first service. */
export interface Ground {
  readonly cloud: Cloud;
  readonly iam: Iam;
  readonly bus: DefaultBus;
  readonly feed: MetricFeed;
  /** Base URLs of the public names of the cloud. */
  readonly names: () => Readonly<Record<string, string>>;
  readonly credentials: Credentials;
  readonly ffmpeg: Ffmpeg;
  readonly processes: Processes;
  /** Folders of code by asset hash. */
  readonly assets: Assets;
  /** Base URL of the AWS API. Services ask for it only after the API has opened. */
  readonly apiUrl: () => string;
  /** Port of the first distribution. */
  readonly edgePort: number;
  /** Country of viewers who say none. */
  readonly viewerCountry?: string | undefined;
  readonly rtmpPort: number;
  readonly preset: MediaLiveOptions['preset'];
  readonly packagerFault?: MediaPackageOptions['fault'];
  readonly harvestFault?: MediaPackageOptions['harvestFault'];
  readonly onEvent: (event: StackEvent) => void;
}

/** The services of one cloud, each connected to those that it needs. */
export interface Wiring {
  /** All services, in the order of their status lines. */
  readonly services: readonly Service[];
  readonly engine: CloudFormation;
  readonly responses: CustomResourceResponses;
  readonly mediaLive: MediaLive;
  readonly cloudWatch: CloudWatch;
}

/**
 * Constructs the services and connects them. Each step uses only what the steps before it made. Nothing listens and no
 * process starts until the services themselves are started.
 */
export function wire(ground: Ground): Wiring {
  const stores = wireStores(ground);
  const stream = wireStream(ground, stores);
  const functions = wireFunctions(ground, stores);
  const settings = [
    new Ssm(ground.cloud),
    new Ecr(ground.cloud),
    stores.secrets,
    new DynamoDb(ground.cloud),
    new CognitoIdp(ground.cloud),
  ];
  const modelled: readonly Service[] = [
    ground.iam,
    // The order in which a frame passes them; their status lines read like the stream.
    ...[stream.mediaLive, stream.mediaPackage, stream.cloudFront, stores.s3, stores.mediaStore, stream.mediaConvert],
    ...functions.services,
    ...settings,
    new IvsChat(ground.cloud, { functions: functions.lambda, objects: stores.s3 }),
    new MediaTailor(ground.cloud),
    ...wireLake(ground, stores),
  ];
  const { engine, responses, faces } = wireCloudFormation(ground, { modelled, stores, lambda: functions.lambda });
  return {
    services: [...modelled, ...faces],
    engine,
    responses,
    mediaLive: stream.mediaLive,
    cloudWatch: functions.cloudWatch,
  };
}

/** Storage comes first: the encoder writes to it, the packager reads secrets, and Lambda loads code from S3. */
function wireStores({ cloud, apiUrl }: Ground) {
  return {
    s3: new S3(cloud),
    mediaStore: new MediaStore(cloud, apiUrl),
    secrets: new SecretsManager(cloud),
  };
}

/** The packager comes before the encoder, which asks it where to deliver. */
function wireStream(ground: Ground, { s3, mediaStore, secrets }: ReturnType<typeof wireStores>) {
  const { cloud, ffmpeg, processes, rtmpPort, preset, packagerFault: fault, harvestFault } = ground;
  const means = { ffmpeg: ffmpeg.path, processes, secrets, objects: s3 };
  const mediaPackage = new MediaPackage(cloud, { ...means, fault, harvestFault });
  const mediaLive = new MediaLive(cloud, {
    ffmpeg,
    processes,
    packager: mediaPackage,
    buckets: s3,
    containers: mediaStore,
    objects: s3,
    rtmpPort,
    preset,
  });
  const { edgePort: port, viewerCountry } = ground;
  const mediaConvert = new MediaConvert(cloud, { ffmpeg, processes, objects: s3 });
  return {
    mediaPackage,
    mediaLive,
    mediaConvert,
    cloudFront: new CloudFront(cloud, { port, viewerCountry, shelf: s3 }),
  };
}

/** Topics and logs come before Lambda, which writes to them; Lambda comes before the services that invoke it. */
function wireFunctions(ground: Ground, { s3 }: ReturnType<typeof wireStores>) {
  const { cloud, processes, credentials, assets, apiUrl, bus, feed, names } = ground;
  const sns = new Sns(cloud);
  const logs = new Logs(cloud);
  const lambda = new Lambda(cloud, {
    processes,
    credentials,
    objects: s3,
    assets,
    endpointUrl: apiUrl,
    names,
    log: logs,
    publish: (topicArn, message) => sns.publishTo(topicArn, message),
  });
  const events = new Events(cloud, { bus, functions: lambda, logs });
  const scheduler = new Scheduler(cloud, { functions: lambda });
  const cloudWatch = new CloudWatch(cloud, { functions: () => lambda });
  feed.listen(cloudWatch);
  return { lambda, cloudWatch, services: [lambda, logs, sns, events, scheduler, cloudWatch] };
}

/** The catalogue comes before the services that read its tables. */
function wireLake({ cloud }: Ground, { s3: shelf }: ReturnType<typeof wireStores>): readonly Service[] {
  const catalog = new Glue(cloud);
  return [catalog, new Firehose(cloud, { shelf, catalog }), new Athena(cloud, { shelf, catalog })];
}

/** The engine comes last, because it creates resources through every service before it. */
function wireCloudFormation(
  ground: Ground,
  parts: {
    readonly modelled: readonly Service[];
    readonly stores: ReturnType<typeof wireStores>;
    readonly lambda: Lambda;
  },
) {
  const { cloud, iam, credentials, apiUrl, onEvent } = ground;
  const responses = new CustomResourceResponses(cloud);
  const engine = new CloudFormation(cloud, {
    services: parts.modelled,
    lambda: parts.lambda,
    responses,
    responseUrl: apiUrl,
    onEvent,
  });
  // Services without resources of their own: the engine does not need them.
  const sts = new Sts(cloud, { credentials, roleTrusts: (...asked) => iam.roleTrustsCaller(...asked) });
  const api = new CloudFormationApi(cloud, { engine, objects: parts.stores.s3 });
  return { engine, responses, faces: [sts, api] };
}
