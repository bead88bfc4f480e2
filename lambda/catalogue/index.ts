import { CreateJobCommand, GetJobCommand, MediaConvertClient, NotFoundException } from '@aws-sdk/client-mediaconvert';
import { MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { MediaPackageV2Client } from '@aws-sdk/client-mediapackagev2';
import { S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { present } from '../shared/answer';
import { systemClock } from '../shared/clock';
import { s3Store } from '../shared/recordings/object-store';
import { pictureStore } from '../shared/recordings/picture-store';
import { readRecorded } from '../shared/recordings/recorded-channel';
import { setting } from '../shared/setting';
import { settle, tidy } from './handler';
import { packagerState, storedState, v1State } from './harvest-state';
import { type Heard, heardOf } from './heard';
import { patient } from './patient';
import type { CatalogueSurroundings, Converter } from './surroundings';

const options = { maxAttempts: 6 };
const s3 = new S3Client(options);
const store = s3Store(s3, setting('BUCKET'));
const recorded = readRecorded(setting('CHANNELS'));
const mediaConvert = new MediaConvertClient(options);
const sns = new SNSClient(options);

const converter: Converter = {
  async start(job) {
    const { Job } = await mediaConvert.send(new CreateJobCommand(job));
    return present('MediaConvert', 'the id of the job', Job?.Id);
  },
  async job(id) {
    try {
      const { Job } = await mediaConvert.send(new GetJobCommand({ Id: id }));
      const { Status, UserMetadata, ErrorCode, ErrorMessage } = Job ?? {};
      return {
        jobId: id,
        status: Status,
        userMetadata: UserMetadata,
        errorCode: ErrorCode,
        errorMessage: ErrorMessage,
      };
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  },
};

/** Makes the question how a harvest goes, for the origin that all channels of a stack share. */
function harvestState(reasons: ReadonlyMap<string, string>): CatalogueSurroundings['harvest'] {
  switch (recorded[0]?.source) {
    case 's3':
      return storedState(store);
    case 'media-package-v1':
      return v1State(new MediaPackageClient(options), reasons);
    default:
      return packagerState(new MediaPackageV2Client(options));
  }
}

function surroundings(reasons: ReadonlyMap<string, string>): CatalogueSurroundings {
  const bucket = setting('BUCKET');
  return {
    recorded,
    store,
    pictures: pictureStore(s3, bucket),
    harvest: harvestState(reasons),
    converter,
    bucket,
    convertRoleArn: setting('CONVERT_ROLE_ARN'),
    async notify(subject, text) {
      await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject: subject, Message: text }));
    },
    clock: systemClock,
  };
}

/**
 * Invoked when a harvest or a conversion has ended, and by a schedule. An event only says where to look: what it tells is
 * asked again, so one that comes late or twice changes nothing.
 */
export async function handler(event: Heard, context: Context): Promise<readonly string[]> {
  const { channel, reasons } = heardOf(event, recorded);
  const around = patient(surroundings(reasons), systemClock.now() + context.getRemainingTimeInMillis());
  const lines = await settle(channel, around);
  if (event.detail === undefined) await tidy(around);
  for (const line of lines) console.log(line);
  return lines;
}
