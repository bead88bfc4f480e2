import { beforeAll, describe, expect, test } from '@jest/globals';
import { UNDOCUMENTED } from './judges/action-complaints';
import { actionReference } from './judges/action-reference';
import { tellAbsent } from './judges/python';
import { exampleTemplates, goldens, type NamedTemplate } from './judges/templates';
import { requestVerdict, statementVerdict } from './judges/verdicts';

// What is synthesized here is validated by other tests.
process.env['CDK_VALIDATION'] = 'false';

let templates: readonly NamedTemplate[] = [];
beforeAll(() => {
  templates = [...goldens(), ...exampleTemplates()];
});

// The matrix and the launch templates have the same judges, where they are made: matrix.test.ts and launch/contract.test.ts.
describe('the golden templates and the examples', () => {
  test('ask the services for nothing that the models of AWS do not know', () => {
    expect(templates.length).toBeGreaterThan(20);
    expect(requestVerdict(templates, 'the golden templates and the examples')).toEqual([]);
  });

  test('grant actions that exist, on resources of their types', () => {
    expect(statementVerdict(templates, 'the golden templates and the examples')).toEqual([]);
  });
});

describe('the actions that are granted without the reference', () => {
  test('are not in it', () => {
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
