import type { ResourceRequest, Value } from '../../contract';
import { notModelled } from '../kit/not-modelled';
import { PropertyReader } from '../kit/property-reader';
import { type EventPattern, eventPattern } from './event-pattern';

/** Who gets the events of a rule. */
export interface Target {
  readonly id: string;
  /** Of a Lambda function. */
  readonly arn: string;
  /** What it gets in place of the event; undefined is the event. */
  readonly input: Value | undefined;
}

/** An AWS::Events::Rule as its template declares it. */
export interface RuleSettings {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly pattern: EventPattern;
  /** The pattern as it was written. */
  readonly patternText: string;
  readonly targets: readonly Target[];
}

/** A rule that is there. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  settings: RuleSettings;
}

/**
 * Reads the properties of an AWS::Events::Rule on the default bus.
 *
 * @throws UnsupportedError for schedules, other buses, other targets than functions, and all else that is not modelled.
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
    throw new Error(`${declared.path}.Name: "${name}" was given; 1 to 64 of A-Z a-z 0-9 . - _ are possible.`);
  }
  const description = declared.maybeText('Description');
  const enabled = declared.oneOf('State', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED';
  const written = declared.value('EventPattern');
  if (written === undefined) throw new Error(`${declared.path}.EventPattern is required.`);
  const targets = declared.list('Targets').map(readTarget);
  const doubled = targets.find(({ id }, index) => targets.findIndex((other) => other.id === id) !== index);
  if (doubled !== undefined) throw new Error(`${declared.path}.Targets: the Id "${doubled.id}" is there twice.`);
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
  if (!/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w-]+$/.test(arn)) {
    throw notModelled(declared.at('Arn'), { given: arn, known: ['the ARN of a Lambda function'] });
  }
  // A function takes what it is sent, so that sending is never tried again; Lambda's own retries come after that.
  const retry = declared.section('RetryPolicy');
  retry.whole('MaximumRetryAttempts', 0, 185, 185);
  retry.whole('MaximumEventAgeInSeconds', 60, 86_400, 86_400);
  return { id: declared.text('Id'), arn, input: readInput(declared) };
}

function readInput(declared: PropertyReader): Value | undefined {
  const text = declared.maybeText('Input');
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${declared.path}.Input: JSON is expected, not ${JSON.stringify(text)}.`);
  }
}
