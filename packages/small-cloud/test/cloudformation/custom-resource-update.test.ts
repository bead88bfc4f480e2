import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type CustomEvent, custom, EngineBench, FUNCTION, failureOf, things } from './engine-bench';

let bench: EngineBench;

beforeEach(() => {
  bench = new EngineBench();
  bench.handler = stable;
});

afterEach(() => {
  jest.useRealTimers();
});

const isText = (value: unknown): value is string => typeof value === 'string';
const propertyOf = (event: CustomEvent, name: string) =>
  (event['ResourceProperties'] as Record<string, string | undefined>)[name] ?? '';

/** A handler that keeps one physical id, and answers its Size. */
const stable = (event: CustomEvent) => ({ PhysicalResourceId: 'main', Data: { Size: propertyOf(event, 'Size') } });
/** A handler with a physical id for every Size. */
const moving = (event: CustomEvent) =>
  event['RequestType'] === 'Delete'
    ? { PhysicalResourceId: String(event['PhysicalResourceId']) }
    : { PhysicalResourceId: `size-${propertyOf(event, 'Size')}` };

const run = (Size: unknown, more: object = {}) => ({ Run: custom({ Size, ...more }) });
/** Writes every request as `Update size-1`. */
const requests = () =>
  bench.asked.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId].filter(isText).join(' '));

describe('updating a custom resource', () => {
  test('sends the new and the old properties, with every scalar as a string', async () => {
    const stack = await bench.create(run(1, { Wait: true }));
    bench.clear();
    await bench.update(run([2]));
    expect(bench.asked).toEqual([
      {
        RequestType: 'Update',
        ServiceToken: FUNCTION,
        ResponseURL: expect.any(String),
        StackId: stack.stackId,
        RequestId: expect.any(String),
        LogicalResourceId: 'Run',
        PhysicalResourceId: 'main',
        ResourceType: 'Custom::State',
        ResourceProperties: { ServiceToken: FUNCTION, Size: ['2'] },
        OldResourceProperties: { ServiceToken: FUNCTION, Size: '1', Wait: 'true' },
      },
    ]);
  });

  test('sends no request when none of its properties changes', async () => {
    await bench.create(run(1));
    bench.clear();
    await bench.update({ ...run('1'), ...things({ A: {} }) });
    expect(bench.asked).toEqual([]);
  });

  test('gives its new data to the resources that refer to it', async () => {
    const A = things({ A: { Properties: { Size: { 'Fn::GetAtt': ['Run', 'Size'] } } } });
    await bench.create({ ...run(1), ...A });
    await bench.update({ ...run(2), ...A });
    expect(bench.service.things.get('A-1')).toEqual({ Size: '2' });
  });

  test('deletes the old physical id in the clean-up when the answer has another one', async () => {
    bench.handler = moving;
    await bench.create(run(1));
    bench.clear();
    const stack = await bench.update({ ...run(2), ...things({ A: { DependsOn: 'Run' } }) });
    expect(requests()).toEqual(['Update size-1', 'Delete size-1']);
    expect(bench.asked[1]).toMatchObject({ ResourceProperties: { Size: '1' } });
    expect(stack.resources.get('Run')?.state.physicalId).toBe('size-2');
    expect(bench.events.indexOf('Run DELETE_IN_PROGRESS')).toBeGreaterThan(bench.events.indexOf('A CREATE_COMPLETE'));
  });

  test('keeps the old physical id when it fails, and rolls back with the old properties', async () => {
    await bench.create(run(1));
    bench.clear();
    bench.handler = (event) =>
      propertyOf(event, 'Size') === '2'
        ? { Status: 'FAILED', Reason: 'the channel runs', PhysicalResourceId: 'other' }
        : stable(event);
    const { failures, outcome } = await failureOf(bench.update(run(2)));
    expect(failures[0]?.reason).toMatch(/Message returned: the channel runs \(RequestId: /);
    expect(requests()).toEqual(['Update main', 'Update main']);
    expect(bench.asked[1]).toMatchObject({ ResourceProperties: { Size: '1' }, OldResourceProperties: { Size: '2' } });
    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(outcome.resources.get('Run')?.state.physicalId).toBe('main');
  });

  test('rolls back from the current physical id, and deletes that one when the answer has another', async () => {
    bench.handler = moving;
    await bench.create(run(1));
    bench.clear();
    const Bad = { DependsOn: 'Run', Properties: { Fails: 'no room' } };
    const { outcome } = await failureOf(bench.update({ ...run(2), ...things({ Bad }) }));
    expect(requests()).toEqual(['Update size-1', 'Update size-2', 'Delete size-2']);
    expect(outcome.resources.get('Run')?.state.physicalId).toBe('size-1');
  });

  test('deletes every former physical id once when each answer has a new one', async () => {
    let count = 0;
    bench.handler = (event) =>
      event['RequestType'] === 'Delete' ? stable(event) : { PhysicalResourceId: `id-${++count}` };
    await bench.create(run(1));
    bench.clear();
    const Bad = { DependsOn: 'Run', Properties: { Fails: 'no room' } };
    await failureOf(bench.update({ ...run(2), ...things({ Bad }) }));
    expect(requests()).toEqual(['Update id-1', 'Update id-2', 'Delete id-2', 'Delete id-1']);
    bench.clear();
    await bench.engine.deleteStack('Live');
    expect(requests()).toEqual(['Delete id-3']);
  });

  test('deletes each physical id once after a failed rollback', async () => {
    let count = 0;
    bench.handler = (event) => {
      if (event['RequestType'] === 'Delete') return stable(event);
      const back = event['RequestType'] === 'Update' && propertyOf(event, 'Size') === '1';
      if (back && event['LogicalResourceId'] === 'Stuck') return { ...stable(event), Status: 'FAILED', Reason: 'no' };
      return { PhysicalResourceId: back || count === 0 ? `id-${++count}` : `id-${count}` };
    };
    const template = (Size: number) => ({ ...run(Size), Stuck: custom({ Size }, { DependsOn: 'Run' }) });
    await bench.create(template(1));
    const Bad = { DependsOn: 'Stuck', Properties: { Fails: 'no room' } };
    const { outcome } = await failureOf(bench.update({ ...template(2), ...things({ Bad }) }));
    expect(outcome.status).toBe('UPDATE_ROLLBACK_FAILED');
    bench.clear();
    await bench.engine.deleteStack('Live');
    const ofRun = bench.asked.filter((event) => event['LogicalResourceId'] === 'Run');
    expect(ofRun.map((event) => event['PhysicalResourceId'])).toEqual(['id-1', 'id-2']);
  });

  test('sends no request in the rollback of an update that did not touch it', async () => {
    await bench.create({ ...run(1), ...things({ A: {} }) });
    bench.clear();
    await failureOf(bench.update({ ...run(1), ...things({ A: { Properties: { Fails: 'no' } } }) }));
    expect(bench.asked).toEqual([]);
  });

  test('refuses another function, as CloudFormation does, without a request', async () => {
    await bench.create(run(1));
    bench.clear();
    const Run = custom({ ServiceToken: FUNCTION.replace('run', 'other') });
    const { failures, outcome } = await failureOf(bench.update({ Run }));
    expect(failures).toEqual([{ logicalId: 'Run', reason: 'Modifying service token is not allowed.' }]);
    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bench.asked).toEqual([]);
  });
});

