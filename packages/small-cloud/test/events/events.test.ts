import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Cloud, type Properties, type ResourceState, UnsupportedError, type Value } from '../../src/contract';
import { DefaultBus } from '../../src/services/events/default-bus';
import { Events } from '../../src/services/events/events';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { TestFunctions } from './test-functions';

const GUARD = 'arn:aws:lambda:eu-west-1:111122223333:function:guard';
const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/alert';
const NOW = Date.UTC(2026, 10, 24, 9, 30, 0, 123);
const ALERT = {
  source: 'aws.medialive',
  detailType: 'MediaLive Channel Alert',
  resources: ['arn:aws:medialive:eu-west-1:111122223333:channel:1'],
  detail: { alarm_state: 'SET' },
};
const PATTERN = { source: ['aws.medialive'], detail: { alarm_state: ['SET'] } };

let bus: DefaultBus;
let functions: TestFunctions;
let cloud: Cloud & { readonly told: readonly string[] };
let events: Events;

beforeEach(() => {
  bus = new DefaultBus();
  functions = new TestFunctions();
  functions.allowed.add(`events.amazonaws.com for ${RULE}`);
  cloud = quietCloud({
    clock: { now: () => NOW, speed: 1 },
    events: bus,
    access: {
      roleAllows: (role) => role === 'arn:role/may',
      roleTrusts: () => false,
      policyAllows: () => false,
      policyDenies: () => false,
    },
  });
  events = new Events(cloud, { bus, functions });
});

const request = (properties: Properties) => ({
  stackName: 'live',
  stackId: 'arn:stack/live/1',
  logicalId: 'Rule',
  type: 'AWS::Events::Rule',
  properties: { Name: 'alert', EventPattern: PATTERN, Targets: [{ Id: 'Target0', Arn: GUARD }], ...properties },
});

function provider() {
  const found = events.resources['AWS::Events::Rule'];
  if (found === undefined) throw new Error('no provider');
  return found;
}

const rule = (properties: Properties = {}): Promise<ResourceState> => provider().create(request(properties));

/** Puts an event and waits until it has been handed on. */
async function put(event = ALERT): Promise<void> {
  bus.put(event);
  await Promise.resolve();
  await Promise.resolve();
}

