import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
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
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../../src/contract';
import { TemplateError } from '../../../src/template/template-error';
import { ApiBench, TEMPLATE } from './api-bench';
import { FakeEngine } from './fake-engine';

let bench: ApiBench;

beforeEach(async () => {
  bench = new ApiBench();
  await bench.start();
});

afterEach(() => bench.close());

const StackName = 'Live';
const create = (rest = {}) => bench.client.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE, ...rest }));
const update = (rest = {}) => bench.client.send(new UpdateStackCommand({ StackName, ...rest }));
const described = async (name: string | undefined = StackName) =>
  (await bench.client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
const validation = (message: string) => ({ name: 'ValidationError', message });

describe('CreateStack', () => {
  test('gives the engine the template, parameters, tags and capabilities', async () => {
    const answer = await create({
      Parameters: [
        { ParameterKey: 'Size', ParameterValue: 'large' },
        { ParameterKey: 'Secret', ParameterValue: '' },
      ],
      Tags: [{ Key: 'team', Value: 'live' }],
      Capabilities: ['CAPABILITY_IAM'],
      DisableRollback: true,
    });
    expect(answer.StackId).toBe(bench.engine.stack(StackName)?.stackId);
    expect(bench.engine.requests).toEqual([
      {
        stackName: StackName,
        template: JSON.parse(TEMPLATE),
        templateBody: TEMPLATE,
        parameters: { Size: 'large', Secret: '' },
        tags: { team: 'live' },
        capabilities: ['CAPABILITY_IAM'],
        disableRollback: true,
      },
    ]);
  });

  test.each([
    'http://127.0.0.1:4566/assets/a/b.json',
    'https://s3.eu-west-1.amazonaws.com/assets/a/b.json',
    'https://assets.s3.eu-west-1.amazonaws.com/a/b.json',
  ])('takes the template behind %s', async (TemplateURL) => {
    bench.object('assets', 'a/b.json', TEMPLATE);
    await create({ TemplateBody: undefined, TemplateURL });
    expect(bench.engine.requests[0]?.templateBody).toBe(TEMPLATE);
  });

  test('refuses a second stack of that name', async () => {
    bench.engine.has(StackName);
    await expect(create()).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [Live] already exists',
    });
  });

  test('refuses both, and neither, of TemplateBody and TemplateURL', async () => {
    const sentence = 'Either Template URL or Template Body must be specified.';
    await expect(create({ TemplateBody: undefined })).rejects.toMatchObject(validation(sentence));
    await expect(create({ TemplateURL: 'http://127.0.0.1/b/k' })).rejects.toMatchObject(validation(sentence));
  });

  test('refuses an object that is not there, and a place that is not S3', async () => {
    const from = (TemplateURL: string) => create({ TemplateBody: undefined, TemplateURL });
    await expect(from('http://127.0.0.1/b/k')).rejects.toThrow('The specified key does not exist: b/k');
    await expect(from('https://example.com/b/k')).rejects.toThrow('TemplateURL must be a supported URL');
  });

  test("refuses what the engine refuses, in the engine's words", async () => {
    bench.engine.refusal = new TemplateError(['Parameters: [Secret] must have values']);
    await expect(create()).rejects.toMatchObject(validation('Parameters: [Secret] must have values'));
    bench.engine.refusal = new UnsupportedError('Resource types that the local run does not model: AWS::X::Y (Z)');
    await expect(create()).rejects.toThrow('AWS::X::Y');
  });

  test('refuses a parameter that it does not read, by name', async () => {
    await expect(create({ NotificationARNs: ['arn:aws:sns:eu-west-1:1:topic'] })).rejects.toThrow('NotificationARNs');
    await expect(create({ TimeoutInMinutes: 5 })).rejects.toThrow('TimeoutInMinutes');
    expect(bench.engine.asked).toEqual([]);
  });

  test('refuses a name that is none', async () => {
    await expect(create({ StackName: '1live' })).rejects.toThrow("Value '1live' at 'stackName'");
  });
});

describe('UpdateStack', () => {
  test('fills in the previous template and previous values, NoEcho ones too', async () => {
    await create({
      Parameters: [
        { ParameterKey: 'Secret', ParameterValue: 'word' },
        { ParameterKey: 'Size', ParameterValue: 'large' },
      ],
      Tags: [{ Key: 'team', Value: 'live' }],
    });
    for (const stack of bench.engine.known) stack.parameters = { Secret: '****', Size: 'large' };
    await update({
      UsePreviousTemplate: true,
      Parameters: [
        { ParameterKey: 'Secret', UsePreviousValue: true },
        { ParameterKey: 'Size', ParameterValue: 'small' },
      ],
    });
    expect(bench.engine.asked).toEqual(['create Live', 'update Live']);
    expect(bench.engine.requests[1]).toMatchObject({
      templateBody: TEMPLATE,
      parameters: { Secret: 'word', Size: 'small' },
      tags: { team: 'live' },
    });
  });

  test('refuses a previous value where there is none', async () => {
    bench.engine.has(StackName, { templateBody: TEMPLATE });
    const Parameters = [{ ParameterKey: 'Size', UsePreviousValue: true }];
    await expect(update({ UsePreviousTemplate: true, Parameters })).rejects.toThrow('There is no previous value of it');
  });

  test('refuses a stack that is not there, and passes on that nothing changed', async () => {
    await expect(update({ TemplateBody: TEMPLATE })).rejects.toMatchObject(validation('Stack [Live] does not exist'));
    bench.engine.has(StackName);
    bench.engine.refusal = new Error('No updates are to be performed.');
    await expect(update({ TemplateBody: TEMPLATE })).rejects.toMatchObject(
      validation('No updates are to be performed.'),
    );
  });
});

