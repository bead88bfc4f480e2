import {
  type ChangeSetType,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InsufficientCapabilitiesError } from '../../../src/cloudformation/capabilities';
import type { ResourceChange } from '../../../src/cloudformation/changes';
import { ApiBench, TEMPLATE } from './api-bench';

let bench: ApiBench;

beforeEach(async () => {
  bench = new ApiBench();
  await bench.start();
});

afterEach(() => bench.close());

const StackName = 'Live';
const ChangeSetName = 'next';
const create = (ChangeSetType: ChangeSetType, rest = {}) =>
  bench.client.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName, ChangeSetType, TemplateBody: TEMPLATE, ...rest }),
  );
const describeIt = (rest = {}) =>
  bench.client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName, ...rest }));
const execute = (rest = {}) => bench.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName, ...rest }));
const status = async (name = StackName) =>
  (await bench.client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]?.StackStatus;
const ADDED: ResourceChange = {
  action: 'Add',
  logicalId: 'Thing',
  physicalId: undefined,
  type: 'AWS::Test::Thing',
  replacement: 'False',
  changedProperties: [],
  uncertainProperties: [],
  changedAttributes: [],
};

describe('a change set that creates a stack', () => {
  test('promises the stack, and its execution creates the stack under the promised id', async () => {
    bench.engine.toChange = [ADDED];
    const { StackId, Id } = await create('CREATE', { Description: 'why', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await status()).toBe('REVIEW_IN_PROGRESS');
    const events = await bench.client.send(new DescribeStackEventsCommand({ StackName: StackId }));
    expect(events.StackEvents).toEqual([]);
    expect(await describeIt()).toMatchObject({
      ChangeSetName,
      ChangeSetId: Id,
      StackName,
      StackId,
      Description: 'why',
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Tags: [{ Key: 'a', Value: 'b' }],
      Changes: [{ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'Thing' } }],
    });
    expect(bench.engine.asked).toEqual(['changes Live']);
    await execute({ ChangeSetName: Id, DisableRollback: true });
    expect(bench.engine.requests.at(-1)).toMatchObject({ stackId: StackId, disableRollback: true });
    expect(bench.engine.asked).toEqual(['changes Live', 'create Live']);
    expect(await status(StackId)).toBe('CREATE_IN_PROGRESS');
    expect((await describeIt()).ExecutionStatus).toBe('EXECUTE_COMPLETE');
  });

  test('hides the value of a NoEcho parameter', async () => {
    await create('CREATE', { Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'word' }] });
    expect((await describeIt()).Parameters).toEqual([{ ParameterKey: 'Secret', ParameterValue: '****' }]);
  });

  test('is deleted with the stack that it promised', async () => {
    const { StackId, Id } = await create('CREATE');
    expect((await create('CREATE', { ChangeSetName: 'other' })).StackId).toBe(StackId);
    await bench.client.send(new DeleteStackCommand({ StackName: StackId }));
    await expect(status()).rejects.toThrow('Stack with id Live does not exist');
    await expect(describeIt({ StackName: undefined, ChangeSetName: Id })).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
    });
    expect(bench.engine.asked).toEqual(['changes Live', 'changes Live']);
  });

  test('refuses an existing stack', async () => {
    bench.engine.has(StackName);
    await expect(create('CREATE')).rejects.toThrow(
      'Stack [Live] already exists and cannot be created again with the changeSet [next].',
    );
  });

  test('refuses a template that the engine refuses, and promises no stack', async () => {
    bench.engine.refusal = new Error('Parameters: [Secret] must have values');
    await expect(create('CREATE')).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(status()).rejects.toThrow('does not exist');
  });
});

