import { beforeEach, describe, expect, test } from '@jest/globals';
import { EngineBench, failureOf, things } from './engine-bench';

let bench: EngineBench;

beforeEach(() => {
  bench = new EngineBench();
});

const sized = (Size: number, more: object = {}) => ({ Properties: { Size, ...more } });
const failing = (DependsOn: readonly string[] = []) => ({ DependsOn, Properties: { Fails: 'no room' } });

describe('an update that fails', () => {
  test("rolls everything back, in CloudFormation's words", async () => {
    await bench.create(things({ Same: {}, Changed: sized(1), Moved: { Properties: { Name: 'a' } }, Old: {} }));
    const before = new Map(bench.service.things);
    bench.clear();
    const failure = await failureOf(
      bench.update(
        things({
          Same: {},
          Changed: sized(2),
          Moved: { Properties: { Name: 'b' } },
          New: {},
          Bad: failing(['Changed', 'Moved', 'New']),
        }),
      ),
    );
    expect(failure.failures).toEqual([{ logicalId: 'Bad', reason: 'no room' }]);
    expect(bench.events.slice(bench.events.indexOf('Bad CREATE_IN_PROGRESS'))).toEqual([
      'Bad CREATE_IN_PROGRESS',
      'Bad CREATE_FAILED: no room',
      'Live UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Bad]. ',
      'Changed UPDATE_IN_PROGRESS',
      'Moved UPDATE_COMPLETE',
      'Changed UPDATE_COMPLETE',
      'Live UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Moved DELETE_IN_PROGRESS',
      'New DELETE_IN_PROGRESS',
      'Moved DELETE_COMPLETE',
      'New DELETE_COMPLETE',
      'Live UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(bench.service.things).toEqual(before);
    const ids = [...failure.outcome.resources.values()].map(({ state }) => state.physicalId);
    expect(ids).toEqual(['Same-1', 'Changed-1', 'Moved-1', 'Old-1']);
  });

  test('begins nothing new, lets resources under way finish, and rolls those back too', async () => {
    await bench.create(things({ Slow: sized(1), Bad: {}, Late: sized(1) }));
    bench.clear();
    await failureOf(
      bench.update(things({ Slow: sized(2, { Takes: 30 }), Bad: failing(), Late: { DependsOn: 'Slow', ...sized(2) } })),
    );
    // Bad itself may be half changed, so it is updated back too.
    expect(bench.service.history).toEqual(['~Slow', '~Bad', '~Slow', '~Bad']);
    expect(bench.service.previous).toEqual([{ Size: 1 }, {}, { Size: 2, Takes: 30 }, { Fails: 'no room' }]);
    expect(bench.service.things.get('Slow-1')).toEqual({ Size: 1 });
  });

  test('rolls back in the order of the old template', async () => {
    await bench.create(things({ A: { ...sized(1, { Takes: 5 }), DependsOn: 'B' }, B: sized(1, { Takes: 5 }) }));
    bench.clear();
    await failureOf(bench.update(things({ A: sized(2), B: { ...sized(2), DependsOn: 'A' }, Bad: failing(['B']) })));
    expect(bench.service.history).toEqual(['~A', '~B', '+Bad', '~B', '~A']);
  });

  test('leaves parameters, outputs, tags, policies and the template as they were', async () => {
    const more = {
      Parameters: { Size: { Type: 'Number', Default: 1 } },
      Outputs: { Size: { Value: { 'Fn::GetAtt': ['A', 'Size'] } } },
    };
    const A = { Properties: { Size: { Ref: 'Size' } } };
    const before = await bench.create(things({ A }), more, { tags: { team: 'live' } });
    const { parameters, tags, outputs, templateBody } = before;
    await failureOf(
      bench.update(things({ A: { ...A, DeletionPolicy: 'Retain' }, Bad: failing(['A']) }), more, {
        parameters: { Size: '2' },
      }),
    );
    expect(bench.engine.stack('Live')).toMatchObject({ parameters, tags, outputs, templateBody });
    await bench.engine.deleteStack('Live');
    expect(bench.service.things.size).toBe(0);
  });

  test('may be due to an output that cannot be resolved, or an export of another stack', async () => {
    const Outputs = { O: { Value: 'o', Export: { Name: 'taken' } } };
    const request = { stackName: 'Other', template: { Resources: things({ A: {} }), Outputs } };
    await bench.engine.createStack(request);
    await bench.create(things({ A: sized(1) }));
    const { outcome } = await failureOf(bench.update(things({ A: sized(2) }), { Outputs }));
    expect(outcome.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(bench.events).toContain(
      'Live UPDATE_ROLLBACK_IN_PROGRESS: Export with name taken is already exported by stack Other',
    );
  });

  test('can be followed by another update', async () => {
    await bench.create(things({ A: sized(1) }));
    await failureOf(bench.update(things({ A: sized(2), Bad: failing(['A']) })));
    const stack = await bench.update(things({ A: sized(3) }));
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect([...bench.service.things]).toEqual([['A-1', { Size: 3 }]]);
  });

  test('is rolled back even if the clean-up fails to delete a resource', async () => {
    await bench.create(things({ A: {} }));
    const Resources = things({ A: {}, New: { Properties: { Stays: 'in use' } }, Bad: failing(['New']) });
    const { outcome } = await failureOf(bench.update(Resources));
    expect(outcome).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
      statusReason: 'One or more resources could not be deleted.',
    });
  });

  test('without rollback keeps everything as it is, and the stack can be deleted', async () => {
    await bench.create(things({ A: sized(1), Moved: { Properties: { Name: 'a' } }, Old: {} }));
    const Resources = things({ A: sized(2), Moved: { Properties: { Name: 'b' } }, Bad: failing(['A', 'Moved']) });
    const { outcome } = await failureOf(bench.update(Resources, {}, { disableRollback: true }));
    expect(outcome.status).toBe('UPDATE_FAILED');
    expect([...bench.service.things.keys()]).toEqual(['A-1', 'Moved-1', 'Old-1', 'Moved-2']);
    await expect(bench.update(things({ A: {} }))).rejects.toThrow('is in UPDATE_FAILED state and can not be updated.');
    await bench.engine.deleteStack('Live');
    expect(bench.service.things.size).toBe(0);
  });
});

describe('a rollback that fails', () => {
  /** A stack whose A can grow, but not shrink again. */
  async function stuck() {
    const resources = bench.service.resources['AWS::Test::Thing'];
    const update = resources.update;
    resources.update = async (state, request, previous) => {
      if (Number(request.properties['Size']) < Number(previous['Size'])) throw new Error('cannot shrink');
      return update(state, request, previous);
    };
    await bench.create(
      things({
        A: sized(1),
        B: { DependsOn: 'A', ...sized(1) },
        C: { Properties: { N: 1 } },
        Renamed: { DependsOn: 'A', Properties: { Name: 'a' } },
      }),
    );
    const Resources = things({
      A: sized(2),
      B: { DependsOn: 'A', ...sized(1, { N: 2 }) },
      C: { Properties: { N: 2 } },
      Renamed: { DependsOn: 'A', Properties: { Name: 'b' } },
      New: {},
      Bad: failing(['B', 'C', 'Renamed', 'New']),
    });
    return failureOf(bench.update(Resources));
  }

  test('is reported, and rolls back the resources that do not depend on the failed one', async () => {
    const { outcome } = await stuck();
    expect(outcome.status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(outcome.statusReason).toBe('The following resource(s) failed to update: [A]. ');
    expect(bench.events).toContain('A UPDATE_FAILED: cannot shrink');
    expect(bench.service.things.get('C-1')).toEqual({ N: 1 });
    expect(bench.service.things.get('B-1')).toEqual({ Size: 1, N: 2 });
  });

  test('leaves a stack that can only be deleted, with all its resources', async () => {
    const { outcome } = await stuck();
    expect([...bench.service.things.keys()]).toEqual(['A-1', 'C-1', 'B-1', 'Renamed-1', 'New-1', 'Renamed-2']);
    await expect(bench.update(things({ A: sized(3) }))).rejects.toThrow(
      `Stack:${outcome.stackId} is in UPDATE_ROLLBACK_FAILED state and can not be updated. ContinueUpdateRollback is not modelled`,
    );
    await bench.engine.deleteStack('Live');
    expect(bench.service.things.size).toBe(0);
  });
});
