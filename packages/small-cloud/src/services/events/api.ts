import {
  type ApiHandler,
  type ApiRequest,
  type ApiResponse,
  type Cloud,
  type Properties,
  UnsupportedError,
  type Value,
} from '../../contract';
import { type Envelope, envelope } from './envelope';
import type { Rule } from './rule';

/** What the API shows and does. */
export interface EventsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId' | 'clock'>;
  readonly rules: ReadonlyMap<string, Rule>;
  route(event: Envelope): void;
}

interface Call {
  /** The fields of the request that it knows; any other is refused. */
  readonly fields: readonly string[];
  /** What is asked for, after `arn:…:events:REGION:ACCOUNT:`. */
  readonly resource: string;
  answer(subject: EventsApiSubject, input: Properties): Properties;
}

const CALLS: Readonly<Record<string, Call>> = {
  PutEvents: { fields: ['Entries'], resource: 'event-bus/default', answer: putEvents },
  ListRules: { fields: ['NamePrefix'], resource: 'rule/*', answer: listRules },
};

/**
 * The part of EventBridge's API that a run is tried with: PutEvents and ListRules.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventsApi(subject: EventsApiSubject): ApiHandler {
  return async (request) => {
    const action = /^AWSEvents\.(\w+)$/.exec(request.headers['x-amz-target'] ?? '')?.[1] ?? '';
    const call = Object.hasOwn(CALLS, action) ? CALLS[action] : undefined;
    if (call === undefined) {
      throw new UnsupportedError(
        `${action || 'A call without X-Amz-Target'} is not modelled by the local EventBridge, which knows ${Object.keys(CALLS).join(', ')}`,
      );
    }
    const refusal = unauthorized(subject, request, action, call.resource);
    if (refusal !== undefined) return refusal;
    const input = objectOf(request.body.toString());
    if (input === undefined) return response(400, { __type: 'SerializationException', message: 'JSON is expected.' });
    refuseStrangers(input, call.fields, action);
    return response(200, call.answer(subject, input));
  };
}

function putEvents({ cloud, route }: EventsApiSubject, { Entries }: Properties): Properties {
  const entries: readonly Value[] = Array.isArray(Entries) ? Entries : [];
  const results = entries.map((entry) => {
    const { Source, DetailType, Detail, Resources = [], EventBusName = 'default', Time, ...rest } = Object(entry);
    refuseStrangers(rest, [], 'PutEvents: Entries');
    if (!/^(arn:.*:event-bus\/)?default$/.test(String(EventBusName))) {
      throw new UnsupportedError(`PutEvents: the bus ${EventBusName} is not modelled; known: default`);
    }
    if (!isText(Source) || !isText(DetailType) || !isText(Detail)) {
      return refused('InvalidArgument', 'Parameters Source, DetailType and Detail are not valid: each must be there.');
    }
    if (Source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
    const detail = objectOf(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const time = typeof Time === 'number' ? Time * 1000 : undefined;
    const event = envelope(cloud, { source: Source, detailType: DetailType, resources: Resources, detail }, time);
    route(event);
    return { EventId: event.id };
  });
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function listRules({ rules }: EventsApiSubject, { NamePrefix = '' }: Properties): Properties {
  const found = [...rules.values()].filter(({ name }) => name.startsWith(String(NamePrefix)));
  return {
    Rules: found.map(({ name, arn, settings }) => ({
      Name: name,
      Arn: arn,
      EventPattern: settings.patternText,
      State: settings.enabled ? 'ENABLED' : 'DISABLED',
      EventBusName: 'default',
      ...(settings.description === undefined ? {} : { Description: settings.description }),
    })),
  };
}

function unauthorized(
  { cloud }: EventsApiSubject,
  { roleArn }: ApiRequest,
  operation: string,
  below: string,
): ApiResponse | undefined {
  const action = `events:${operation}`;
  const resource = `arn:${cloud.partition}:events:${cloud.region}:${cloud.accountId}:${below}`;
  if (roleArn === undefined || cloud.access.roleAllows(roleArn, { action, resource })) return undefined;
  const message = `User: ${roleArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return response(400, { __type: 'AccessDeniedException', Message: message });
}

function refuseStrangers(input: Properties, known: readonly string[], where: string): void {
  const stranger = Object.keys(input).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new UnsupportedError(`${where}: ${stranger} is not modelled by the local EventBridge. Leave it out.`);
  }
}

function refused(ErrorCode: string, ErrorMessage: string): Properties {
  return { ErrorCode, ErrorMessage };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function objectOf(text: string): Properties | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object(value) : undefined;
  } catch {
    return undefined;
  }
}

function response(status: number, body: Properties): ApiResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