describe('DeleteStack', () => {
  const remove = (rest = {}) => bench.client.send(new DeleteStackCommand({ StackName, ...rest }));

  test('begins the deletion, and is content with a stack that is gone', async () => {
    const stack = bench.engine.has(StackName);
    await remove();
    expect(bench.engine.asked).toEqual(['delete Live']);
    stack.status = 'DELETE_COMPLETE';
    await remove({ StackName: stack.stackId });
    await remove({ StackName: 'Never' });
    expect(bench.engine.asked).toEqual(['delete Live']);
  });

  test('refuses a protected stack until the protection is off', async () => {
    const stack = bench.engine.has(StackName);
    const protect = (EnableTerminationProtection: boolean) =>
      bench.client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }));
    await protect(true);
    expect((await described())?.EnableTerminationProtection).toBe(true);
    await expect(remove()).rejects.toThrow('cannot be deleted while TerminationProtection is enabled');
    await protect(false);
    await remove();
    expect(stack.status).toBe('DELETE_IN_PROGRESS');
  });

  test('refuses to keep resources, for it does not', async () => {
    bench.engine.has(StackName);
    await expect(remove({ RetainResources: ['Thing'] })).rejects.toThrow('RetainResources');
  });
});

describe('a stack', () => {
  test('is described with what CloudFormation says of it', async () => {
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
      ...{ StackName, StackId: stackId, Description: 'A stack', StackStatus: 'CREATE_COMPLETE' },
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

  test('that is deleted has lost its name, and is found by its id', async () => {
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

  test('gives its template back to the letter', async () => {
    bench.engine.has(StackName, { templateBody: '# a comment\nResources: {A: {Type: "<&>"}}\n' });
    const answer = await bench.client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' }));
    expect(answer.TemplateBody).toBe('# a comment\nResources: {A: {Type: "<&>"}}\n');
    await expect(bench.client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Processed' }))).rejects.toThrow(
      'Processed',
    );
  });
});

describe('the history of a stack', () => {
  test('comes newest first, in pages that stay whole while it goes on', async () => {
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
    // Much happens in a millisecond here, and callers sort by the time.
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(times).size).toBe(230);
  });

  test('refuses a stack that is not there, in the words that the CDK CLI waits for', async () => {
    await expect(bench.client.send(new DescribeStackEventsCommand({ StackName }))).rejects.toMatchObject(
      validation('Stack [Live] does not exist'),
    );
  });
});

describe('the resources of a stack', () => {
  const thing = (physicalId: string) => ({
    ...{ logicalId: 'Thing', type: 'AWS::Test::Thing', properties: {}, dependsOn: new Set<string>() },
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

  test('are those that are there, a replaced one under its new name', async () => {
    const all = await bench.client.send(new ListStackResourcesCommand({ StackName }));
    expect(all.StackResourceSummaries).toMatchObject([
      { LogicalResourceId: 'Thing', PhysicalResourceId: 'thing-2', ResourceStatus: 'CREATE_COMPLETE' },
      { LogicalResourceId: 'Late', ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: 'No' },
    ]);
    const one = await bench.client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Thing' }));
    expect(one.StackResourceDetail).toMatchObject({
      ...{ StackName, PhysicalResourceId: 'thing-2', ResourceType: 'AWS::Test::Thing' },
      LastUpdatedTimestamp: new Date(7000),
    });
    const some = await bench.client.send(new DescribeStackResourcesCommand({ StackName, LogicalResourceId: 'Late' }));
    expect(some.StackResources?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(['Late']);
  });

  test('refuses one that is not there', async () => {
    const ask = (name: string, LogicalResourceId: string) =>
      bench.client.send(new DescribeStackResourceCommand({ StackName: name, LogicalResourceId }));
    await expect(ask(StackName, 'Gone')).rejects.toMatchObject(
      validation('Resource Gone does not exist for stack Live'),
    );
    await expect(ask('Never', 'Thing')).rejects.toMatchObject(validation("Stack 'Never' does not exist"));
  });
});

describe('a template', () => {
  test('is summarized, and refused when it is none', async () => {
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

describe('an action', () => {
  test('that nobody wrote is refused by name', async () => {
    bench.engine.has(StackName);
    await expect(bench.client.send(new ContinueUpdateRollbackCommand({ StackName }))).rejects.toThrow(
      'ContinueUpdateRollback is not modelled',
    );
  });

  test('of a role needs a policy that allows it on the stack', async () => {
    const { stackId } = bench.engine.has(StackName);
    bench.actAs(await bench.cloud.role('Reader', ['cloudformation:DescribeStacks', stackId]));
    expect((await described())?.StackId).toBe(stackId);
    await expect(described('Other')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(bench.client.send(new GetTemplateCommand({ StackName }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`cloudformation:GetTemplate on resource: ${stackId}`),
    });
  });

  test('of a role reads a TemplateURL only with s3:GetObject, and passes a role on only with iam:PassRole', async () => {
    bench.object('assets', 'k', TEMPLATE);
    const roleArn = await bench.cloud.role('Deployer', ['cloudformation:CreateStack', '*']);
    bench.actAs(roleArn);
    const url = { TemplateBody: undefined, TemplateURL: 'http://127.0.0.1/assets/k' };
    await expect(create(url)).rejects.toThrow('s3:GetObject on resource: arn:aws:s3:::assets/k');
    await expect(create({ RoleARN: roleArn })).rejects.toThrow(`iam:PassRole on resource: ${roleArn}`);
    bench.actAs(undefined);
    await expect(create({ RoleARN: roleArn })).rejects.toThrow('is invalid or cannot be assumed');
  });
});
