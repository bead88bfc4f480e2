import type { ResourceRequest } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import { type Occurrences, scheduleExpression } from './schedule-expression';
import { timeZone } from './time-zone';

/** An AWS::Scheduler::Schedule as its template declares it. */
export interface ScheduleSettings {
  readonly name: string | undefined;
  readonly group: string;
  readonly enabled: boolean;
  /** The expression and its time zone as declared. */
  readonly text: string;
  readonly occurrences: Occurrences;
  /** Milliseconds since 1970. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** 0 to 1440: the longest delay. Each invocation has a random one. */
  readonly windowMinutes: number;
  /** ARN of a Lambda function. */
  readonly target: string;
  readonly roleArn: string;
  /** JSON with context attributes still to be filled in; undefined for Scheduler's own event. */
  readonly input: string | undefined;
}

/**
 * Reads the properties of an AWS::Scheduler::Schedule.
 *
 * @throws UnsupportedError for targets that are not functions, and for everything else that is not modelled; Error for a
 * schedule that Scheduler would refuse.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
 */
export function scheduleSettings(request: ResourceRequest): ScheduleSettings {
  const declared = PropertyReader.of(request).withoutEffect('Description');
  const name = resourceName(declared);
  const group = declared.maybeText('GroupName') ?? 'default';
  const enabled = declared.oneOf('State', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED';
  const expression = declared.text('ScheduleExpression');
  const zone = declared.maybeText('ScheduleExpressionTimezone') ?? 'UTC';
  const occurrences = scheduleExpression(expression, timeZone(zone));
  const start = date(declared, 'StartDate');
  const end = date(declared, 'EndDate');
  if (start !== undefined && end !== undefined && end <= start) {
    throw new Error(`${declared.path}.EndDate: The EndDate must come after the StartDate.`);
  }
  const windowMinutes = flexibleWindow(declared.part('FlexibleTimeWindow'));
  const target = readTarget(declared.part('Target'));
  declared.end();
  return { name, group, enabled, text: `${expression} ${zone}`, occurrences, start, end, windowMinutes, ...target };
}

/** Reads the `Name` of a schedule or of a group; undefined when CloudFormation generates one. */
export function resourceName(declared: PropertyReader): string | undefined {
  const name = declared.maybeText('Name');
  if (name === undefined || /^[0-9a-zA-Z\-_.]{1,64}$/.test(name)) return name;
  throw new Error(`${declared.at('Name')}: ${name} was given; 1 to 64 of A-Z a-z 0-9 - _ . are needed`);
}

function flexibleWindow(declared: PropertyReader): number {
  if (declared.oneOf('Mode', ['OFF', 'FLEXIBLE']) === 'FLEXIBLE') {
    declared.number('MaximumWindowInMinutes');
    return declared.whole('MaximumWindowInMinutes', 1, 1440, 1);
  }
  if (declared.value('MaximumWindowInMinutes') !== undefined) {
    throw new Error(`${declared.at('MaximumWindowInMinutes')} was given with Mode OFF; it needs Mode FLEXIBLE`);
  }
  return 0;
}

function readTarget(declared: PropertyReader): Pick<ScheduleSettings, 'target' | 'roleArn' | 'input'> {
  const target = declared.text('Arn');
  if (!/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+$/.test(target)) {
    throw notModelled(declared.at('Arn'), { given: target, known: ['the ARN of a Lambda function'] });
  }
  // Sending to a function always succeeds, so it is never repeated. Lambda's own retries follow.
  const retry = declared.section('RetryPolicy');
  retry.whole('MaximumRetryAttempts', 0, 185, 185);
  retry.whole('MaximumEventAgeInSeconds', 60, 86_400, 86_400);
  const input = declared.maybeText('Input');
  if (input !== undefined && !isJson(input)) {
    throw new Error(`${declared.at('Input')}: ${JSON.stringify(input)} was given; JSON is needed`);
  }
  return { target, roleArn: declared.text('RoleArn'), input };
}

/** Reads a date, in UTC unless it has an offset. */
function date(declared: PropertyReader, key: string): number | undefined {
  const text = declared.maybeText(key);
  if (text === undefined) return undefined;
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) {
    throw new Error(`${declared.at(key)}: ${text} was given; a time like 2026-11-24T09:00:00Z is needed`);
  }
  return time;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