describe('responses of custom resources', () => {
  test('that do not come end the wait after ServiceTimeout', async () => {
    jest.useFakeTimers();
    bench.handler = (event) =>
      event['RequestType'] === 'Update' && propertyOf(event, 'Size') === '2' ? [] : stable(event);
    await bench.create(run(1, { ServiceTimeout: 3600 }));
    const failure = failureOf(bench.update(run(2, { ServiceTimeout: 3600 })));
    await jest.advanceTimersByTimeAsync(3_599_000);
    expect(bench.engine.stack('Live')?.status).toBe('UPDATE_IN_PROGRESS');
    await jest.advanceTimersByTimeAsync(1000);
    expect((await failure).outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await failure).failures[0]?.reason).toMatch(/^CloudFormation did not receive a response/);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('leave no timer when the function cannot be invoked', async () => {
    jest.useFakeTimers();
    await failureOf(bench.create({ Run: custom({ ServiceToken: `${FUNCTION}-gone` }) }));
    expect(jest.getTimerCount()).toBe(0);
    expect(bench.responses.accounts).toEqual({ never: 0, once: 0, moreThanOnce: 0 });
  });

  test('are counted by request', async () => {
    jest.useFakeTimers();
    const answers = new Map([
      ['Never', []],
      ['Twice', [{ PhysicalResourceId: 'b' }, { PhysicalResourceId: 'b' }]],
    ]);
    bench.handler = (event) => answers.get(String(event['LogicalResourceId'])) ?? stable(event);
    const done = failureOf(
      bench.create(
        { Once: custom(), Twice: custom(), Never: custom({ ServiceTimeout: 1 }) },
        {},
        { disableRollback: true },
      ),
    );
    await jest.advanceTimersByTimeAsync(1000);
    await done;
    expect(bench.responses.accounts).toEqual({ never: 1, once: 1, moreThanOnce: 1 });
    expect(bench.cloud.told).toEqual([
      expect.stringMatching(/Twice .*: a second response was sent/),
      expect.stringMatching(/Never: no response within 1 s/),
    ]);
  });
});
