import { describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
import { LogStore } from '../../src/services/logs/log-store';
import { Logs } from '../../src/services/logs/logs';
import { quietCloud } from '../cloudformation/quiet-cloud';

const TYPE = 'AWS::Logs::LogGroup';

function provider() {
  const found = new Logs(quietCloud()).resources[TYPE];
  if (found?.update === undefined) throw new Error('a log group can be updated');
  return { ...found, update: found.update };
}

const request = (properties: Properties) => ({
  stackName: 'Live',
  stackId: 'stack-id',
  logicalId: 'Log',
  type: TYPE,
  properties,
});

describe('a log group', () => {
  test('takes another retention in place, and another name as another log group', async () => {
    const { create, update, replacedBy } = provider();
    const made = await create(request({ LogGroupName: 'logs', RetentionInDays: 7 }));
    expect(await update(made, request({ LogGroupName: 'logs', RetentionInDays: 30 }), {})).toEqual(made);
    expect(replacedBy).toEqual(['LogGroupName']);
  });

  test('refuses in an update what it refuses in a creation', async () => {
    const { create, update } = provider();
    const made = await create(request({}));
    await expect(update(made, request({ KmsKeyId: 'k' }), {})).rejects.toThrow(
      'Log.KmsKeyId is not modelled by the local run',
    );
  });
});

describe('a log stream', () => {
  const stream = (properties: Properties) => ({
    ...request(properties),
    logicalId: 'Stream',
    type: 'AWS::Logs::LogStream',
  });

  function providers() {
    const { resources } = new Logs(quietCloud());
    const [groups, streams] = [resources[TYPE], resources['AWS::Logs::LogStream']];
    if (groups === undefined || streams === undefined) throw new Error('there are groups and streams');
    return { groups, streams };
  }

  test('is named, belongs to a group, and refers to its name', async () => {
    const { groups, streams } = providers();
    await groups.create(request({ LogGroupName: 'logs' }));
    expect(await streams.create(stream({ LogGroupName: 'logs', LogStreamName: 'errors' }))).toMatchObject({
      ref: 'errors',
    });
    expect((await streams.create(stream({ LogGroupName: 'logs' }))).ref).toMatch(/^Live-Stream-/);
    expect(streams.replacedBy).toEqual(['LogGroupName', 'LogStreamName']);
  });

  test('refuses a group that is missing, a name that is taken, and characters that no name has', async () => {
    const { groups, streams } = providers();
    const errors = stream({ LogGroupName: 'logs', LogStreamName: 'errors' });
    await expect(streams.create(errors)).rejects.toThrow('The specified log group does not exist.');
    await groups.create(request({ LogGroupName: 'logs' }));
    const made = await streams.create(errors);
    await expect(streams.create(errors)).rejects.toThrow('already exists.');
    await streams.delete(made, errors);
    await streams.create(errors);
    await expect(streams.create(stream({ LogGroupName: 'logs', LogStreamName: 'a:b' }))).rejects.toThrow(
      'without : and *',
    );
  });
});

describe('the lines of a log group', () => {
  test('are bound in their number and in their length', () => {
    const store = new LogStore();
    store.create('logs');
    const put = (message: string) => store.put('logs', { timestamp: 0, message, stream: 'one' });
    for (let count = 0; count < 10; count += 1) put(String(count).repeat(1_000_000));
    expect(store.events('logs')?.map(({ message }) => message[0])).toEqual(['6', '7', '8', '9']);
    for (let count = 0; count < 6000; count += 1) put('x');
    expect(store.events('logs')).toHaveLength(5000);
  });
});
