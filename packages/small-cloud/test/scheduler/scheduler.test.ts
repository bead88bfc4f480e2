import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { GUARD, ROLE, SCHEDULE, scheduleProperties, TestScheduler } from './test-scheduler';

const ARN = 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/guard';
const GROUP = 'AWS::Scheduler::ScheduleGroup';
const MINUTE = 60_000;

let scheduler: TestScheduler;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 24, 9, 0) });
  scheduler = new TestScheduler();
});

afterEach(async () => {
  await scheduler.service.stop();
  jest.useRealTimers();
});

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
/** When invocations were due, hours and minutes. */
const due = () => scheduler.functions.invoked.map(({ event }) => String(Object(event).at).slice(11, 16));

describe('a schedule', () => {
  test('is known by its name', async () => {
    expect(await scheduler.create()).toEqual({ physicalId: 'guard', ref: 'guard', attributes: { Arn: ARN } });
    await expect(scheduler.create()).rejects.toThrow('Schedule guard already exists.');
  });

  test('at a rate invokes its function at once, and then again and again', async () => {
    await scheduler.create();
    await pass(11 * MINUTE);
    expect(scheduler.functions.invoked).toEqual(
      ['09:00', '09:05', '09:10'].map((time) => ({ arn: GUARD, event: { at: `2026-11-24T${time}:00Z` } })),
    );
  });

  test('of a cloud that is hurried 60 times is due every 5 seconds instead of every 5 minutes', async () => {
    scheduler = new TestScheduler(60);
    await scheduler.create();
    await pass(14_900);
    expect(due()).toEqual(['09:00', '09:05', '09:10']);
    await pass(100);
    expect(due()).toHaveLength(4);
  });

  test('waits for months, which Node.js cannot in one go', async () => {
    await scheduler.create({ ScheduleExpression: 'cron(0 9 1 JUN ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' });
    await pass(Date.UTC(2027, 5, 1, 6, 59) - Date.now());
    expect(due()).toEqual([]);
    await pass(MINUTE);
    expect(scheduler.functions.invoked).toMatchObject([{ event: { at: '2027-06-01T07:00:00Z' } }]);
  });

  test('of a single time is due once, whatever its dates are', async () => {
    await scheduler.create({ ScheduleExpression: 'at(2026-11-24T09:30:00)', StartDate: '2026-12-24T00:00:00Z' });
    await pass(24 * 60 * MINUTE);
    expect(due()).toEqual(['09:30']);
  });

  test('keeps to its first and last date', async () => {
    await scheduler.create({ StartDate: '2026-11-24T09:03:00', EndDate: '2026-11-24T10:13:00+01:00' });
    await pass(60 * MINUTE);
    expect(due()).toEqual(['09:03', '09:08', '09:13']);
  });

  test('that began a while ago stays in its rhythm', async () => {
    await scheduler.create({ StartDate: '2026-11-24T08:57:00Z' });
    await pass(8 * MINUTE);
    expect(due()).toEqual(['09:02', '09:07']);
  });

  test('in a flexible window is as late as chance has it', async () => {
    await scheduler.create({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 4 } });
    await pass(119_000);
    expect(due()).toEqual([]);
    await pass(1000);
    expect(due()).toEqual(['09:00']);
    await pass(5 * MINUTE);
    expect(due()).toEqual(['09:00', '09:05']);
  });

  test('skips times that passed while this machine slept', async () => {
    await scheduler.create({ ScheduleExpression: 'rate(1 minute)' });
    await pass(1);
    jest.setSystemTime(Date.UTC(2026, 10, 24, 11, 0, 30));
    await pass(MINUTE);
    await pass(MINUTE);
    expect(due()).toEqual(['09:00', '09:01', '11:02']);
  });

  test("sends Scheduler's own event when it has no input", async () => {
    await scheduler.create({ Target: { Arn: GUARD, RoleArn: ROLE, RetryPolicy: { MaximumRetryAttempts: 0 } } });
    await pass(1);
    expect(scheduler.functions.invoked).toEqual([
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
    await scheduler.create({
      Target: {
        Arn: GUARD,
        RoleArn: ROLE,
        Input: '["<aws.scheduler.schedule-arn>", "<aws.scheduler.attempt-number>"]',
      },
    });
    await pass(1);
    expect(scheduler.functions.invoked).toEqual([{ arn: GUARD, event: [ARN, '1'] }]);
  });

  test('that is disabled, deleted or of a stopped run waits for nothing', async () => {
    const state = await scheduler.create({ State: 'DISABLED' });
    expect(jest.getTimerCount()).toBe(0);
    await scheduler.change(state, { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } });
    await pass(5 * MINUTE);
    expect(jest.getTimerCount()).toBe(2);
    const { provider, request } = scheduler.resource(SCHEDULE, scheduleProperties());
    await provider.delete(state, request);
    expect(jest.getTimerCount()).toBe(0);
    await scheduler.create();
    expect(jest.getTimerCount()).toBe(1);
    await scheduler.service.stop();
    expect(jest.getTimerCount()).toBe(0);
    expect(due()).toEqual([]);
  });

  test('keeps its rhythm through a change of something else, and begins anew with another expression', async () => {
    const state = await scheduler.create();
    await pass(2 * MINUTE);
    await scheduler.change(state, {
      Target: { Arn: GUARD, RoleArn: ROLE, Input: '{"at":"changed <aws.scheduler.scheduled-time>"}' },
    });
    await pass(4 * MINUTE);
    expect(scheduler.functions.invoked.at(-1)?.event).toEqual({ at: 'changed 2026-11-24T09:05:00Z' });
    await scheduler.change(state, { ScheduleExpression: 'rate(10 minutes)' });
    await pass(10 * MINUTE);
    expect(due().slice(-2)).toEqual(['09:06', '09:16']);
    expect(scheduler.resource(SCHEDULE, {}).provider.replacedBy).toEqual(['Name', 'GroupName']);
  });

  test('tells when its function cannot be invoked', async () => {
    scheduler.functions.failure = new Error('Function not found: guard');
    await scheduler.create();
    await pass(1);
    expect(scheduler.cloud.told.at(-1)).toBe(`scheduler guard: ${GUARD} is not invoked: Function not found: guard`);
  });
});

