import { type ApiHandler, type ApiRequest, type ApiResponse, UnsupportedError } from '../../../contract';
import { ServiceError } from '../contract/service-error';
import { failIfAsked } from '../control/unforgiving';
import { type ApiSubject, type Asked, asked, type Call } from './call';
import { CHANNEL_CALLS } from './channel-calls';
import { INPUT_CALLS } from './input-calls';
import { SCHEDULE_CALLS } from './schedule-calls';
import { TAG_CALLS } from './tag-calls';

const CALLS: readonly Call[] = [...CHANNEL_CALLS, ...INPUT_CALLS, ...SCHEDULE_CALLS, ...TAG_CALLS];

/**
 * Answers the part of MediaLive's REST API that is needed to run channels. Any other call is answered with 501 and its
 * name.
 *
 * @see https://docs.aws.amazon.com/medialive/latest/apireference/resources.html
 */
export function mediaLiveApi(subject: ApiSubject): ApiHandler {
  return async (request) => {
    try {
      return await answer(subject, request);
    } catch (error) {
      if (error instanceof ServiceError) return failure(error);
      if (error instanceof UnsupportedError) {
        return failure(new ServiceError('NotImplementedException', error.message));
      }
      throw error;
    }
  };
}

async function answer(subject: ApiSubject, request: ApiRequest): Promise<ApiResponse> {
  const { method, path, roleArn } = request;
  for (const call of CALLS) {
    const match = method === call.method ? call.path.exec(path) : null;
    if (match === null) continue;
    const question = asked(decodeURIComponent(match[1] ?? ''), request);
    if (roleArn !== undefined) authorize(subject, call, question, roleArn);
    if (subject.unforgiving.throttle?.(call.action)) {
      throw new ServiceError('TooManyRequestsException', 'Too many requests: please wait and try again');
    }
    failIfAsked(subject.unforgiving, call.action);
    const result = await call.answer(subject, question);
    return call.status === 204 ? { status: 204 } : response(call.status ?? 200, result);
  }
  const known = CALLS.map(({ action }) => action).join(', ');
  throw new ServiceError(
    'NotImplementedException',
    `${method} ${path} is not modelled by the local MediaLive, which knows ${known}`,
  );
}

/**
 * Checks that a role may make a call. @throws ServiceError (AccessDeniedException) when it may not do this to one of
 * the resources.
 */
function authorize(subject: ApiSubject, call: Call, question: Asked, roleArn: string): void {
  const action = `medialive:${call.action}`;
  const targets = call.targets(subject, question);
  for (const { arn, tags } of targets.length > 0 ? targets : [{ arn: '*', tags: {} }]) {
    const resourceTags = Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value] as const);
    const context = { ...Object.fromEntries(resourceTags), ...call.context?.(question) };
    if (subject.access.roleAllows(roleArn, { action, resource: arn, context })) continue;
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${roleArn} is not authorized to perform: ${action} on resource: ${arn}`,
    );
  }
}

function response(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function failure({ code, message, status }: ServiceError): ApiResponse {
  return response(status, { message }, { 'x-amzn-errortype': code });
}
