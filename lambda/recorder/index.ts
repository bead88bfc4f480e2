import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { MediaPackageV2Client } from '@aws-sdk/client-mediapackagev2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { CloudFormationCustomResourceEvent, Context, EventBridgeEvent } from 'aws-lambda';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { s3Store } from '../shared/recordings/object-store';
import type { RecordedChannel } from '../shared/recordings/recorded-channel';
import { setting } from '../shared/setting';
import { ownTokenPath } from '../shared/viewers/own-token';
import { edgeMedia } from './edge-media';
import { type StateChange, stateChanged, sweep } from './handler';
import { recordingsHandler } from './kept';
import { mediaPackageHarvester } from './media-package';
import { mediaPackageV1Harvester } from './media-package-v1';
import { type OperatorTask, operatorTask } from './operator';
import type { Harvester, RecorderSurroundings } from './surroundings';

const options = { maxAttempts: 6 };
const channels = mediaLiveChannels(new MediaLiveClient(options));
const store = s3Store(new S3Client(options), setting('BUCKET'));
const recorded = JSON.parse(setting('CHANNELS')) as readonly RecordedChannel[];
const harvester = harvesterOf(recorded);
const secrets = new SecretsManagerClient(options);
const sns = new SNSClient(options);
const cloudFront = new CloudFrontClient(options);

/** Time reserved for the last calls, in milliseconds. */
const RESERVE_MILLISECONDS = 60_000;
/** Longest wait for an answer of the edge, in milliseconds. */
const PATIENCE_MILLISECONDS = 15_000;

const reader = {
  edge: setting('EDGE'),
  async get(url: string) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
    return { status: answer.status, body: await answer.text() };
  },
  tokenPath: (channel: string) => ownTokenPath(secrets, channel),
  now: systemClock.now,
};

/** Makes the harvester of the origin, which all channels of a stack share. */
function harvesterOf([first, ...others]: readonly RecordedChannel[]): Harvester {
  const bucket = setting('BUCKET');
  if (first?.source !== 'media-package-v1') return mediaPackageHarvester(new MediaPackageV2Client(options), bucket);
  const endpoints = [first, ...others].flatMap(({ harvests }) => harvests.map(({ endpoint }) => endpoint));
  const roleArn = setting('HARVEST_ROLE_ARN');
  return mediaPackageV1Harvester(new MediaPackageClient(options), { endpoints, bucket, roleArn });
}

/** Makes the surroundings of an invocation. @param deadline - in milliseconds since 1970. */
function surroundings(deadline: number): RecorderSurroundings {
  return {
    recorded,
    channels,
    media: (channel, since) => edgeMedia(channel, since, reader),
    harvester,
    store,
    async forget(path) {
      await cloudFront.send(
        new CreateInvalidationCommand({
          DistributionId: setting('DISTRIBUTION_ID'),
          InvalidationBatch: {
            CallerReference: `${path} ${systemClock.now()}`,
            Paths: { Quantity: 1, Items: [path] },
          },
        }),
      );
    },
    async notify(subject, text) {
      await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject: subject, Message: text }));
    },
    clock: systemClock,
    deadline,
  };
}

const keep = customResource(recordingsHandler(surroundings));

/** A task of the recorder: by a schedule, or by an operator. */
type Task = { readonly task: 'sweep' } | OperatorTask;
type StateEvent = EventBridgeEvent<'MediaLive Channel State Change', { channel_arn: string; state: string }>;

/** Invoked by CloudFormation, by a rule for the channels' states, by a schedule, and by an operator. */
export async function handler(
  event: CloudFormationCustomResourceEvent | StateEvent | Task,
  context: Context,
): Promise<unknown> {
  if ('RequestType' in event) return keep(event, context);
  const around = surroundings(systemClock.now() + context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS);
  if ('task' in event && event.task !== 'sweep') return operatorTask(event, around);
  const lines = 'task' in event ? await sweep(around) : [await stateChanged(changeOf(event), around)];
  for (const line of lines) console.log(line);
  return lines;
}

function changeOf({ time, detail }: StateEvent): StateChange {
  return { arn: detail.channel_arn, state: detail.state, time };
}
