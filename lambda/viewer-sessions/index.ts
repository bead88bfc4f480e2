import { randomBytes } from 'node:crypto';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { systemClock } from '../shared/clock';
import type { UrlAnswer, UrlEvent } from '../shared/function-url';
import { setting } from '../shared/setting';
import { dynamoBook } from '../shared/viewers/dynamo-book';
import { edgeStore, revocations } from '../shared/viewers/edge-store';
import { readKeyRing } from '../shared/viewers/key-ring';
import { linkSecretOf } from '../shared/viewers/link';
import { session } from './handler';
import { type SignInSetting, signIn } from './sign-in';
import type { AccessRules, SessionSurroundings } from './surroundings';

/** Time for which a secret that was read is used, in milliseconds. */
const KEPT_MILLISECONDS = 30_000;

// A viewer waits for the answer: few tries, and a refusal that says so.
const options = { maxAttempts: 3, requestHandler: { requestTimeout: 3000, connectionTimeout: 1500 } };
const secrets = new SecretsManagerClient(options);
const sns = new SNSClient(options);
const kept = new Map<string, { readonly text: string; readonly until: number }>();

/** Reads a secret, or what was read of it a moment ago. */
async function secret(id: string): Promise<string> {
  const known = kept.get(id);
  if (known !== undefined && known.until > Date.now()) return known.text;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
  kept.set(id, { text: SecretString, until: Date.now() + KEPT_MILLISECONDS });
  return SecretString;
}

const { signIn: how, ...rules } = JSON.parse(setting('RULES')) as AccessRules & { readonly signIn?: SignInSetting };
const edge = edgeStore(new CloudFrontKeyValueStoreClient(options), setting('STORE_ARN'), systemClock);
const linkSecretId = process.env['LINK_SECRET_ARN'];

const around: SessionSurroundings = {
  rules,
  book: dynamoBook(new DynamoDBClient(options), setting('TABLE')),
  async keys() {
    const ring = readKeyRing(await secret(setting('SECRET_ARN')));
    if (ring === undefined) throw new Error('The stack has no keys yet');
    return ring;
  },
  linkSecret: async () => (linkSecretId === undefined ? undefined : linkSecretOf(await secret(linkSecretId))),
  signedIn: how === undefined ? async () => undefined : signIn(how),
  revoke: (sids, until) => edge.put(revocations(sids, until)),
  notify: async (Subject, Message) => {
    await sns.send(new PublishCommand({ TopicArn: setting('TOPIC_ARN'), Subject, Message }));
  },
  randomId: () => randomBytes(12).toString('base64url'),
  now: () => Math.floor(systemClock.now() / 1000),
};

/** Invoked by players, through the edge. */
export function handler(event: UrlEvent): Promise<UrlAnswer> {
  return session(event, around);
}
