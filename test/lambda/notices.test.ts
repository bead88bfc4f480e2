import { describe, expect, test } from '@jest/globals';
import type { AlarmEvent } from '../../lambda/notices/alarm-event';
import { notice } from '../../lambda/notices/handler';
import { countOfTag, noticeDecision, tagOfCount } from '../../lambda/notices/notice-limit';
import { ALERTS, adviceFor } from '../../lambda/shared/alerts';
import { ALARM_KINDS, type AlarmSlug, alarmDescription } from '../../lib/operations/alarm-kinds';
import { refused } from './failing';

const NOON = Date.parse('2026-11-28T12:00:00Z');
const MINUTE = 60_000;

const event = (state: string, about = 'Channel main, pipeline 0', slug: AlarmSlug = 'medialive-alert'): AlarmEvent => ({
  alarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:live-x',
  time: '2026-11-28T12:00:00.000+0000',
  alarmData: {
    alarmName: 'live-x',
    state: { value: state, reason: 'because' },
    previousState: { value: state === 'OK' ? 'ALARM' : 'OK' },
    configuration: { description: alarmDescription(slug, about) },
  },
});

/** A stack with one channel, in the test's own time. */
class FakeStack {
  readonly sent: { readonly subject: string; readonly text: string }[] = [];
  readonly tags: Record<string, string> = {};
  state: 'RUNNING' | 'IDLE' = 'RUNNING';
  alerts: { type: string; pipeline: string; setAt: number }[] = [];
  broken = false;
  topicFails = false;
  /** Number of times that the topic is throttled. */
  throttled = 0;
  now = NOON;

  tell(given: AlarmEvent): Promise<string> {
    const asked = <T>(answer: T): Promise<T> =>
      this.broken ? Promise.reject(new Error('MediaLive is not well')) : Promise.resolve(answer);
    return notice(given, [{ id: '7', name: 'main' }], {
      stack: 'live',
      region: 'eu-west-1',
      dashboardUrl: 'https://dashboard',
      channels: {
        look: () => asked({ state: this.state, tags: { ...this.tags }, arn: 'arn:channel:7', pipelines: 1 }),
        tag: async (_, tags) => void Object.assign(this.tags, tags),
        alerts: () => asked(this.alerts),
      },
      notify: async (subject, text) => {
        if (this.topicFails) throw new Error('no topic');
        this.throttled -= 1;
        if (this.throttled >= 0) throw refused('Throttled', 429);
        this.sent.push({ subject, text });
      },
      clock: {
        now: () => this.now,
        sleep: async (milliseconds) => {
          this.now += milliseconds;
        },
      },
      deadline: this.now + 2 * MINUTE,
    });
  }
}

describe('the notice of an alarm', () => {
  test('says what, since when, what viewers see, what MediaLive says, what to do first, and where to look', async () => {
    const stack = new FakeStack();
    stack.alerts = [{ type: 'RTMP Stream Not Found', pipeline: '0', setAt: NOON - MINUTE }];
    await stack.tell(event('ALARM'));
    const [{ subject, text } = { subject: '', text: '' }] = stack.sent;
    expect(subject).toBe('live: Channel main, pipeline 0: MediaLive complains');
    expect(text.split('\n')).toEqual([
      'Channel main, pipeline 0: MediaLive complains.',
      'Since: 2026-11-28T12:00:00.000Z',
      `Effect: ${adviceFor('RTMP Stream Not Found')?.viewers}`,
      '',
      'MediaLive says:',
      '- RTMP Stream Not Found (pipeline 0, since 2026-11-28T11:59:00.000Z)',
      `First: ${adviceFor('RTMP Stream Not Found')?.first}`,
      '',
      'Dashboard: https://dashboard',
      'Channel: https://eu-west-1.console.aws.amazon.com/medialive/home?region=eu-west-1#/channels/7',
      'Runbook: docs/runbook.md#medialive-alert',
    ]);
  });

  test('outlives a topic that is throttled for a minute', async () => {
    const stack = new FakeStack();
    stack.throttled = 30;
    await stack.tell(event('ALARM'));
    expect(stack.sent).toHaveLength(1);
  });

  test('is sent although MediaLive does not answer, and says so', async () => {
    const stack = new FakeStack();
    stack.broken = true;
    await stack.tell(event('ALARM'));
    expect(stack.sent[0]?.text).toContain('MediaLive did not list its alerts: MediaLive is not well');
  });

  test('is followed by one that it is over, or that the channel was stopped', async () => {
    const stack = new FakeStack();
    await stack.tell(event('ALARM'));
    await stack.tell(event('OK'));
    stack.state = 'IDLE';
    await stack.tell(event('OK'));
    expect(stack.sent.map(({ text }) => text.split('\n')[1])).toEqual([
      'Since: 2026-11-28T12:00:00.000Z',
      'The values are good again.',
      'The channel is IDLE: there is nothing to measure any more.',
    ]);
  });

  test('keeps its subject within what SNS takes', async () => {
    const stack = new FakeStack();
    await stack.tell(event('ALARM', `Channel ${'m'.repeat(32)}, pipeline 0`, 'output-missing'));
    const [{ subject } = { subject: '' }] = stack.sent;
    expect(subject.length).toBeLessThanOrEqual(100);
    expect(subject).toMatch(/^[\x20-\x7e]+$/);
  });

  test.each([
    ['no data', { ...event('INSUFFICIENT_DATA') }],
    [
      'OK at its birth',
      { ...event('OK'), alarmData: { ...event('OK').alarmData, previousState: { value: 'INSUFFICIENT_DATA' } } },
    ],
  ])('is not sent for %s', async (_, given) => {
    const stack = new FakeStack();
    await stack.tell(given);
    expect(stack.sent).toEqual([]);
  });

  test('refuses an alarm of somebody else', async () => {
    const given = event('ALARM');
    const foreign = { ...given, alarmData: { ...given.alarmData, configuration: { description: 'CPU is high' } } };
    await expect(new FakeStack().tell(foreign)).rejects.toThrow('not one of this stack');
  });
});

