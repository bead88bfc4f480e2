import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ssm } from '../../src/services/ssm/ssm';
import { TestCloud } from '../s3/test-cloud';
import { signedRequest } from '../wire/signed-request';

let cloud: TestCloud;
let ssm: Ssm;

beforeEach(() => {
  cloud = new TestCloud();
  ssm = new Ssm(cloud);
});

afterEach(() => cloud.remove());

async function ask(operation: string, input: object, roleArn?: string) {
  const headers = { 'x-amz-target': `AmazonSSM.${operation}` };
  const request = signedRequest('ssm', 'test', { headers, body: JSON.stringify(input), roleArn });
  const answer = await ssm.api['ssm']?.(request);
  return { status: answer?.status, ...JSON.parse(String(answer?.body)) };
}

const Name = '/cdk-bootstrap/hnb659fds/version';
const create = (properties = {}) =>
  cloud.create(ssm, 'AWS::SSM::Parameter', 'Version', { Type: 'String', Name, Value: '33', ...properties });

describe('Parameter Store', () => {
  test('has the parameter of a stack as long as the stack has it', async () => {
    const made = await create();
    expect([made.ref, made.attribute('Value')]).toEqual([Name, '33']);
    const { Parameter } = await ask('GetParameter', { Name });
    expect(Parameter).toMatchObject({ Name, Value: '33', Type: 'String', Version: 1 });
    expect(Parameter.ARN).toBe(`arn:aws:ssm:eu-west-1:111122223333:parameter${Name}`);
    await made.delete();
    expect(await ask('GetParameter', { Name })).toMatchObject({ status: 400, __type: 'ParameterNotFound' });
  });

  test('takes no value in which Parameter Store would read a reference', async () => {
    const put = (Value: string) => ask('PutParameter', { Name: '/p', Type: 'SecureString', Value });
    expect(await put('a{{ssm:other}}b')).toMatchObject({
      status: 400,
      __type: 'ValidationException',
      message: expect.stringContaining("can't nest another parameter"),
    });
    expect(await put('a{b}c')).toMatchObject({ status: 200 });
  });

  test('tells which of several it does not have', async () => {
    await create();
    const answer = await ask('GetParameters', { Names: [Name, 'other'], WithDecryption: true });
    expect(answer.Parameters).toHaveLength(1);
    expect(answer.InvalidParameters).toEqual(['other']);
  });

  test('puts a parameter, and overwrites one only on request', async () => {
    const put = (rest = {}) => ask('PutParameter', { Name: 'a', Value: '1', Type: 'String', ...rest });
    expect((await put()).Version).toBe(1);
    expect(await put()).toMatchObject({ status: 400, __type: 'ParameterAlreadyExists' });
    expect((await put({ Value: '2', Overwrite: true })).Version).toBe(2);
    expect((await ask('GetParameter', { Name: 'a' })).Parameter.Value).toBe('2');
  });

  test('shows a secure string to a caller who asks for decryption, and forgets it when it is deleted', async () => {
    await ask('PutParameter', { Name: 'a', Value: 'secret', Type: 'SecureString' });
    expect((await ask('GetParameter', { Name: 'a', WithDecryption: true })).Parameter.Value).toBe('secret');
    expect(JSON.stringify(await ask('GetParameters', { Names: ['a'] }))).not.toContain('secret');
    expect((await ask('DeleteParameter', { Name: 'a' })).status).toBe(200);
    expect(await ask('DeleteParameter', { Name: 'a' })).toMatchObject({ status: 400, __type: 'ParameterNotFound' });
  });

  test('changes a parameter of a stack in place', async () => {
    const provider = ssm.resources['AWS::SSM::Parameter'];
    const request = { stackName: 'live', stackId: 'id', logicalId: 'P', type: 'AWS::SSM::Parameter' };
    const properties = { Type: 'String', Name, Value: '33' };
    const state = await provider?.create({ ...request, properties });
    if (state === undefined) throw new Error('no provider');
    await provider?.update?.(state, { ...request, properties: { ...properties, Value: '34' } }, properties);
    expect(ssm.value(Name)).toBe('34');
  });

  test('refuses a role without a policy for the call', async () => {
    await create();
    const arn = `arn:aws:ssm:eu-west-1:111122223333:parameter${Name}`;
    const role = await cloud.role('Reader', ['ssm:GetParameter', arn]);
    expect((await ask('GetParameter', { Name }, role)).status).toBe(200);
    expect(await ask('GetParameters', { Names: [Name] }, role)).toMatchObject({ __type: 'AccessDeniedException' });
  });

  test('refuses a taken name, a secure string and operations that it does not know', async () => {
    await create();
    await expect(create()).rejects.toThrow('The parameter already exists');
    await expect(create({ Name: 'b', Type: 'SecureString' })).rejects.toThrow('Type: SecureString is not modelled');
    await expect(create({ Name: 'b', AllowedPattern: '^a$' })).rejects.toThrow('allowedPattern: ^a$');
    await expect(ask('GetParameterHistory', { Name })).rejects.toThrow('SSM GetParameterHistory is not modelled');
  });
});
