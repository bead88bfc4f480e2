import { beforeEach, describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../src/contract';
import { EngineBench, failureOf, things } from './engine-bench';

let bench: EngineBench;

beforeEach(() => {
  bench = new EngineBench();
});

const sized = (Size: number, more: object = {}) => ({ Properties: { Size, ...more } });

describe('updating a stack', () => {
  test("reports every step in CloudFormation's words", async () => {
    await bench.create(things({ Same: sized(1), Changed: sized(1), Moved: { Properties: { Name: 'a' } }, Old: {} }));
    bench.clear();
    const stack = await bench.update(
      things({ Same: sized(1), Changed: sized(2), Moved: { Properties: { Name: 'b' } }, New: { DependsOn: 'Moved' } }),
    );
    expect(bench.events).toEqual([
      'Live UPDATE_IN_PROGRESS: User Initiated',
      'Changed UPDATE_IN_PROGRESS',
      'Moved UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.',
      'Changed UPDATE_COMPLETE',
      'Moved UPDATE_COMPLETE',
      'New CREATE_IN_PROGRESS',
      'New CREATE_COMPLETE',
      'Live UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Old DELETE_IN_PROGRESS',
      'Moved DELETE_IN_PROGRESS',
      'Old DELETE_COMPLETE',
      'Moved DELETE_COMPLETE',
      'Live UPDATE_COMPLETE',
    ]);
    expect([...stack.resources.values()].map(({ state }) => state.physicalId)).toEqual([
      'Same-1',
      'Changed-1',
      'Moved-2',
      'New-1',
    ]);
    expect([...bench.service.things.keys()]).toEqual(['Same-1', 'Changed-1', 'Moved-2', 'New-1']);
  });

  test('gives a provider the new and the previous properties', async () => {
    await bench.create(things({ A: sized(1, { Gone: true }) }));
    bench.clear();
    await bench.update(things({ A: sized(2) }));
    expect(bench.service.requests[0]).toMatchObject({ logicalId: 'A', stackName: 'Live', properties: { Size: 2 } });
    expect(bench.service.requests[0]?.properties).not.toHaveProperty('Gone');
    expect(bench.service.previous).toEqual([{ Size: 1, Gone: true }]);
  });

  test('follows the dependencies of the new template, with independent resources in parallel', async () => {
    await bench.create(things({ A: { DependsOn: 'B' }, B: {}, C: {} }));
    bench.clear();
    await bench.update(
      things({ A: sized(1, { Takes: 20 }), B: { DependsOn: 'A', ...sized(1) }, C: sized(1, { Until: 'B' }) }),
    );
    expect(bench.events.filter((event) => !event.startsWith('Live'))).toEqual([
      'A UPDATE_IN_PROGRESS',
      'C UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'B UPDATE_IN_PROGRESS',
      'B UPDATE_COMPLETE',
      'C UPDATE_COMPLETE',
    ]);
  });

  test('resolves properties with the new answers of dependencies', async () => {
    const template = (Size: number, Name: string) =>
      things({
        Source: { Properties: { Size } },
        Moved: { Properties: { Name } },
        BySize: { Properties: { Copy: { 'Fn::GetAtt': ['Source', 'Size'] } } },
        ByRef: { Properties: { Copy: { Ref: 'Source' } } },
        ByMoved: { Properties: { Copy: { Ref: 'Moved' } } },
      });
    await bench.create(template(1, 'a'));
    bench.clear();
    await bench.update(template(2, 'b'));
    expect(bench.service.history.filter((step) => /^[~-]/.test(step))).toEqual([
      '~Source',
      '~BySize',
      '~ByMoved',
      '-Moved',
    ]);
    expect(bench.service.things.get('ByMoved-1')).toEqual({ Copy: 'Moved-2' });
  });

  test('treats a number and a string of the same value as equal', async () => {
    await bench.create(things({ A: sized(1), B: {} }));
    bench.clear();
    await bench.update(things({ A: { Properties: { Size: '1' } }, B: sized(1) }));
    expect(bench.service.history).toEqual(['~B']);
  });

  test('deletes removed resources last, dependents first', async () => {
    await bench.create(things({ A: { Properties: { Name: 'a' } }, B: { DependsOn: 'A' }, C: { DependsOn: 'B' } }));
    bench.clear();
    await bench.update(things({ A: { Properties: { Name: 'b' } }, D: { DependsOn: 'A' } }));
    expect(bench.service.history).toEqual(['+A', 'A', '+D', 'D', '-C', '-B', '-A']);
  });

  test('keeps resources that DeletionPolicy and UpdateReplacePolicy retain', async () => {
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    await bench.create(things({ Moved: { Properties: { Name: 'a' }, ...kept }, Gone: kept, A: {} }));
    bench.clear();
    await bench.update(things({ Moved: { Properties: { Name: 'b' }, ...kept }, A: {} }));
    expect(bench.events).toContain('Moved DELETE_SKIPPED');
    expect(bench.events).toContain('Gone DELETE_SKIPPED');
    expect([...bench.service.things.keys()]).toEqual(['Moved-1', 'Gone-1', 'A-1', 'Moved-2']);
    await bench.engine.deleteStack('Live');
    expect([...bench.service.things.keys()]).toEqual(['Moved-1', 'Gone-1', 'Moved-2']);
  });

  test('is complete even if the clean-up fails to delete a resource, which then leaves the stack', async () => {
    await bench.create(things({ A: {}, Stuck: { Properties: { Stays: 'not empty' } } }));
    const stack = await bench.update(things({ A: {} }));
    expect(bench.events.slice(-2)).toEqual([
      'Stuck DELETE_FAILED: not empty',
      'Live UPDATE_COMPLETE: Update successful. One or more resources could not be deleted.',
    ]);
    expect([...stack.resources.keys()]).toEqual(['A']);
    await bench.update(things({ A: sized(1) }));
    expect(bench.events.filter((event) => event === 'Stuck DELETE_IN_PROGRESS')).toHaveLength(1);
  });

  test('adopts a changed policy and DependsOn without touching the resource', async () => {
    await bench.create(things({ A: {}, B: {} }));
    bench.clear();
    await bench.update(things({ A: { DependsOn: 'B', DeletionPolicy: 'Retain', Metadata: { Why: 'kept' } }, B: {} }));
    expect(bench.service.history).toEqual([]);
    await bench.engine.deleteStack('Live');
    expect(bench.service.history).toEqual(['-B']);
  });

  test('may change parameters alone, with effect on conditions, properties and outputs', async () => {
    const Resources = {
      ...things({ A: { Properties: { Size: { Ref: 'Size' } } }, Big: { Condition: 'IsBig' } }),
    };
    const more = {
      Parameters: { Size: { Type: 'Number', Default: 1 } },
      Conditions: { IsBig: { 'Fn::Equals': [{ Ref: 'Size' }, 9] } },
      Outputs: {
        Size: { Value: { 'Fn::GetAtt': ['A', 'Size'] }, Export: { Name: 'size' } },
        Big: { Condition: 'IsBig', Value: { Ref: 'Big' } },
      },
    };
    await bench.create(Resources, more);
    const big = await bench.update(Resources, more, { parameters: { Size: '9' } });
    expect(big.parameters).toEqual({ Size: 9 });
    expect(big.outputs).toMatchObject({ Size: { value: '9', exportName: 'size' }, Big: { value: 'Big-1' } });
    const small = await bench.update(Resources, more, { parameters: { Size: '2' } });
    expect(Object.keys(small.outputs)).toEqual(['Size']);
    expect([...bench.service.things]).toEqual([['A-1', { Size: 2 }]]);
  });

  test.each([
    ['outputs', {}, { Outputs: { O: { Value: 'o' } } }, {}],
    ['tags', {}, {}, { tags: { team: 'live' } }],
    ['metadata of a resource', { A: { Type: 'AWS::Test::Thing', Metadata: { a: 1 } } }, {}, {}],
  ])('may change %s alone', async (_, resources, more, request) => {
    await bench.create(things({ A: {} }));
    bench.clear();
    const stack = await bench.update({ ...things({ A: {} }), ...resources }, more, request);
    expect(stack.status).toBe('UPDATE_COMPLETE');
    expect(bench.service.history).toEqual([]);
  });

  test('records its template, its times and its description', async () => {
    await bench.create(things({ A: {} }), { Description: 'one' }, { templateBody: 'as given' });
    const stack = bench.engine.stack('Live');
    expect(stack).toMatchObject({ description: 'one', templateBody: 'as given', updatedAt: undefined });
    await bench.update(things({ B: {} }), { Description: 'two' });
    expect(bench.engine.stack('Live')).toBe(stack);
    expect(stack?.description).toBe('two');
    expect(JSON.parse(stack?.templateBody ?? '')).toEqual({ Resources: things({ B: {} }), Description: 'two' });
    expect(stack?.updatedAt?.getTime()).toBeGreaterThanOrEqual(stack?.createdAt.getTime() ?? Infinity);
  });

  test('refuses an unchanged template', async () => {
    const more = { Outputs: { O: { Value: { Ref: 'A' } } } };
    await bench.create(things({ A: sized(1) }), more);
    bench.clear();
    const act = bench.update(things({ A: sized(1) }), { Description: 'new words', ...more });
    await expect(act).rejects.toThrow('No updates are to be performed.');
    expect(bench.events).toEqual([]);
  });

  test('refuses to change the type of a resource, as CloudFormation does', async () => {
    await bench.create(things({ A: {} }));
    const act = bench.update({ A: { Type: 'AWS::Test::Stone' } });
    await expect(act).rejects.toThrow(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]',
    );
  });

  test('refuses a change that a service cannot make, by name, before anything changes', async () => {
    const stone = (Size: number) => ({ Stone: { Type: 'AWS::Test::Stone', Properties: { Size } } });
    await bench.create({ ...things({ A: {} }), ...stone(1) });
    bench.clear();
    const act = bench.update({ ...things({ A: sized(1) }), ...stone(2) });
    await expect(act).rejects.toThrow(UnsupportedError);
    await expect(act).rejects.toThrow('AWS::Test::Stone Stone.Size: the local run cannot change this in place');
    expect([...bench.events, ...bench.service.history]).toEqual([]);
  });

  test('fails on an impossible change that only shows once its dependencies have changed', async () => {
    const Stone = { Type: 'AWS::Test::Stone', Properties: { Size: { 'Fn::GetAtt': ['A', 'Size'] } } };
    await bench.create({ ...things({ A: sized(1) }), Stone });
    const { failures } = await failureOf(bench.update({ ...things({ A: sized(2) }), Stone }));
    expect(failures).toEqual([{ logicalId: 'Stone', reason: expect.stringContaining('AWS::Test::Stone Stone.Size') }]);
    expect(bench.service.things.get('A-1')).toEqual({ Size: 1 });
  });

  test('refuses a stack that does not exist', async () => {
    await expect(bench.update(things({ A: {} }))).rejects.toThrow('Stack [Live] does not exist');
  });
});
