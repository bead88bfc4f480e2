import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateChatTokenCommand,
  DeleteMessageCommand,
  DisconnectUserCommand,
  IvschatClient,
} from '@aws-sdk/client-ivschat';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { present } from '../shared/answer';
import { systemClock } from '../shared/clock';
import type { UrlAnswer, UrlEvent } from '../shared/function-url';
import { setting } from '../shared/setting';
import { dynamoBook as viewerBook } from '../shared/viewers/dynamo-book';
import { readKeyRing } from '../shared/viewers/key-ring';
import { knownViewer } from '../shared/viewers/known-viewer';
import { chat } from './handler';
import { dynamoBook } from './kept-out';
import { type OperatorTask, operate } from './operator';
import type { ChatSurroundings, RoomRules } from './surroundings';

/** Time for which a secret that was read is used, in milliseconds. */
const KEPT_MILLISECONDS = 30_000;

// A viewer waits for the answer: few tries, and a refusal that says so.
const options = { maxAttempts: 2, requestHandler: { requestTimeout: 3000, connectionTimeout: 1500 } };
const secrets = new SecretsManagerClient(options);
const rooms = new IvschatClient(options);
const dynamo = new DynamoDBClient(options);
const kept = new Map<string, { readonly text: string; readonly until: number }>();
const now = () => Math.floor(systemClock.now() / 1000);

/** Reads a secret, or what was read of it a moment ago. */
async function secret(id: string): Promise<string> {
  const known = kept.get(id);
  if (known !== undefined && known.until > Date.now()) return known.text;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
  kept.set(id, { text: SecretString, until: Date.now() + KEPT_MILLISECONDS });
  return SecretString;
}

const viewerTable = process.env['VIEWER_TABLE'];

const around: ChatSurroundings = {
  ...dynamoBook(dynamo, setting('TABLE'), now),
  rooms: JSON.parse(setting('ROOMS')) as Readonly<Record<string, RoomRules>>,
  async code() {
    const { code } = JSON.parse(await secret(setting('SECRET_ARN'))) as { readonly code?: string };
    return present('Secrets Manager', 'the code of the moderators', code);
  },
  async viewer(token, channel) {
    if (viewerTable === undefined) return undefined;
    const keys = async () => readKeyRing(await secret(setting('VIEWER_SECRET_ARN')));
    return knownViewer(token, channel, { keys, book: viewerBook(dynamo, viewerTable), now });
  },
  async createToken({ room, user, capabilities, attributes, minutes }) {
    const { token } = await rooms.send(
      new CreateChatTokenCommand({
        roomIdentifier: room,
        userId: user,
        capabilities: [...capabilities],
        attributes: { ...attributes },
        sessionDurationInMinutes: minutes,
      }),
    );
    return present('IVS Chat', 'a token', token);
  },
  async disconnect(roomIdentifier, userId, reason) {
    await rooms.send(new DisconnectUserCommand({ roomIdentifier, userId, reason }));
  },
  async deleteMessage(roomIdentifier, id) {
    await rooms.send(new DeleteMessageCommand({ roomIdentifier, id, reason: 'Deleted by the operator' }));
  },
  randomId: () => randomBytes(16).toString('base64url'),
  now,
};

/** Invoked by players through the edge, and by the operator. */
export function handler(event: UrlEvent | OperatorTask): Promise<UrlAnswer | object> {
  return 'task' in event ? operate(event, around) : chat(event, around);
}
