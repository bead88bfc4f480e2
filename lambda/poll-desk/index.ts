import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { systemClock } from '../shared/clock';
import type { UrlAnswer, UrlEvent } from '../shared/function-url';
import { setting } from '../shared/setting';
import { dynamoBook as viewerBook } from '../shared/viewers/dynamo-book';
import { readKeyRing } from '../shared/viewers/key-ring';
import { knownViewer } from '../shared/viewers/known-viewer';
import { dynamoBook } from './dynamo-book';
import { polls } from './handler';
import { type OperatorTask, operate } from './operator';
import type { PollRules, PollSurroundings } from './surroundings';

/** Time for which the keys that were read are used, in milliseconds. */
const KEPT_MILLISECONDS = 30_000;

// A viewer waits for the answer: few tries, and a refusal that says so.
const options = { maxAttempts: 3, requestHandler: { requestTimeout: 3000, connectionTimeout: 1500 } };
const secrets = new SecretsManagerClient(options);
const dynamo = new DynamoDBClient(options);
const now = () => systemClock.now() / 1000;
let kept = { text: '', until: 0 };

async function viewerKeys() {
  if (kept.until <= Date.now()) {
    const asked = new GetSecretValueCommand({ SecretId: setting('VIEWER_SECRET_ARN') });
    const { SecretString: text = '' } = await secrets.send(asked);
    kept = { text, until: Date.now() + KEPT_MILLISECONDS };
  }
  return readKeyRing(kept.text);
}

const viewerTable = process.env['VIEWER_TABLE'];

const around: PollSurroundings = {
  channels: JSON.parse(setting('CHANNELS')) as Readonly<Record<string, PollRules>>,
  book: dynamoBook(dynamo, setting('TABLE')),
  async viewer(token, channel) {
    if (viewerTable === undefined) return undefined;
    return knownViewer(token, channel, { keys: viewerKeys, book: viewerBook(dynamo, viewerTable), now });
  },
  randomId: () => randomBytes(16).toString('base64url'),
  now,
};

/** Invoked by players through the edge, and by the operator. */
export function handler(event: UrlEvent | OperatorTask): Promise<UrlAnswer | object> {
  return 'task' in event ? operate(event, around) : polls(event, around);
}