describe('the role of a schedule', () => {
  test('may be given its policies a moment after the schedule is made', async () => {
    scheduler.allows = false;
    await scheduler.create();
    await pass(1000);
    scheduler.allows = true;
    await pass(MINUTE);
    expect(due()).toEqual(['09:00']);
    expect(scheduler.cloud.told).toEqual([`scheduler guard: due; invokes ${GUARD}`]);
  });

  test.each([
    [
      'allow the function',
      () => {
        scheduler.allows = false;
      },
      `does not allow lambda:InvokeFunction on ${GUARD}`,
    ],
    [
      'trust Scheduler any more',
      () => {
        scheduler.trusts = false;
      },
      'does not trust scheduler.amazonaws.com (sts:AssumeRole)',
    ],
  ])('that does not %s invokes nothing, and the screen says so', async (_, spoil, sentence) => {
    await scheduler.create();
    spoil();
    await pass(MINUTE);
    expect(scheduler.functions.invoked).toEqual([]);
    expect(scheduler.cloud.told).toEqual([
      `scheduler guard: due, but ${GUARD} is not invoked: the role ${ROLE} ${sentence}`,
    ]);
  });

  test('is asked on behalf of the group', async () => {
    await scheduler.create();
    expect(scheduler.sources).toEqual(['arn:aws:scheduler:eu-west-1:111122223333:schedule-group/default']);
  });
});

describe('a schedule group', () => {
  test('has schedules of its own, which go with it', async () => {
    const state = await scheduler.create({ Name: 'channels', Tags: [] }, GROUP);
    expect(state).toMatchObject({
      ref: 'channels',
      attributes: { Arn: 'arn:aws:scheduler:eu-west-1:111122223333:schedule-group/channels', State: 'ACTIVE' },
    });
    await scheduler.create();
    const { attributes } = await scheduler.create({ GroupName: 'channels' });
    expect(attributes['Arn']).toBe('arn:aws:scheduler:eu-west-1:111122223333:schedule/channels/guard');
    const { provider, request } = scheduler.resource(GROUP, { Name: 'channels' });
    await provider.delete(state, request);
    expect(jest.getTimerCount()).toBe(1);
    await expect(scheduler.create({ Name: 'late', GroupName: 'channels' })).rejects.toThrow(
      'Schedule group channels does not exist.',
    );
  });

  test('refuses a name that is taken', async () => {
    await expect(scheduler.create({ Name: 'default' }, GROUP)).rejects.toThrow(
      'Schedule group default already exists.',
    );
  });
});
