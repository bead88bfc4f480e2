import type { ResourceRequest, Value } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import { type EventPattern, eventPattern } from './event-pattern';

/** A receiver of a rule's events. */
export interface Target {
  readonly id: string;
  /** ARN of a Lambda function, or of a log group. */
  readonly arn: string;
  /** The input that it gets in place of the event; undefined for the event itself. */
  readonly input: Value | undefined;
}

/** An AWS::Events::Rule as its template declares it. */
export interface RuleSettings {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly pattern: EventPattern;
  /** The pattern as JSON. */
  readonly patternText: string;
  readonly targets: readonly Target[];
}

/** A rule of the default bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  settings: RuleSettings;
}

/**
 * Reads the properties of an AWS::Events::Rule on the default bus.
 *
 * @throws UnsupportedError for schedules, other buses, targets that are not functions, and everything else that is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */
export function ruleSettings(request: ResourceRequest): RuleSettings {
  const declared = PropertyReader.of(request).withoutEffect('Tags');
  if (declared.value('ScheduleExpression') !== undefined) {
    throw notModelled(declared.at('ScheduleExpression'), {
      advice: 'Use an AWS::Scheduler::Schedule, which also knows time zones',
    });
  }
  const bus = declared.maybeText('EventBusName') ?? 'default';
  if (!isDefaultBus(bus)) {
    throw notModelled(declared.at('EventBusName'), { given: bus, known: ['default'] });
  }
  const name = declared.maybeText('Name');
  if (name !== undefined && !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw new Error(`${declared.at('Name')}: ${name} was given; 1 to 64 of A-Z a-z 0-9 . - _ are needed`);
  }
  const description = declared.maybeText('Description');
  const enabled = declared.oneOf('State', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED';
  const written = declared.value('EventPattern');
  if (written === undefined) throw new Error(`${declared.at('EventPattern')} is missing`);
  const targets = declared.list('Targets').map(readTarget);
  const doubled = targets.find(({ id }, index) => targets.findIndex((other) => other.id === id) !== index);
  if (doubled !== undefined) {
    throw new Error(`${declared.path}.Targets: the Id ${doubled.id} was given twice; each target needs its own`);
  }
  declared.end();
  const pattern = eventPattern(written, `${declared.path}.EventPattern`);
  return { name, description, enabled, pattern, patternText: JSON.stringify(written), targets };
}

/** Tells whether a name or an ARN is that of the default bus. */
export function isDefaultBus(nameOrArn: string): boolean {
  return /^(arn:.*:event-bus\/)?default$/.test(nameOrArn);
}

function readTarget(declared: PropertyReader): Target {
  const arn = declared.text('Arn');
  if (!isFunction(arn) && !isLogGroup(arn)) {
    throw notModelled(declared.at('Arn'), { given: arn, known: ['the ARN of a Lambda function, or of a log group'] });
  }
  if (isLogGroup(arn) && declared.value('RoleArn') !== undefined) {
    throw new Error(
      `${declared.at('RoleArn')} was given; a log group is written to by its resource policy, and a role has no effect`,
    );
  }
  // Sending to a function always succeeds, so it is never repeated. Lambda's own retries follow.
  const retry = declared.section('RetryPolicy');
  retry.whole('MaximumRetryAttempts', 0, 185, 185);
  retry.whole('MaximumEventAgeInSeconds', 60, 86_400, 86_400);
  return { id: declared.text('Id'), arn, input: readInput(declared) };
}

function isFunction(arn: string): boolean {
  return /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+$/.test(arn);
}

/** Tells whether a target is a log group. */
export function isLogGroup(arn: string): boolean {
  return /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+(:\*)?$/.test(arn);
}

function readInput(declared: PropertyReader): Value | undefined {
  const text = declared.maybeText('Input');
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${declared.at('Input')}: ${JSON.stringify(text)} was given; JSON is needed`);
  }
}
