import { describe, expect, test } from '@jest/globals';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { secureParameterHandler } from '../../lambda/secure-parameter/handler';

const event = (type: 'Create' | 'Update' | 'Delete', properties: object, physicalId = '/live/a') =>
  ({
    RequestType: type,
    LogicalResourceId: 'Password',
    PhysicalResourceId: physicalId,
    ResourceProperties: properties,
  }) as unknown as CloudFormationCustomResourceEvent;

/** A Parameter Store that writes down what is asked of it. */
function store() {
  const asked: string[] = [];
  const failures: Error[] = [];
  const handler = secureParameterHandler({
    parameters: {
      put: async (name, value, overwrite) => void asked.push(`put ${name} ${value} ${overwrite ? 'over' : 'new'}`),
      remove: async (name) => {
        asked.push(`remove ${name}`);
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
      },
    },
    clock: { now: () => 0, sleep: async () => {} },
  });
  return { asked, failures, handler };
}

const own = { Name: '/live/a', Value: 'secret' };

describe('a secure parameter', () => {
  test('is written once, never over one that was there, and Ref is its name', async () => {
    const { asked, handler } = store();
    expect(await handler.handle(event('Create', own), 0)).toEqual({ physicalId: '/live/a' });
    expect(asked).toEqual(['put /live/a secret new']);
  });

  test('is changed in place; under another name it is another one', async () => {
    const { asked, handler } = store();
    await handler.handle(event('Update', { ...own, Value: 'other' }), 0);
    const moved = await handler.handle(event('Update', { ...own, Name: '/live/b' }), 0);
    expect(moved.physicalId).toBe('/live/b');
    expect(asked).toEqual(['put /live/a other over', 'put /live/b secret new']);
  });

  test('is removed with the stack, also when what it should hold is no longer told', async () => {
    const { asked, handler } = store();
    await handler.handle(event('Delete', {}), 0);
    expect(asked).toEqual(['remove /live/a']);
  });

  test('is removed when Parameter Store is well again', async () => {
    const { asked, failures, handler } = store();
    failures.push(
      Object.assign(new Error('busy'), { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }),
    );
    await handler.handle(event('Delete', {}), 600_000);
    expect(asked).toEqual(['remove /live/a', 'remove /live/a']);
  });

  test('says what is missing, and never the secret', async () => {
    const { handler } = store();
    await expect(handler.handle(event('Create', { Name: '/live/a', Value: '' }), 0)).rejects.toThrow(
      'Value: is missing; a string is needed',
    );
    await expect(handler.handle(event('Create', { Value: 'secret' }), 0)).rejects.toThrow(
      /^Name: is missing; a string is needed$/,
    );
  });
});
