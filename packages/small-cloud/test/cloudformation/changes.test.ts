import { beforeEach, describe, expect, test } from '@jest/globals';
import { EngineBench, things } from './engine-bench';

let bench: EngineBench;

beforeEach(() => {
  bench = new EngineBench();
});

const changes = (Resources: object, more: object = {}) =>
  bench.engine.changes({ stackName: 'Live', template: { Resources, ...more } });

/** Writes a change as `Modify A-1 Conditional: Size, Name`. */
const lines = (Resources: object, more: object = {}) =>
  changes(Resources, more).map(
    ({ action, logicalId, physicalId = logicalId, replacement, changedProperties }) =>
      `${action} ${physicalId} ${replacement}: ${changedProperties.join(', ')}`,
  );

describe('the changes of an update', () => {
  test('are additions and modifications in deployment order, then removals', async () => {
    await bench.create(things({ Same: {}, Changed: {}, Moved: { Properties: { Name: 'a' } }, Old: {} }));
    const template = things({
      New: { DependsOn: 'Changed' },
      Same: {},
      Changed: { Properties: { Size: 1, Depth: 2 } },
      Moved: { Properties: { Name: 'b' } },
    });
    expect(lines(template)).toEqual([
      'Modify Changed-1 False: Size, Depth',
      'Add New False: ',
      'Modify Moved-1 True: Name',
      'Remove Old-1 False: ',
    ]);
  });

  test('of a new stack are additions only', () => {
    expect(lines(things({ B: { DependsOn: 'A' }, A: {} }))).toEqual(['Add A False: ', 'Add B False: ']);
  });

  test('can be listed without changing anything', async () => {
    await bench.create(things({ A: {} }));
    bench.clear();
    changes(things({ B: {} }));
    expect([...bench.events, ...bench.service.history]).toEqual([]);
    expect(bench.engine.stacks()).toHaveLength(1);
  });

  test('are conditional where they depend on the answers of other resources', async () => {
    const template = (Name: string, Size: number) =>
      things({
        Moved: { Properties: { Name } },
        Source: { Properties: { Size } },
        ByMoved: { Properties: { Name: { Ref: 'Moved' } } },
        ByRef: { Properties: { Copy: { Ref: 'Source' } } },
        BySize: { Properties: { Copy: { 'Fn::GetAtt': ['Source', 'Size'] } } },
      });
    await bench.create(template('a', 1));
    expect(lines(template('b', 2))).toEqual([
      'Modify Moved-1 True: Name',
      'Modify Source-1 False: Size',
      'Modify ByMoved-1 Conditional: Name',
      'Modify BySize-1 False: Copy',
    ]);
    expect(changes(template('b', 2)).map(({ uncertainProperties }) => uncertainProperties)).toEqual([
      [],
      [],
      ['Name'],
      ['Copy'],
    ]);
  });

  test('include those of attributes beside the properties', async () => {
    await bench.create(things({ A: {} }));
    const [change] = changes(
      things({ A: { Metadata: { a: 1 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } }),
    );
    expect(change).toMatchObject({
      action: 'Modify',
      changedProperties: [],
      changedAttributes: ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'],
    });
  });

  test('are none for the same template', async () => {
    await bench.create(things({ A: { Properties: { Size: 1 } } }));
    expect(changes(things({ A: { Properties: { Size: '1' } } }))).toEqual([]);
  });
});