describe('a rule', () => {
  test('is known by its name', async () => {
    expect(await rule()).toEqual({ physicalId: 'alert', ref: 'alert', attributes: { Arn: RULE, RuleName: 'alert' } });
    await expect(rule()).rejects.toThrow('alert already exists');
  });

  test("sends matching events to its functions, in EventBridge's envelope", async () => {
    await rule();
    await put();
    await put({ ...ALERT, source: 'aws.s3' });
    expect(functions.invoked).toEqual([
      {
        arn: GUARD,
        event: {
          version: '0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          'detail-type': 'MediaLive Channel Alert',
          source: 'aws.medialive',
          account: '111122223333',
          time: '2026-11-24T09:30:00Z',
          region: 'eu-west-1',
          resources: ['arn:aws:medialive:eu-west-1:111122223333:channel:1'],
          detail: { alarm_state: 'SET' },
        },
      },
    ]);
  });

  test('sends a constant in place of the event when its target says so', async () => {
    await rule({
      Targets: [{ Id: 'a', Arn: GUARD, Input: '{"why":"alert"}', RetryPolicy: { MaximumRetryAttempts: 2 } }],
    });
    await put();
    expect(functions.invoked).toEqual([{ arn: GUARD, event: { why: 'alert' } }]);
  });

  test('without a permission invokes nothing, and names the missing permission', async () => {
    functions.allowed.clear();
    await rule();
    await put();
    expect(functions.invoked).toEqual([]);
    expect(cloud.told).toEqual([
      `events alert: an event fits ("MediaLive Channel Alert"), but ${GUARD} is not invoked: no AWS::Lambda::Permission allows lambda:InvokeFunction to events.amazonaws.com for ${RULE}`,
    ]);
  });

  test('tells when a function cannot be invoked', async () => {
    functions.failure = new Error('Function not found: guard');
    await rule();
    await put();
    await Promise.resolve();
    expect(cloud.told.at(-1)).toBe(`events alert: ${GUARD} is not invoked: Function not found: guard`);
  });

  test('that is disabled, deleted or of a stopped run sends nothing', async () => {
    const disabled = await rule({ State: 'DISABLED' });
    await put();
    await provider().update?.(disabled, request({}), request({ State: 'DISABLED' }).properties);
    await put();
    expect(functions.invoked).toHaveLength(1);
    await provider().delete(disabled, request({}));
    await put();
    await rule();
    await events.stop();
    await put();
    expect(functions.invoked).toHaveLength(1);
  });

  test('takes a new pattern and new targets, and is replaced for a new name', async () => {
    const state = await rule();
    await provider().update?.(state, request({ EventPattern: { source: ['aws.s3'] } }), request({}).properties);
    await put();
    expect(functions.invoked).toEqual([]);
    await put({ ...ALERT, source: 'aws.s3' });
    expect(functions.invoked).toHaveLength(1);
    expect(provider().replacedBy).toEqual(['Name', 'EventBusName']);
  });

  test.each<[string, Properties, string]>([
    [
      'a schedule',
      { ScheduleExpression: 'rate(1 day)' },
      'Rule.ScheduleExpression is not modelled by the local run. Use an AWS::Scheduler::Schedule',
    ],
    ['another bus', { EventBusName: 'mine' }, 'EventBusName: mine is not modelled by the local run; it knows default'],
    [
      'a queue',
      { Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:eu-west-1:111122223333:q' }] },
      'the ARN of a Lambda function',
    ],
    [
      'an input transformer',
      { Targets: [{ Id: 'a', Arn: GUARD, InputTransformer: {} }] },
      'Rule.Targets[0].InputTransformer',
    ],
    [
      'a dead letter queue',
      { Targets: [{ Id: 'a', Arn: GUARD, DeadLetterConfig: {} }] },
      'Rule.Targets[0].DeadLetterConfig',
    ],
    ['a role', { RoleArn: 'arn:role' }, 'Rule.RoleArn is not modelled'],
  ])('refuses %s', async (_, properties, sentence) => {
    await expect(rule(properties)).rejects.toThrow(UnsupportedError);
    await expect(rule(properties)).rejects.toThrow(sentence);
  });

  test.each<[string, Properties, string]>([
    ['no pattern', { EventPattern: null }, 'Rule.EventPattern is missing'],
    [
      'input that is no JSON',
      { Targets: [{ Id: 'a', Arn: GUARD, Input: 'so' }] },
      'Rule.Targets[0].Input: "so" was given; JSON is needed',
    ],
    [
      'two targets of one Id',
      {
        Targets: [
          { Id: 'a', Arn: GUARD },
          { Id: 'a', Arn: GUARD },
        ],
      },
      'the Id a was given twice',
    ],
    [
      'too many retries',
      { Targets: [{ Id: 'a', Arn: GUARD, RetryPolicy: { MaximumRetryAttempts: 186 } }] },
      'from 0 to 185',
    ],
  ])('refuses %s, as EventBridge does', async (_, properties, sentence) => {
    await expect(rule(properties)).rejects.toThrow(sentence);
  });
});

describe('the API of EventBridge', () => {
  async function call(operation: string, input: Value, roleArn?: string) {
    const answer = await events.api['events']?.({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': `AWSEvents.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      roleArn,
    });
    return { status: answer?.status, body: JSON.parse(String(answer?.body)) };
  }
  const entry = { Source: 'my.app', DetailType: 'Said', Detail: '{"alarm_state":"SET"}', Time: 1_764_000_000 };

  test('puts events, and answers for each of them', async () => {
    await rule({ EventPattern: { source: ['my.app'] } });
    const { body } = await call('PutEvents', {
      Entries: [entry, { ...entry, Source: 'aws.medialive' }, { ...entry, Detail: 'so' }, { Source: 'x' }],
    });
    expect(body).toMatchObject({
      FailedEntryCount: 3,
      Entries: [
        {},
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'InvalidArgument' },
      ],
    });
    expect(functions.invoked).toMatchObject([
      { event: { id: body.Entries[0].EventId, source: 'my.app', time: '2025-11-24T16:00:00Z', resources: [] } },
    ]);
  });

  test('lists rules', async () => {
    await rule({ Description: 'alerts' });
    const { body } = await call('ListRules', { NamePrefix: 'al' });
    expect(body.Rules).toMatchObject([{ Name: 'alert', Arn: RULE, State: 'ENABLED', Description: 'alerts' }]);
    expect(JSON.parse(body.Rules[0].EventPattern)).toEqual(PATTERN);
    expect((await call('ListRules', { NamePrefix: 'b' })).body.Rules).toEqual([]);
  });

  test('refuses a role without a policy for it', async () => {
    expect((await call('PutEvents', { Entries: [] }, 'arn:role/may')).status).toBe(200);
    const { status, body } = await call('PutEvents', { Entries: [entry] }, 'arn:role/other');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: 'AccessDeniedException',
      message: expect.stringContaining(
        'events:PutEvents on resource: arn:aws:events:eu-west-1:111122223333:event-bus/default',
      ),
    });
  });

  test('refuses, by name, calls and parameters that are not modelled', async () => {
    await expect(call('PutRule', {})).rejects.toThrow(
      'EventBridge PutRule is not modelled by the local run; it knows PutEvents, ListRules',
    );
    await expect(call('ListRules', { Limit: 3 })).rejects.toThrow('ListRules.Limit is not modelled');
    await expect(call('PutEvents', { Entries: [{ ...entry, TraceHeader: 'x' }] })).rejects.toThrow('TraceHeader');
    await expect(call('PutEvents', { Entries: [{ ...entry, EventBusName: 'mine' }] })).rejects.toThrow(
      'PutEvents.Entries[0].EventBusName: mine is not modelled',
    );
  });
});
