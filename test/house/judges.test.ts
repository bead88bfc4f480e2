import { beforeAll, describe, expect, test } from '@jest/globals';
import { UNDOCUMENTED } from './judges/action-complaints';
import { actionReference } from './judges/action-reference';
import { tellAbsent } from './judges/python';
import { exampleTemplates, goldens, type NamedTemplate } from './judges/templates';
import { requestVerdict, statementVerdict } from './judges/verdicts';

// Other tests validate these templates.
process.env['CDK_VALIDATION'] = 'false';

let templates: readonly NamedTemplate[] = [];
beforeAll(() => {
  templates = [...goldens(), ...exampleTemplates()];
});

// matrix.test.ts and launch/contract.test.ts judge the matrix and the launch templates in the same way.
describe('the golden templates and the examples', () => {
  test('send the services only requests that fit the service models of AWS', () => {
    expect(templates.length).toBeGreaterThan(20);
    expect(requestVerdict(templates, 'the golden templates and the examples')).toEqual([]);
  });

  test('grant existing actions, on resources of the types that they apply to', () => {
    expect(statementVerdict(templates, 'the golden templates and the examples')).toEqual([]);
  });
});

describe('the actions that are granted although the reference lacks them', () => {
  test('are still missing from the reference', () => {
    const reference = actionReference();
    if (reference === undefined) {
      tellAbsent('cfn-lint', 'the list of actions that the reference lacks');
      return;
    }
    const all = Object.entries(reference.services).flatMap(([service, { Actions }]) =>
      Object.keys(Actions).map((name) => `${service}:${name}`),
    );
    expect(UNDOCUMENTED.flatMap(({ action }) => all.filter((one) => action.test(one)))).toEqual([]);
  });
});
