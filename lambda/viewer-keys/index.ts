import { randomBytes } from 'node:crypto';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { systemClock } from '../shared/clock';
import { customResource } from '../shared/custom-resource/respond';
import { setting } from '../shared/setting';
import { dynamoBook } from '../shared/viewers/dynamo-book';
import { edgeStore } from '../shared/viewers/edge-store';
import { linkSecretOf } from '../shared/viewers/link';
import { type KeyTask, keyTask, viewerKeysHandler } from './handler';
import type { KeySurroundings } from './surroundings';

const options = { maxAttempts: 6 };
const secrets = new SecretsManagerClient(options);

async function read(id: string): Promise<string> {
  const { SecretString = '{}' } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
  return SecretString;
}

const linkSecretId = process.env['LINK_SECRET_ARN'];

const around: KeySurroundings = {
  book: dynamoBook(new DynamoDBClient(options), setting('TABLE')),
  edge: edgeStore(new CloudFrontKeyValueStoreClient(options), setting('STORE_ARN'), systemClock),
  secret: {
    read: () => read(setting('SECRET_ARN')),
    write: async (SecretString) => {
      await secrets.send(new PutSecretValueCommand({ SecretId: setting('SECRET_ARN'), SecretString }));
    },
  },
  linkSecret: async () => (linkSecretId === undefined ? undefined : linkSecretOf(await read(linkSecretId))),
  channels: JSON.parse(setting('CHANNELS')) as readonly string[],
  sessionHours: Number(setting('SESSION_HOURS')),
  newSecret: () => randomBytes(32).toString('base64url'),
  randomId: () => randomBytes(12).toString('base64url'),
  clock: systemClock,
};

const keep = customResource(viewerKeysHandler(around));

/** Invoked by CloudFormation, by a schedule, and by an operator. */
export async function handler(event: CloudFormationCustomResourceEvent | KeyTask, context: Context): Promise<unknown> {
  return 'task' in event ? keyTask(event, around) : keep(event, context);
}
