import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnsupportedError } from '../../../src/contract';
import { TemplateError } from '../../../src/template/template-error';
import { ApiBench, TEMPLATE } from './api-bench';

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
  test('passes the template, parameters, tags and capabilities to the engine', async () => {
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

  test('refuses the name of an existing stack', async () => {
    bench.engine.has(StackName);
    await expect(create()).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [Live] already exists',
    });
  });

  test('refuses TemplateBody with TemplateURL, and a call with neither', async () => {
    const sentence = 'Either Template URL or Template Body must be specified.';
    await expect(create({ TemplateBody: undefined })).rejects.toMatchObject(validation(sentence));
    await expect(create({ TemplateURL: 'http://127.0.0.1/b/k' })).rejects.toMatchObject(validation(sentence));
  });

  test('refuses a TemplateURL of a missing object, and one outside S3', async () => {
    const from = (TemplateURL: string) => create({ TemplateBody: undefined, TemplateURL });
    await expect(from('http://127.0.0.1/b/k')).rejects.toThrow('The specified key does not exist: b/k');
    await expect(from('https://example.com/b/k')).rejects.toThrow('TemplateURL must be a supported URL');
  });

  test("passes on the engine's refusals in its words", async () => {
    bench.engine.refusal = new TemplateError(['Parameters: [Secret] must have values']);
    await expect(create()).rejects.toMatchObject(validation('Parameters: [Secret] must have values'));
    bench.engine.refusal = new UnsupportedError('Resource types that the local run does not model: AWS::X::Y (Z)');
    await expect(create()).rejects.toThrow('AWS::X::Y');
  });

  test('refuses an unknown parameter by name', async () => {
    await expect(create({ NotificationARNs: ['arn:aws:sns:eu-west-1:1:topic'] })).rejects.toThrow('NotificationARNs');
    await expect(create({ TimeoutInMinutes: 5 })).rejects.toThrow('TimeoutInMinutes');
    expect(bench.engine.asked).toEqual([]);
  });

  test('refuses an invalid stack name', async () => {
    await expect(create({ StackName: '1live' })).rejects.toThrow("Value '1live' at 'stackName'");
  });
});

describe('UpdateStack', () => {
  test('fills in the previous template and the previous values, including NoEcho ones', async () => {
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

  test('refuses UsePreviousValue without a previous value', async () => {
    bench.engine.has(StackName, { templateBody: TEMPLATE });
    const Parameters = [{ ParameterKey: 'Size', UsePreviousValue: true }];
    await expect(update({ UsePreviousTemplate: true, Parameters })).rejects.toThrow('There is no previous value of it');
  });

  test('refuses a missing stack, and an update without changes', async () => {
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

  test('begins the deletion, and succeeds for a deleted stack', async () => {
    const stack = bench.engine.has(StackName);
    await remove();
    expect(bench.engine.asked).toEqual(['delete Live']);
    stack.status = 'DELETE_COMPLETE';
    await remove({ StackName: stack.stackId });
    await remove({ StackName: 'Never' });
    expect(bench.engine.asked).toEqual(['delete Live']);
  });

  test('refuses a stack with termination protection', async () => {
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

  test('refuses RetainResources and other deletion modes', async () => {
    bench.engine.has(StackName);
    await expect(remove({ RetainResources: ['Thing'] })).rejects.toThrow('RetainResources');
  });
});

describe('an action', () => {
  test('that is not modelled is refused by name', async () => {
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

  test('of a role needs s3:GetObject for a TemplateURL, and iam:PassRole for an execution role', async () => {
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
