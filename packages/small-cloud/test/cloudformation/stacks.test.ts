import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { InsufficientCapabilitiesError } from '../../src/cloudformation/capabilities';
import { EngineBench, failureOf, things } from './engine-bench';

let bench: EngineBench;

beforeEach(() => {
  bench = new EngineBench();
});

const stackOf = (stackName: string, resources = things({ A: {} })) => ({
  stackName,
  template: { Resources: resources },
});
const busy = () => stackOf('Live', things({ A: { Properties: { Takes: 20 } } }));

describe('stacks', () => {
  test('stand side by side, each with its own resources', async () => {
    await Promise.all([bench.engine.createStack(stackOf('One')), bench.engine.createStack(stackOf('Two'))]);
    await bench.engine.deleteStack('One');
    expect(bench.engine.stacks().map(({ stackName, status }) => `${stackName} ${status}`)).toEqual([
      'One DELETE_COMPLETE',
      'Two CREATE_COMPLETE',
    ]);
    expect(bench.engine.stack('Two')?.resources.size).toBe(1);
  });

  test('keep their id after deletion, while a new one takes the name', async () => {
    const old = await bench.engine.createStack(stackOf('Live'));
    await bench.engine.deleteStack(old.stackId);
    expect(bench.engine.stack('Live')).toBeUndefined();
    const young = await bench.engine.createStack(stackOf('Live'));
    expect(bench.engine.stack(old.stackId)?.status).toBe('DELETE_COMPLETE');
    expect(bench.engine.stack('Live')?.stackId).toBe(young.stackId);
    expect(young.stackId).not.toBe(old.stackId);
  });

  test('keep their history, newest last', async () => {
    const stack = await bench.create(things({ A: {} }), {}, { clientRequestToken: 'first' });
    await bench.update(things({ A: { Properties: { Size: 1 } } }), {}, { clientRequestToken: 'second' });
    await bench.engine.deleteStack('Live');
    expect(stack.events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'Live CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'Live CREATE_COMPLETE',
      'Live UPDATE_IN_PROGRESS',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'Live UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Live UPDATE_COMPLETE',
      'Live DELETE_IN_PROGRESS',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'Live DELETE_COMPLETE',
    ]);
    expect(new Set(stack.events.map(({ eventId }) => eventId)).size).toBe(stack.events.length);
    expect(stack.events.map(({ clientRequestToken }) => clientRequestToken)).toEqual([
      ...Array(4).fill('first'),
      ...Array(5).fill('second'),
      ...Array(4).fill(undefined),
    ]);
  });

  test('put every change of state on the default bus', async () => {
    const Bad = { Properties: { Fails: 'no room' } };
    const { outcome } = await failureOf(bench.create(things({ Bad }), {}, { clientRequestToken: 'token' }));
    expect(bench.put.map(({ detail }) => detail['status-details'])).toEqual([
      { status: 'CREATE_IN_PROGRESS', 'status-reason': 'User Initiated' },
      { status: 'ROLLBACK_IN_PROGRESS', 'status-reason': expect.stringContaining('[Bad]') },
      { status: 'ROLLBACK_COMPLETE', 'status-reason': '' },
    ]);
    expect(bench.put[0]).toEqual({
      source: 'aws.cloudformation',
      detailType: 'CloudFormation Stack Status Change',
      resources: [outcome.stackId],
      detail: {
        'stack-id': outcome.stackId,
        'status-details': { status: 'CREATE_IN_PROGRESS', 'status-reason': 'User Initiated' },
        'client-request-token': 'token',
      },
    });
  });

  test('may get an id that was promised before', async () => {
    const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Live/1';
    expect((await bench.create(things({ A: {} }), {}, { stackId })).stackId).toBe(stackId);
  });

  test('that fail without rollback keep their resources, and can be deleted', async () => {
    const Resources = things({ A: {}, Bad: { DependsOn: 'A', Properties: { Fails: 'no room' } } });
    const { outcome } = await failureOf(bench.create(Resources, {}, { disableRollback: true }));
    expect(outcome.status).toBe('CREATE_FAILED');
    await bench.engine.deleteStack('Live');
    expect(bench.service.history).toEqual(['+A', 'A', '+Bad', '-A']);
  });
});

