import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Cloud, type Properties, type ResourceState, UnsupportedError } from '../../src/contract';
import { cloudClock } from '../../src/host/clock';
import { Scheduler } from '../../src/services/scheduler/scheduler';
import { quietCloud } from '../cloudformation/quiet-cloud';
import { TestFunctions } from '../events/test-functions';

const GUARD = 'arn:aws:lambda:eu-west-1:111122223333:function:guard';
const ROLE = 'arn:aws:iam::111122223333:role/scheduler';
const ARN = 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/guard';
const SCHEDULE = 'AWS::Scheduler::Schedule';
const GROUP = 'AWS::Scheduler::ScheduleGroup';
const MINUTE = 60_000;

let functions: TestFunctions;
let cloud: Cloud & { readonly told: readonly string[] };
let scheduler: Scheduler;
let trusts: boolean;
let allows: boolean;
let sources: (string | undefined)[];

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 24, 9, 0) });
  open();
});

afterEach(async () => {
  await scheduler.stop();
  jest.useRealTimers();
});

/** A cloud whose clock begins now. */
function open(speed = 1): void {
  [trusts, allows, sources] = [true, true, []];
  functions = new TestFunctions();
  cloud = quietCloud({
    clock: cloudClock(speed),
    access: {
      roleTrusts: (role, principal, context) => {
        sources.push(context?.['aws:SourceArn']);
        return trusts && role === ROLE && principal === 'scheduler.amazonaws.com';
      },
      roleAllows: (role, { action, resource }) =>
        allows && role === ROLE && action === 'lambda:InvokeFunction' && resource === GUARD,
      policyAllows: () => false,
    },
  });
  scheduler = new Scheduler(cloud, { functions, random: () => 0.5 });
}

function resource(type: string, properties: Properties) {
  const provider = scheduler.resources[type];
  if (provider === undefined) throw new Error(`no provider for ${type}`);
  const request = { stackName: 'live', stackId: 'arn:stack/live/1', logicalId: 'It', type, properties };
  return { provider, request };
}

const properties = (own: Properties = {}): Properties => ({
  Name: 'guard',
  ScheduleExpression: 'rate(5 minutes)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: GUARD, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  ...own,
});

function create(own: Properties = {}, type = SCHEDULE): Promise<ResourceState> {
  const { provider, request } = resource(type, type === SCHEDULE ? properties(own) : own);
  return provider.create(request);
}

async function change(state: ResourceState, own: Properties): Promise<void> {
  const { provider, request } = resource(SCHEDULE, properties(own));
  await provider.update?.(state, request, properties());
}

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
/** When invocations were due, hours and minutes. */
const due = () => functions.invoked.map(({ event }) => String(Object(event).at).slice(11, 16));

