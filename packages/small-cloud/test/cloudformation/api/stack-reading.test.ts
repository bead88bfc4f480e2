import {
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  paginateDescribeStackEvents,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiBench } from './api-bench';
import { FakeEngine } from './fake-engine';

let bench: ApiBench;

beforeEach(async () => {
  bench = new ApiBench();
  await bench.start();
});

afterEach(() => bench.close());

const StackName = 'Live';
const described = async (name: string | undefined = StackName) =>
  (await bench.client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
const validation = (message: string) => ({ name: 'ValidationError', message });

describe('a stack', () => {
  test('is described in all fields', async () => {
    const { stackId } = bench.engine.has(StackName, {
      statusReason: 'Why',
      updatedAt: new Date(9000),
      parameters: { Size: 'large', Secret: '****', Version: 33 },
      tags: { team: 'live' },
      outputs: { Url: { value: 'https://x', description: 'Where', exportName: 'live-url' } },
      templateBody: JSON.stringify({
        Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } },
      }),
    });
    expect(await described()).toMatchObject({
      StackName,
      StackId: stackId,
      Description: 'A stack',
      StackStatus: 'CREATE_COMPLETE',
      StackStatusReason: 'Why',
      CreationTime: new Date(0),
      LastUpdatedTime: new Date(9000),
      Tags: [{ Key: 'team', Value: 'live' }],
      Outputs: [{ OutputKey: 'Url', OutputValue: 'https://x', Description: 'Where', ExportName: 'live-url' }],
      Parameters: [
        { ParameterKey: 'Size', ParameterValue: 'large' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
        { ParameterKey: 'Version', ParameterValue: '/version', ResolvedValue: '33' },
      ],
    });
    const { Exports } = await bench.client.send(new ListExportsCommand({}));
    expect(Exports).toEqual([{ ExportingStackId: stackId, Name: 'live-url', Value: 'https://x' }]);
  });

  test('that is deleted is found by its id, no longer by its name', async () => {
    const { stackId } = bench.engine.has(StackName, { status: 'DELETE_COMPLETE' });
    await expect(described()).rejects.toMatchObject(validation('Stack with id Live does not exist'));
    expect((await described(stackId))?.StackStatus).toBe('DELETE_COMPLETE');
    bench.engine.has('Other');
    const { Stacks } = await bench.client.send(new DescribeStacksCommand({}));
    expect(Stacks?.map((one) => one.StackName)).toEqual(['Other']);
    const list = (StackStatusFilter?: 'DELETE_COMPLETE'[]) =>
      bench.client.send(new ListStacksCommand({ StackStatusFilter }));
    expect((await list()).StackSummaries).toHaveLength(2);
    expect((await list(['DELETE_COMPLETE'])).StackSummaries?.map((one) => one.StackId)).toEqual([stackId]);
  });

  test('returns its template unchanged', async () => {
    bench.engine.has(StackName, { templateBody: '# a comment\nResources: {A: {Type: "<&>"}}\n' });
    const answer = await bench.client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    expect(answer.TemplateBody).toBe('# a comment\nResources: {A: {Type: "<&>"}}\n');
    await expect(bench.client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Processed' }))).rejects.toThrow(
      'Processed',
    );
  });
});

describe('the history of a stack', () => {
  test('comes newest first, in pages that new events do not shift', async () => {
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        FakeEngine.event({ logicalId: `R${from + index}`, status: 'CREATE_COMPLETE' }),
      );
    const { events } = bench.engine.has(StackName, { events: numbered(0, 230) });
    const seen: string[] = [];
    const times: number[] = [];
    const query = { client: bench.client };
    for await (const { StackEvents = [] } of paginateDescribeStackEvents(query, { StackName })) {
      seen.push(...StackEvents.map(({ LogicalResourceId }) => LogicalResourceId ?? ''));
      times.push(...StackEvents.map(({ Timestamp }) => Timestamp?.getTime() ?? 0));
      events.push(...numbered(230, 240));
    }
    expect(seen).toEqual(Array.from({ length: 230 }, (_, index) => `R${229 - index}`));
    // Many events share a millisecond, and callers sort by the time.
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(times).size).toBe(230);
  });

  test('refuses a missing stack, in the words that the CDK CLI waits for', async () => {
    await expect(bench.client.send(new DescribeStackEventsCommand({ StackName }))).rejects.toMatchObject(
      validation('Stack [Live] does not exist'),
    );
  });
});

