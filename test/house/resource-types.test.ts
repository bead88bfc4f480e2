import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isKnownAction } from 'small-cloud/testing';
import { actionReference } from './judges/action-reference';
import { tellAbsent } from './judges/python';
import { resourceTypesJson } from './judges/resource-types';

const LOCAL = resolve(__dirname, '..', '..', 'packages', 'small-cloud', 'src');
const TABLE = join(LOCAL, 'services', 'kit', 'policy', 'resource-types.json');

describe('the table of resource types of the local IAM', () => {
  test('equals the data of cfn-lint (UPDATE_RESOURCE_TYPES=1 rewrites it)', () => {
    const reference = actionReference();
    if (reference === undefined) {
      tellAbsent('cfn-lint', 'whether packages/small-cloud/src/services/kit/policy/resource-types.json is current');
      return;
    }
    const text = resourceTypesJson(reference);
    if (process.env['UPDATE_RESOURCE_TYPES'] === '1') writeFileSync(TABLE, text);
    const { from, services } = JSON.parse(readFileSync(TABLE, 'utf8')) as { from: string; services: unknown };
    const current = JSON.parse(text) as { from: string; services: unknown };
    if (from === current.from) {
      expect(services).toEqual(current.services);
    } else {
      tellAbsent(
        from.replace(/^.*(cfn-lint [\d.]+).*$/, '$1'),
        'packages/small-cloud/src/services/kit/policy/resource-types.json',
      );
    }
  });

  test('has every action that a local service authorizes', () => {
    const asked = readdirSync(LOCAL, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(join(LOCAL, file), 'utf8').matchAll(/'([a-z0-9-]+:[A-Z][A-Za-z]+)'/g)])
      .map(([, action = '']) => action)
      .filter(
        (action) =>
          !/^(aws|iam:PassedToService|s3:ResourceAccount|sts:ExternalId|lambda:(FunctionUrlAuthType|InvokedViaFunctionUrl)$)/.test(
            action,
          ),
      );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((action) => !isKnownAction(action))).toEqual([]);
  });
});