describe('an alarm that flaps for an hour', () => {
  test('makes a handful of notices, and the last one says that it flaps', async () => {
    const stack = new FakeStack();
    for (let minute = 0; minute < 60; minute += 3) {
      stack.now = NOON + minute * MINUTE;
      await stack.tell(event(minute % 2 === 0 ? 'ALARM' : 'OK'));
    }
    expect(stack.sent.length).toBe(5);
    expect(stack.sent.at(-1)?.text).toContain('is flapping');
  });

  test('is told of anew an hour later', async () => {
    const stack = new FakeStack();
    for (let time = 0; time < 5; time += 1) {
      await stack.tell(event('ALARM'));
      await stack.tell(event('OK'));
    }
    const before = stack.sent.length;
    stack.now += 60 * MINUTE;
    await stack.tell(event('ALARM'));
    expect(stack.sent.length).toBe(before + 1);
  });

  test('does not silence another alarm', async () => {
    const stack = new FakeStack();
    for (let time = 0; time < 5; time += 1) await stack.tell(event('ALARM'));
    const before = stack.sent.length;
    await stack.tell(event('ALARM', 'Channel main, pipeline 1'));
    expect(stack.sent.length).toBe(before + 1);
  });
});

test('the count of notices is kept as the value of a tag', () => {
  const { counted } = noticeDecision(undefined, 'ALARM', NOON);
  expect(tagOfCount(counted)).toBe('2026-11-28T12:00:00.000Z 1');
  expect(countOfTag(tagOfCount(counted))).toEqual(counted);
  expect(countOfTag('nonsense')).toBeUndefined();
});

test('a notice that cannot be published is not counted, because Lambda tries again', async () => {
  const stack = new FakeStack();
  stack.topicFails = true;
  await expect(stack.tell(event('ALARM'))).rejects.toThrow('no topic');
  expect(stack.tags).toEqual({});
});

describe('the table of alerts', () => {
  test('has no wording and no anchor twice', () => {
    const types = ALERTS.flatMap((advice) => advice.types.map((type) => type.toLowerCase()));
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(ALERTS.map(({ slug }) => slug)).size).toBe(ALERTS.length);
  });

  test('is read without regard to upper and lower case', () => {
    expect(adviceFor('video not detected')?.slug).toBe('no-video-in-the-input');
    expect(adviceFor('Something New')).toBeUndefined();
  });
});

test('every description of an alarm is within what CloudWatch takes, and leads to the runbook', () => {
  for (const slug of Object.keys(ALARM_KINDS) as AlarmSlug[]) {
    const text = alarmDescription(slug, `Channel ${'m'.repeat(32)}, pipeline 1`);
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(text).toMatch(new RegExp(`docs/runbook\\.md#${slug}$`));
  }
});
