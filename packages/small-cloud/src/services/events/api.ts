import { type ApiHandler, type ApiRequest, type Cloud, isObject, type Properties, type Value } from '../../contract';
import { authorized } from '../kit/authorized';
import { parsedJson } from '../kit/json';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import { notModelled } from '../kit/not-modelled';
import type { PropertyReader } from '../kit/property-reader';
import { type Envelope, envelope } from './envelope';
import { isDefaultBus, type Rule } from './rule';

/** Parts of EventBridge that its API shows and uses. */
export interface EventsApiSubject {
  readonly cloud: Pick<Cloud, 'access' | 'partition' | 'region' | 'accountId' | 'clock'>;
  readonly rules: ReadonlyMap<string, Rule>;
  route(event: Envelope): void;
}

const ACCESS_DENIED = { code: 'AccessDeniedException', status: 400 } as const;

/**
 * Makes the handler of the part of EventBridge's API that a run is tried with: PutEvents and ListRules.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventsApi(subject: EventsApiSubject): ApiHandler {
  const operations = { PutEvents: putEvents(subject), ListRules: listRules(subject) };
  return jsonHandler({ name: 'EventBridge', target: 'AWSEvents', operations });
}

function putEvents(subject: EventsApiSubject): JsonOperation {
  return (input, request) => {
    authorize(subject, request, 'events:PutEvents', 'event-bus/default');
    const entries = input.list('Entries').map(readEntry);
    // Read every entry before routing the first, so that a call that is refused routes nothing.
    input.end();
    const results = entries.map((entry) => putEvent(subject, entry));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
}

interface Entry {
  readonly source: Value | undefined;
  readonly detailType: Value | undefined;
  /** JSON. */
  readonly detail: Value | undefined;
  readonly resources: readonly string[];
  /** Seconds since 1970. */
  readonly time: Value | undefined;
}

function readEntry(entry: PropertyReader): Entry {
  const bus = entry.maybeText('EventBusName') ?? 'default';
  if (!isDefaultBus(bus)) throw notModelled(entry.at('EventBusName'), { given: bus, known: ['default'] });
  return {
    source: entry.value('Source'),
    detailType: entry.value('DetailType'),
    detail: entry.value('Detail'),
    resources: entry.texts('Resources'),
    time: entry.value('Time'),
  };
}

/** Routes one event. A refused event is an entry of the answer and not an error, so the others go on. */
function putEvent({ cloud, route }: EventsApiSubject, entry: Entry): Properties {
  const { source, detailType, detail: text, resources, time } = entry;
  if (!isText(source) || !isText(detailType) || !isText(text)) {
    return refused('InvalidArgument', 'Parameters Source, DetailType and Detail are not valid: each must be there.');
  }
  if (source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parsedJson(text);
  if (!isObject(detail)) return refused('MalformedDetail', 'Detail is malformed.');
  const milliseconds = typeof time === 'number' ? time * 1000 : undefined;
  const event = envelope(cloud, { source, detailType, resources, detail }, milliseconds);
  route(event);
  return { EventId: event.id };
}

function listRules(subject: EventsApiSubject): JsonOperation {
  return (input, request) => {
    authorize(subject, request, 'events:ListRules', 'rule/*');
    const prefix = input.maybeText('NamePrefix') ?? '';
    input.end();
    const found = [...subject.rules.values()].filter(({ name }) => name.startsWith(prefix));
    return { Rules: found.map(describedRule) };
  };
}

function describedRule({ name, arn, settings }: Rule): Properties {
  const rule = {
    Name: name,
    Arn: arn,
    EventPattern: settings.patternText,
    State: settings.enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: 'default',
  };
  return settings.description === undefined ? rule : { ...rule, Description: settings.description };
}

/** @param below - the end of the resource's ARN, after `arn:…:events:REGION:ACCOUNT:`. */
function authorize({ cloud }: EventsApiSubject, { roleArn }: ApiRequest, action: string, below: string): void {
  const resource = `arn:${cloud.partition}:events:${cloud.region}:${cloud.accountId}:${below}`;
  authorized(cloud.access, roleArn, { action, resource }, ACCESS_DENIED);
}

function refused(ErrorCode: string, ErrorMessage: string): Properties {
  return { ErrorCode, ErrorMessage };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
