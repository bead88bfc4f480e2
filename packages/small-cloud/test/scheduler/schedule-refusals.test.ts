import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Properties, UnsupportedError } from '../../src/contract';
import { GUARD, ROLE, TestScheduler } from './test-scheduler';

let scheduler: TestScheduler;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 24, 9, 0) });
  scheduler = new TestScheduler();
});

afterEach(async () => {
  await scheduler.service.stop();
  jest.useRealTimers();
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
    await expect(scheduler.create(own)).rejects.toThrow(UnsupportedError);
    await expect(scheduler.create(own)).rejects.toThrow(sentence);
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
    await expect(scheduler.create(own)).rejects.toThrow(sentence);
    expect(jest.getTimerCount()).toBe(0);
  });
});
