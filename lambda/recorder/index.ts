import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { MediaLiveClient } from '@aws-sdk/client-medialive';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { CloudFormationCustomResourceEvent, Context, EventBridgeEvent } from 'aws-lambda';
import { NoAnswerError } from '../shared/answer';
import { mediaLiveChannels } from '../shared/channels/media-live';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { s3Store } from '../shared/recordings/object-store';
import { readRecorded } from '../shared/recordings/recorded-channel';
import { setting } from '../shared/setting';
import { ownTokenPath } from '../shared/viewers/own-token';
import { edgeMedia } from './edge-media';
import { type StateChange, stateChanged, sweep } from './handler';
import { recordingsHandler } from './kept';
import { harvesterOf, RETRIES as options, storedMeans } from './means';
import { type OperatorTask, operatorTask } from './operator';
import { patient } from './patient';
import { copyMedia, storedMedia } from './stored-media';
import type { RecorderSurroundings } from './surroundings';

const channels = mediaLiveChannels(new MediaLiveClient(options));
const s3 = new S3Client(options);
const store = s3Store(s3, setting('BUCKET'));
const recorded = readRecorded(setting('CHANNELS'));
const stored = storedMeans(recorded, s3);
const harvester = harvesterOf(recorded, stored);
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
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
      return { status: answer.status, body: await answer.text() };
    } catch (error) {
      throw new NoAnswerError(`The edge could not be reached (${error})`, { cause: error });
    }
  },
  tokenPath: (channel: string) => ownTokenPath(secrets, channel),
  now: systemClock.now,
};

/** Makes the surroundings of an invocation. @param deadline - in milliseconds since 1970. */
function surroundings(deadline: number): RecorderSurroundings {
  return {
    recorded,
    channels,
    media: (channel, since) =>
      stored === undefined ? edgeMedia(channel, since, reader) : storedMedia(channel, since, stored),
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
type Task = { readonly task: 'sweep' | 'copy' } | OperatorTask;
type StateEvent = EventBridgeEvent<'MediaLive Channel State Change', { channel_arn: string; state: string }>;

/** Invoked by CloudFormation, by a rule for the channels' states, by a schedule, and by an operator. */
export async function handler(
  event: CloudFormationCustomResourceEvent | StateEvent | Task,
  context: Context,
): Promise<unknown> {
  if ('RequestType' in event) return keep(event, context);
  const around = surroundings(systemClock.now() + context.getRemainingTimeInMillis() - RESERVE_MILLISECONDS);
  if (!('task' in event)) return logged([await stateChanged(changeOf(event), patient(around))]);
  switch (event.task) {
    case 'sweep':
      return logged(await sweep(patient(around)));
    case 'copy':
      return copyAll();
    default:
      return operatorTask(event, around);
  }
}

function logged(lines: readonly string[]): readonly string[] {
  for (const line of lines) console.log(line);
  return lines;
}

/** Copies what the playlists of all channels list. A failure for one does not keep the others from being copied. */
async function copyAll(): Promise<void> {
  if (stored === undefined) return;
  const results = await Promise.allSettled(recorded.map((channel) => copyMedia(channel, stored)));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
}

function changeOf({ time, detail }: StateEvent): StateChange {
  return { arn: detail.channel_arn, state: detail.state, time };
}