describe('a schedule', () => {
  test('is known by its name', async () => {
    expect(await create()).toEqual({ physicalId: 'guard', ref: 'guard', attributes: { Arn: ARN } });
    await expect(create()).rejects.toThrow('Schedule guard already exists.');
  });

  test('at a rate invokes its function at once, and then again and again', async () => {
    await create();
    await pass(11 * MINUTE);
    expect(functions.invoked).toEqual(
      ['09:00', '09:05', '09:10'].map((time) => ({ arn: GUARD, event: { at: `2026-11-24T${time}:00Z` } })),
    );
  });

  test('of a cloud that is hurried 60 times is due every 5 seconds instead of every 5 minutes', async () => {
    open(60);
    await create();
    await pass(14_900);
    expect(due()).toEqual(['09:00', '09:05', '09:10']);
    await pass(100);
    expect(due()).toHaveLength(4);
  });

  test('waits for months, which Node.js cannot in one go', async () => {
    await create({ ScheduleExpression: 'cron(0 9 1 JUN ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' });
    await pass(Date.UTC(2027, 5, 1, 6, 59) - Date.now());
    expect(due()).toEqual([]);
    await pass(MINUTE);
    expect(functions.invoked).toMatchObject([{ event: { at: '2027-06-01T07:00:00Z' } }]);
  });

  test('of a single time is due once, whatever its dates are', async () => {
    await create({ ScheduleExpression: 'at(2026-11-24T09:30:00)', StartDate: '2026-12-24T00:00:00Z' });
    await pass(24 * 60 * MINUTE);
    expect(due()).toEqual(['09:30']);
  });

  test('keeps to its first and last date', async () => {
    await create({ StartDate: '2026-11-24T09:03:00', EndDate: '2026-11-24T10:13:00+01:00' });
    await pass(60 * MINUTE);
    expect(due()).toEqual(['09:03', '09:08', '09:13']);
  });

  test('that began a while ago stays in its rhythm', async () => {
    await create({ StartDate: '2026-11-24T08:57:00Z' });
    await pass(8 * MINUTE);
    expect(due()).toEqual(['09:02', '09:07']);
  });

  test('in a flexible window is as late as chance has it', async () => {
    await create({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 4 } });
    await pass(119_000);
    expect(due()).toEqual([]);
    await pass(1000);
    expect(due()).toEqual(['09:00']);
    await pass(5 * MINUTE);
    expect(due()).toEqual(['09:00', '09:05']);
  });

  test('skips times that passed while this machine slept', async () => {
    await create({ ScheduleExpression: 'rate(1 minute)' });
    await pass(1);
    jest.setSystemTime(Date.UTC(2026, 10, 24, 11, 0, 30));
    await pass(MINUTE);
    await pass(MINUTE);
    expect(due()).toEqual(['09:00', '09:01', '11:02']);
  });

  test("sends Scheduler's own event when it has no input", async () => {
    await create({ Target: { Arn: GUARD, RoleArn: ROLE, RetryPolicy: { MaximumRetryAttempts: 0 } } });
    await pass(1);
    expect(functions.invoked).toEqual([
      {
        arn: GUARD,
        event: {
          version: '0',
          id: expect.any(String),
          'detail-type': 'Scheduled Event',
          source: 'aws.scheduler',
          account: '111122223333',
          time: '2026-11-24T09:00:00Z',
          region: 'eu-west-1',
          resources: [ARN],
          detail: '{}',
        },
      },
    ]);
  });

  test('fills in its context attributes', async () => {
    await create({
      Target: {
        Arn: GUARD,
        RoleArn: ROLE,
        Input: '["<aws.scheduler.schedule-arn>", "<aws.scheduler.attempt-number>"]',
      },
    });
    await pass(1);
    expect(functions.invoked).toEqual([{ arn: GUARD, event: [ARN, '1'] }]);
  });

  test('that is disabled, deleted or of a stopped run waits for nothing', async () => {
    const state = await create({ State: 'DISABLED' });
    expect(jest.getTimerCount()).toBe(0);
    await change(state, { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } });
    await pass(5 * MINUTE);
    expect(jest.getTimerCount()).toBe(2);
    const { provider, request } = resource(SCHEDULE, properties());
    await provider.delete(state, request);
    expect(jest.getTimerCount()).toBe(0);
    await create();
    expect(jest.getTimerCount()).toBe(1);
    await scheduler.stop();
    expect(jest.getTimerCount()).toBe(0);
    expect(due()).toEqual([]);
  });

  test('keeps its rhythm through a change of something else, and begins anew with another expression', async () => {
    const state = await create();
    await pass(2 * MINUTE);
    await change(state, {
      Target: { Arn: GUARD, RoleArn: ROLE, Input: '{"at":"changed <aws.scheduler.scheduled-time>"}' },
    });
    await pass(4 * MINUTE);
    expect(functions.invoked.at(-1)?.event).toEqual({ at: 'changed 2026-11-24T09:05:00Z' });
    await change(state, { ScheduleExpression: 'rate(10 minutes)' });
    await pass(10 * MINUTE);
    expect(due().slice(-2)).toEqual(['09:06', '09:16']);
    expect(resource(SCHEDULE, {}).provider.replacedBy).toEqual(['Name', 'GroupName']);
  });

  test('tells when its function cannot be invoked', async () => {
    functions.failure = new Error('Function not found: guard');
    await create();
    await pass(1);
    expect(cloud.told.at(-1)).toBe(`scheduler guard: ${GUARD} is not invoked: Function not found: guard`);
  });
});

