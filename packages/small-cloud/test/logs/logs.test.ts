import { describe, expect, test } from '@jest/globals';
import type { Properties } from '../../src/contract';
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
