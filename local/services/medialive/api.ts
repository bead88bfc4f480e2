import type { Access, ApiHandler, ApiRequest, ApiResponse } from '../../cloud';
import { channelShape, channelSummary, inputShape } from './api-shapes';
import type { Channel, Channels } from './channels';
import type { Input } from './inputs';
import type { Registry } from './registry';
import { ServiceError } from './service-error';

/** What the API shows and does. */
export interface ApiSubject {
  readonly access: Pick<Access, 'roleAllows'>;
  readonly channels: Registry<Channel>;
  readonly inputs: Registry<Input>;
  readonly lifecycle: Pick<Channels, 'start' | 'stop'>;
}

interface Call {
  readonly action: string;
  readonly method: string;
  readonly path: RegExp;
  /** ARN of what is asked for; `*` for lists. */
  resource(subject: ApiSubject, id: string): string;
  answer(subject: ApiSubject, id: string): unknown;
}

const CALLS: readonly Call[] = [
  {
    action: 'StartChannel',
    method: 'POST',
    path: /^\/prod\/channels\/([^/]+)\/start$/,
    resource: channelArn,
    answer: ({ channels, lifecycle }, id) => {
      lifecycle.start(channels.get(id));
      return channelShape(channels.get(id));
    },
  },
  {
    action: 'StopChannel',
    method: 'POST',
    path: /^\/prod\/channels\/([^/]+)\/stop$/,
    resource: channelArn,
    answer: ({ channels, lifecycle }, id) => {
      lifecycle.stop(channels.get(id));
      return channelShape(channels.get(id));
    },
  },
  {
    action: 'DescribeChannel',
    method: 'GET',
    path: /^\/prod\/channels\/([^/]+)$/,
    resource: channelArn,
    answer: ({ channels }, id) => channelShape(channels.get(id)),
  },
  {
    action: 'ListChannels',
    method: 'GET',
    path: /^\/prod\/channels$/,
    resource: () => '*',
    answer: ({ channels }) => ({ channels: channels.all().map(channelSummary) }),
  },
  {
    action: 'DescribeInput',
    method: 'GET',
    path: /^\/prod\/inputs\/([^/]+)$/,
    resource: ({ inputs }, id) => inputs.arn(id),
    answer: ({ inputs }, id) => inputShape(inputs.get(id)),
  },
  {
    action: 'ListInputs',
    method: 'GET',
    path: /^\/prod\/inputs$/,
    resource: () => '*',
    answer: ({ inputs }) => ({ inputs: inputs.all().map(inputShape) }),
  },
];

/**
 * The part of MediaLive's REST API that is needed to run channels. Everything else is answered 501, by name.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/resources.html
 */
export function mediaLiveApi(subject: ApiSubject): ApiHandler {
  return async (request) => {
    try {
      return response(200, answer(subject, request));
    } catch (error) {
      if (error instanceof ServiceError) return failure(error);
      throw error;
    }
  };
}

function answer(subject: ApiSubject, { method, path, roleArn }: ApiRequest): unknown {
  for (const call of CALLS) {
    const match = method === call.method ? call.path.exec(path) : null;
    if (match === null) continue;
    const id = decodeURIComponent(match[1] ?? '');
    const request = { action: `medialive:${call.action}`, resource: call.resource(subject, id) };
    if (roleArn !== undefined && !subject.access.roleAllows(roleArn, request)) {
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${roleArn} is not authorized to perform: ${request.action} on resource: ${request.resource}`,
      );
    }
    return call.answer(subject, id);
  }
  const known = CALLS.map(({ action }) => action).join(', ');
  throw new ServiceError(
    'NotImplementedException',
    `${method} ${path} is not modelled by the local MediaLive, which knows ${known}`,
  );
}

function channelArn({ channels }: ApiSubject, id: string): string {
  return channels.arn(id);
}

function response(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function failure({ code, message, status }: ServiceError): ApiResponse {
  return response(status, { message }, { 'x-amzn-errortype': code });
}