describe('the resources of a stack', () => {
  const thing = (physicalId: string) => ({
    logicalId: 'Thing',
    type: 'AWS::Test::Thing',
    properties: {},
    dependsOn: new Set<string>(),
    ...({ deletionPolicy: 'Delete', updateReplacePolicy: 'Delete', metadata: undefined } as const),
    state: { physicalId, ref: physicalId, attributes: {} },
  });

  beforeEach(() => {
    const said = FakeEngine.event;
    bench.engine.has(StackName, {
      resources: new Map([['Thing', thing('thing-2')]]),
      events: [
        said({ logicalId: StackName, type: 'AWS::CloudFormation::Stack', status: 'CREATE_COMPLETE' }),
        said({ logicalId: 'Thing', physicalId: 'thing-1', status: 'CREATE_COMPLETE' }),
        said({ logicalId: 'Gone', physicalId: 'gone-1', status: 'DELETE_COMPLETE' }),
        said({ logicalId: 'Thing', physicalId: 'thing-2', status: 'CREATE_COMPLETE', time: new Date(7000) }),
        said({ logicalId: 'Thing', physicalId: 'thing-1', status: 'DELETE_COMPLETE' }),
        said({ logicalId: 'Late', status: 'CREATE_FAILED', reason: 'No' }),
      ],
    });
  });

  test('include a replaced one under its new physical id', async () => {
    const all = await bench.client.send(new ListStackResourcesCommand({ StackName }));
    expect(all.StackResourceSummaries).toMatchObject([
      { LogicalResourceId: 'Thing', PhysicalResourceId: 'thing-2', ResourceStatus: 'CREATE_COMPLETE' },
      { LogicalResourceId: 'Late', ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: 'No' },
    ]);
    const one = await bench.client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Thing' }));
    expect(one.StackResourceDetail).toMatchObject({
      StackName,
      PhysicalResourceId: 'thing-2',
      ResourceType: 'AWS::Test::Thing',
      LastUpdatedTimestamp: new Date(7000),
    });
    const some = await bench.client.send(new DescribeStackResourcesCommand({ StackName, LogicalResourceId: 'Late' }));
    expect(some.StackResources?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Late']);
  });

  test('refuses a missing resource', async () => {
    const ask = (name: string, LogicalResourceId: string) =>
      bench.client.send(new DescribeStackResourceCommand({ StackName: name, LogicalResourceId }));
    await expect(ask(StackName, 'Gone')).rejects.toMatchObject(
      validation('Resource Gone does not exist for stack Live'),
    );
    await expect(ask('Never', 'Thing')).rejects.toMatchObject(validation("Stack 'Never' does not exist"));
  });
});

describe('a template', () => {
  test('is summarised, and refused when malformed', async () => {
    const TemplateBody = 'Parameters: {Size: {Type: String, Default: small}}\nResources: {R: {Type: AWS::IAM::Role}}';
    const summary = await bench.client.send(new GetTemplateSummaryCommand({ TemplateBody }));
    expect(summary).toMatchObject({
      Parameters: [{ ParameterKey: 'Size', ParameterType: 'String', DefaultValue: 'small' }],
      ResourceTypes: ['AWS::IAM::Role'],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    });
    await expect(bench.client.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))).rejects.toMatchObject(
      validation('Template format error: At least one Resources member must be defined.'),
    );
  });
});