describe('the role of a schedule', () => {
  test('may be given its policies a moment after the schedule is made', async () => {
    allows = false;
    await create();
    await pass(1000);
    allows = true;
    await pass(MINUTE);
    expect(due()).toEqual(['09:00']);
    expect(cloud.told).toEqual([`scheduler guard: due; invokes ${GUARD}`]);
  });

  test.each([
    [
      'allow the function',
      () => {
        allows = false;
      },
      `does not allow lambda:InvokeFunction on ${GUARD}`,
    ],
    [
      'trust Scheduler any more',
      () => {
        trusts = false;
      },
      'does not trust scheduler.amazonaws.com (sts:AssumeRole)',
    ],
  ])('that does not %s invokes nothing, and the screen says so', async (_, spoil, sentence) => {
    await create();
    spoil();
    await pass(MINUTE);
    expect(functions.invoked).toEqual([]);
    expect(cloud.told).toEqual([`scheduler guard: due, but ${GUARD} is not invoked: the role ${ROLE} ${sentence}`]);
  });

  test('is asked on behalf of the group', async () => {
    await create();
    expect(sources).toEqual(['arn:aws:scheduler:eu-west-1:111122223333:schedule-group/default']);
  });
});

describe('a schedule group', () => {
  test('has schedules of its own, which go with it', async () => {
    const state = await create({ Name: 'channels', Tags: [] }, GROUP);
    expect(state).toMatchObject({
      ref: 'channels',
      attributes: { Arn: 'arn:aws:scheduler:eu-west-1:111122223333:schedule-group/channels', State: 'ACTIVE' },
    });
    await create();
    const { attributes } = await create({ GroupName: 'channels' });
    expect(attributes['Arn']).toBe('arn:aws:scheduler:eu-west-1:111122223333:schedule/channels/guard');
    const { provider, request } = resource(GROUP, { Name: 'channels' });
    await provider.delete(state, request);
    expect(jest.getTimerCount()).toBe(1);
    await expect(create({ Name: 'late', GroupName: 'channels' })).rejects.toThrow(
      'Schedule group channels does not exist.',
    );
  });

  test('refuses a name that is taken', async () => {
    await expect(create({ Name: 'default' }, GROUP)).rejects.toThrow('Schedule group default already exists.');
  });
});

describe('creating a schedule', () => {
  const target = { Arn: GUARD, RoleArn: ROLE };

  test.each<[string, Properties, string]>([
    [
      'another target',
      { Target: { ...target, Arn: 'arn:aws:scheduler:::aws-sdk:medialive:stopChannel' } },
      'aws-sdk:medialive:stopChannel is not modelled',
    ],
    [
      'a dead letter queue',
      { Target: { ...target, DeadLetterConfig: {} } },
      'It.Target.DeadLetterConfig is not modelled',
    ],
    ['a key', { KmsKeyArn: 'arn:kms' }, 'It.KmsKeyArn is not modelled'],
  ])('refuses %s', async (_, own, sentence) => {
    await expect(create(own)).rejects.toThrow(UnsupportedError);
    await expect(create(own)).rejects.toThrow(sentence);
  });

  test.each<[string, Properties, string]>([
    [
      'a role that does not trust it',
      { Target: { ...target, RoleArn: 'arn:other' } },
      'must allow AWS EventBridge Scheduler to assume the role',
    ],
    ['an expression that is none', { ScheduleExpression: 'rate(5)' }, 'Invalid Schedule Expression rate(5).'],
    ['a zone that is none', { ScheduleExpressionTimezone: 'Mars' }, 'Invalid Schedule Expression Timezone Mars'],
    ['a window without a length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'MaximumWindowInMinutes is missing'],
    [
      'a window of two days',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 2880 } },
      'from 1 to 1440',
    ],
    [
      'a length without a window',
      { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } },
      'was given with Mode OFF; it needs Mode FLEXIBLE',
    ],
    [
      'an end before the beginning',
      { StartDate: '2026-12-01T00:00:00Z', EndDate: '2026-11-30T00:00:00Z' },
      'The EndDate must come after',
    ],
    ['a beginning that is long past', { StartDate: '2026-11-24T08:54:59Z' }, 'cannot be earlier than 5 minutes ago'],
    ['a date that is none', { StartDate: 'tomorrow' }, 'It.StartDate: tomorrow was given; a time like'],
    [
      'input that is no JSON',
      { Target: { ...target, Input: 'so' } },
      'It.Target.Input: "so" was given; JSON is needed',
    ],
    ['a name with a space', { Name: 'a b' }, 'Name: a b was given'],
  ])('refuses %s, as Scheduler does', async (_, own, sentence) => {
    await expect(create(own)).rejects.toThrow(sentence);
    expect(jest.getTimerCount()).toBe(0);
  });
});