describe('a change set that updates a stack', () => {
  beforeEach(() => {
    bench.engine.has(StackName, { templateBody: TEMPLATE });
  });

  test('tells for each property if its change replaces the resource', async () => {
    const changedProperties = ['Size', 'Name'];
    const modify: ResourceChange = { ...ADDED, action: 'Modify', physicalId: 'thing-1', changedProperties };
    bench.engine.toChange = [
      { ...modify, replacement: 'True', uncertainProperties: ['Name'], changedAttributes: ['Metadata'] },
      { ...ADDED, action: 'Remove', logicalId: 'Old', physicalId: 'old-1' },
    ];
    await create('UPDATE');
    expect((await describeIt()).Changes?.map(({ ResourceChange }) => ResourceChange)).toEqual([
      {
        Action: 'Modify',
        LogicalResourceId: 'Thing',
        PhysicalResourceId: 'thing-1',
        ResourceType: 'AWS::Test::Thing',
        Replacement: 'True',
        Scope: ['Properties', 'Metadata'],
        Details: [
          {
            Target: { Attribute: 'Properties', Name: 'Size', RequiresRecreation: 'Always' },
            Evaluation: 'Static',
            ChangeSource: 'DirectModification',
          },
          {
            Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' },
            Evaluation: 'Dynamic',
            ChangeSource: 'ResourceReference',
          },
          {
            Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
            Evaluation: 'Static',
            ChangeSource: 'DirectModification',
          },
        ],
      },
      {
        Action: 'Remove',
        LogicalResourceId: 'Old',
        PhysicalResourceId: 'old-1',
        ResourceType: 'AWS::Test::Thing',
        Scope: [],
        Details: [],
      },
    ]);
    await execute();
    expect(bench.engine.asked).toEqual(['check Live', 'changes Live', 'update Live']);
  });

  test('fails without changes, and then cannot be executed', async () => {
    bench.engine.refusal = new Error('No updates are to be performed.');
    await create('UPDATE', { TemplateBody: undefined, UsePreviousTemplate: true });
    expect(await describeIt()).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
      ExecutionStatus: 'UNAVAILABLE',
    });
    await expect(execute()).rejects.toMatchObject({
      name: 'InvalidChangeSetStatusException',
      message: expect.stringContaining('cannot be executed in its current status of [FAILED]'),
    });
  });

  test('succeeds with changes outside the resources', async () => {
    await create('UPDATE', { Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await describeIt()).toMatchObject({ Status: 'CREATE_COMPLETE', Changes: [] });
  });

  test('deletes the other change sets when it is executed', async () => {
    bench.engine.toChange = [ADDED];
    await create('UPDATE');
    await create('UPDATE', { ChangeSetName: 'other' });
    const names = async () =>
      (await bench.client.send(new ListChangeSetsCommand({ StackName }))).Summaries?.map((one) => one.ChangeSetName);
    expect(await names()).toEqual(['next', 'other']);
    await execute();
    expect(await names()).toEqual(['next']);
  });

  test('can be deleted, even if it does not exist', async () => {
    const remove = () => bench.client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
    await remove();
    await create('UPDATE');
    await remove();
    await expect(describeIt()).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [next] does not exist',
    });
  });

  test('refuses a taken name, a missing stack, and a template that the engine refuses', async () => {
    await create('UPDATE');
    await expect(create('UPDATE')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(create('UPDATE', { StackName: 'Never' })).rejects.toThrow('Stack [Never] does not exist');
    bench.engine.refusal = new InsufficientCapabilitiesError('Requires capabilities : [CAPABILITY_IAM]');
    await expect(create('UPDATE', { ChangeSetName: 'other' })).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
    });
  });

  test('refuses a stack that is only promised', async () => {
    await create('CREATE', { StackName: 'Promised' });
    await expect(create('UPDATE', { StackName: 'Promised', ChangeSetName: 'other' })).rejects.toThrow(
      'is in REVIEW_IN_PROGRESS state and can not be updated.',
    );
  });

  test('refuses an import, and an express deployment', async () => {
    await expect(create('IMPORT')).rejects.toThrow('ChangeSetType IMPORT is not modelled');
    await expect(create('UPDATE', { ResourcesToImport: [{ ResourceType: 'a' }] })).rejects.toThrow('ResourcesToImport');
  });
});
