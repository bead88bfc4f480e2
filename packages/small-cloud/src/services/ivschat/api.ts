import type { ApiHandler, ApiRequest, ApiResponse, Cloud, Properties } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { jsonBody } from '../kit/json-protocol';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import type { LiveRoom } from './live-room';
import { bytesOf } from './messages';
import { invalid } from './room';
import { CAPABILITIES, type Capability, type ChatTokens } from './tokens';

/** Parts of IVS Chat that its API uses. */
export interface ChatApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'clock'>;
  readonly tokens: ChatTokens;
  /** Finds a room by its ARN. */
  readonly room: (arn: string) => LiveRoom | undefined;
}

type Operation = (subject: ChatApiSubject, input: PropertyReader, room: LiveRoom) => Properties;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateChatToken: createChatToken,
  SendEvent: sendEvent,
  DeleteMessage: deleteMessage,
  DisconnectUser: disconnectUser,
  UpdateRoom: updateRoom,
};

/**
 * Makes the handler of the part of IVS Chat's API that the users of a room need.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/Welcome.html
 */
export function chatApi(subject: ChatApiSubject): ApiHandler {
  return async (request) => {
    const name = request.path.slice(1);
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (operation === undefined || request.method !== 'POST') {
      throw notModelled(`IVS Chat ${request.method} ${request.path}`, { known: Object.keys(OPERATIONS) });
    }
    try {
      const input = new PropertyReader(jsonBody(request), '');
      const room = roomOf(subject, name, input, request);
      const output = operation(subject, input, room);
      return response(200, output);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { status, code, message, members } = error;
      return response(status, { message, ...members }, { 'x-amzn-errortype': code });
    }
  };
}

/** Finds the room of a call. Authorizes first, so that a caller without permission cannot learn whether it exists. */
function roomOf(
  { cloud, room }: ChatApiSubject,
  call: string,
  input: PropertyReader,
  { roleArn }: ApiRequest,
): LiveRoom {
  const arn = call === 'UpdateRoom' ? input.text('identifier') : input.text('roomIdentifier');
  authorized(cloud.access, roleArn, { action: `ivschat:${call}`, resource: arn });
  const found = room(arn);
  if (found !== undefined) return found;
  throw new AwsError('ResourceNotFoundException', `Room ${arn} was not found.`, 404, {
    resourceId: arn,
    resourceType: 'ROOM',
  });
}

function createChatToken({ cloud, tokens }: ChatApiSubject, input: PropertyReader, { room }: LiveRoom): Properties {
  const userId = sized(input, 'userId', 128);
  const capabilities = input.holds('capabilities') ? input.texts('capabilities').map(capability) : [];
  const minutes = input.whole('sessionDurationInMinutes', 1, 180, 60);
  const attributes = input.holds('attributes') ? input.map('attributes') : {};
  input.end();
  if (bytesOf(attributes) > 1024) throw invalid('attributes: at most 1 KB is possible');
  const until = cloud.clock.now() + minutes * 60_000;
  const { token, expires } = tokens.issue({ roomArn: room.arn, userId, capabilities, attributes, until });
  return {
    token,
    tokenExpirationTime: new Date(expires).toISOString(),
    sessionExpirationTime: new Date(until).toISOString(),
  };
}

function sendEvent(_: ChatApiSubject, input: PropertyReader, room: LiveRoom): Properties {
  const name = sized(input, 'eventName', 100);
  const attributes = input.holds('attributes') ? input.map('attributes') : {};
  input.end();
  if (bytesOf(attributes) > 1024) throw invalid('attributes: at most 1 KB is possible');
  return { id: room.event(name, attributes) };
}

function deleteMessage(_: ChatApiSubject, input: PropertyReader, room: LiveRoom): Properties {
  const id = input.text('id');
  if (!/^[a-zA-Z0-9]{12}$/.test(id)) throw invalid(`id: ${id} was given; 12 letters and digits are needed`);
  const reason = input.holds('reason') ? sized(input, 'reason', 256) : '';
  input.end();
  return { id: room.delete(id, reason) };
}

function disconnectUser(_: ChatApiSubject, input: PropertyReader, room: LiveRoom): Properties {
  const userId = sized(input, 'userId', 128);
  const reason = input.holds('reason') ? sized(input, 'reason', 256) : '';
  input.end();
  room.disconnect(userId, reason);
  return {};
}

/** Changes the limits of a room: the API allows more messages in a second than a template. */
function updateRoom(_: ChatApiSubject, input: PropertyReader, { room }: LiveRoom): Properties {
  const { settings } = room;
  const messagesPerSecond = input.whole('maximumMessageRatePerSecond', 1, 100, settings.messagesPerSecond);
  const messageLength = input.whole('maximumMessageLength', 1, 500, settings.messageLength);
  input.end();
  room.settings = { ...settings, messagesPerSecond, messageLength };
  const { arn, id } = room;
  return {
    arn,
    id,
    name: settings.name,
    maximumMessageRatePerSecond: messagesPerSecond,
    maximumMessageLength: messageLength,
  };
}

function sized(input: PropertyReader, key: string, most: number): string {
  const text = input.text(key);
  if (text.length >= 1 && text.length <= most) return text;
  throw invalid(`${key}: ${text.length} characters were given; 1 to ${most} are possible`);
}

function capability(name: string): Capability {
  const known = CAPABILITIES.find((one) => one === name);
  if (known !== undefined) return known;
  throw invalid(`capabilities: ${name} was given; one of ${CAPABILITIES.join(', ')} is needed`);
}

function response(status: number, body: Properties, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
