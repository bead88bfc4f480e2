import { describe, expect, test } from '@jest/globals';
import { mainChannel, only, resources, stageChannel, synth } from '../synth';

const template = synth({
  channels: [
    { ...mainChannel, autoStop: { afterInputLossMinutes: 'never' } },
    {
      ...stageChannel,
      schedule: {
        timeZone: 'Europe/Berlin',
        shows: [
          { on: ['FRI', 'SAT'], start: '22:00', stop: '01:30' },
          { on: '2026-12-31', start: '18:00' },
        ],
      },
    },
  ],
  notices: { emails: ['producer@example.com'] },
});

function guarded(): readonly Record<string, unknown>[] {
  const guard = resources(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith('MoneyGuard'));
  const environment = guard?.Properties['Environment'];
  const { Variables } = environment as { Variables: { CHANNELS: { 'Fn::Join': [string, unknown[]] } } };
  const [, parts] = Variables.CHANNELS['Fn::Join'];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'ID')).join(''));
}

describe('the money guard', () => {
  test('knows every channel with its limits and what it costs', () => {
    expect(guarded()).toMatchObject([
      { id: 'ID', name: 'main', afterRunningHours: 24 },
      { id: 'ID', name: 'stage', afterInputLossMinutes: 60, afterRunningHours: 24 },
    ]);
    expect(guarded()[0]).not.toHaveProperty('afterInputLossMinutes');
    for (const { usdPerHour } of guarded()) expect(usdPerHour).toBeGreaterThan(0);
  });

  test('goes on patrol every five minutes, and tells once a day what runs', () => {
    const rates = resources(template, 'AWS::Scheduler::Schedule').map(({ Properties }) => [
      Properties['ScheduleExpression'],
      (Properties['Target'] as { Input: string }).Input,
    ]);
    expect(rates).toContainEqual(['rate(5 minutes)', '{"task":"patrol"}']);
    expect(rates).toContainEqual(['rate(1 day)', '{"task":"report"}']);
  });

  test('starts and stops by schedule, in the time zone of the description, after midnight on the next day', () => {
    const shows = resources(template, 'AWS::Scheduler::Schedule')
      .filter(({ Properties }) => Properties['ScheduleExpressionTimezone'] === 'Europe/Berlin')
      .map(({ Properties }) => [Properties['ScheduleExpression'], (Properties['Target'] as { Input: string }).Input]);
    expect(shows).toEqual([
      [
        'cron(0 22 ? * FRI,SAT *)',
        '{"task":"start","channel":"stage","at":"<aws.scheduler.scheduled-time>","withinMinutes":15}',
      ],
      [
        'cron(30 1 ? * SAT,SUN *)',
        '{"task":"stop","channel":"stage","at":"<aws.scheduler.scheduled-time>","withinMinutes":15}',
      ],
      [
        'at(2026-12-31T18:00:00)',
        '{"task":"start","channel":"stage","at":"<aws.scheduler.scheduled-time>","withinMinutes":15}',
      ],
    ]);
  });

  test('looks at once when a channel of the stack changes its state and when an update was rolled back', () => {
    const ofGuard = ({ id }: { readonly id: string }) => id.startsWith('MoneyGuard');
    const rules = resources(template, 'AWS::Events::Rule')
      .filter(ofGuard)
      .map(({ Properties }) => Properties['EventPattern']);
    expect(rules).toMatchObject([
      { source: ['aws.medialive'], detail: { state: expect.arrayContaining(['STOPPED', 'IDLE']) } },
      { source: ['aws.cloudformation'], detail: { 'stack-id': [{ Ref: 'AWS::StackId' }] } },
    ]);
    expect(resources(template, 'AWS::Lambda::Permission').filter(ofGuard)).toHaveLength(rules.length);
  });

  test('is gone before the channels are stopped for good', () => {
    const runs = resources(template, 'Custom::RunningState').map(({ id }) => id);
    const patrol = resources(template, 'AWS::Scheduler::Schedule').find(({ id }) => id.includes('EveryFiveMinutes'));
    expect(patrol?.DependsOn).toEqual(expect.arrayContaining(runs));
  });

  test('speaks through an encrypted topic to those who are named', () => {
    expect(only(template, 'AWS::SNS::Topic').Properties['KmsMasterKeyId']).toBeDefined();
    expect(only(template, 'AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'producer@example.com',
    });
  });
});

describe('the Outputs', () => {
  test('say what a channel costs while it runs, and that nothing stays', () => {
    expect(template.Outputs['StageRunningCostPerHour']?.Value).toMatch(/^\d+\.\d\d USD$/);
    expect(template.Outputs['RetainedAfterDelete']?.Value).toBe('nothing');
  });

  test('name what stays when the description says so', () => {
    const kept = synth({ edge: { accessLogs: 'retain' } }).Outputs['RetainedAfterDelete']?.Value;
    expect(JSON.stringify(kept)).toContain('LogsBucket');
  });
});