describe('an operation', () => {
  test('begins at once, and its promise resolves at the end', async () => {
    const { stack, done } = bench.engine.beginCreate(busy());
    expect(stack.status).toBe('CREATE_IN_PROGRESS');
    expect(await done).toBe(stack);
    expect(stack.status).toBe('CREATE_COMPLETE');
  });

  test('that fails causes no unhandled rejection', async () => {
    bench.engine.beginCreate(stackOf('Live', things({ A: { Properties: { Fails: 'x' } } })));
    while (bench.engine.stack('Live')?.status !== 'ROLLBACK_COMPLETE') await setImmediate();
  });

  test('is refused while another one is under way', async () => {
    const { stack, done } = bench.engine.beginCreate(busy());
    expect(() => bench.engine.beginUpdate(stackOf('Live'))).toThrow(
      `Stack:${stack.stackId} is in CREATE_IN_PROGRESS state and can not be updated.`,
    );
    expect(() => bench.engine.beginDelete('Live')).toThrow(
      `Stack [${stack.stackId}] cannot be deleted while in status CREATE_IN_PROGRESS`,
    );
    expect(() => bench.engine.beginCreate(stackOf('Live'))).toThrow('Stack [Live] already exists');
    await done;
  });

  test('of deletion succeeds for a missing stack, and joins one under way', async () => {
    expect(bench.engine.beginDelete('Live')).toBeUndefined();
    await bench.create(things({ A: {} }));
    const first = bench.engine.beginDelete('Live');
    expect(bench.engine.beginDelete('Live')).toBe(first);
    const gone = await first?.done;
    expect(gone?.status).toBe('DELETE_COMPLETE');
    expect(bench.engine.beginDelete(gone?.stackId ?? '')).toBeUndefined();
  });

  test('other than deletion is refused after the rollback of a creation', async () => {
    const { outcome } = await failureOf(bench.create(things({ A: { Properties: { Fails: 'x' } } })));
    await expect(bench.update(things({ A: {} }))).rejects.toThrow(
      `Stack:${outcome.stackId} is in ROLLBACK_COMPLETE state and can not be updated.`,
    );
    await bench.engine.deleteStack('Live');
  });

  test('of deletion can be repeated for the remaining resources', async () => {
    const stays = { Properties: { Stays: 'in use' } };
    await bench.create(things({ A: {}, B: { DependsOn: 'A', ...stays }, C: {} }));
    const { outcome } = await failureOf(bench.engine.deleteStack('Live'));
    expect(outcome.status).toBe('DELETE_FAILED');
    bench.clear();
    bench.service.resources['AWS::Test::Thing'].delete = async (_, { logicalId }) => {
      bench.service.history.push(`-${logicalId}`);
    };
    await bench.engine.deleteStack('Live');
    expect(bench.service.history).toEqual(['-B', '-A']);
  });

  test.each([
    ['IAM resources', {}, [], 'CAPABILITY_IAM'],
    ['IAM resources with names', { RoleName: 'r' }, ['CAPABILITY_IAM'], 'CAPABILITY_NAMED_IAM'],
  ])('refuses %s without an acknowledged capability', (_, Properties, capabilities, needed) => {
    const role = { create: async () => ({ physicalId: 'r', ref: 'r', attributes: {} }), delete: async () => {} };
    Object.assign(bench.service.resources, { 'AWS::IAM::Role': role });
    const request = { ...stackOf('Live', { Role: { Type: 'AWS::IAM::Role', Properties } }), capabilities };
    expect(() => bench.engine.beginCreate(request)).toThrow(InsufficientCapabilitiesError);
    expect(() => bench.engine.beginCreate(request)).toThrow(`Requires capabilities : [${needed}]`);
    bench.engine.beginCreate({ ...request, capabilities: [needed] });
  });

  test('ends at once when the run stops', async () => {
    await bench.create(things({ A: {} }));
    const update = bench.update(things({ A: { Properties: { Takes: 10 } }, B: { DependsOn: 'A' } }));
    bench.engine.stop();
    await expect(update).rejects.toThrow('The run was stopped while stack Live was being updated');
    expect(bench.service.history).not.toContain('+B');
  });
});
