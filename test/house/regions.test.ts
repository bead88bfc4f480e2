import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { LAUNCHES, type LaunchOrigin } from '../../bin/launch/launches';
import { writtenLaunchTemplate } from '../launch/written';
import { THOROUGH } from '../thorough';
import { tellAbsent } from './judges/python';
import { allowedRegions, regionErrors } from './judges/regions';
import { exampleTemplates, goldens, type NamedTemplate } from './judges/templates';

// Other tests validate these templates.
process.env['CDK_VALIDATION'] = 'false';

const folder = mkdtempSync(join(tmpdir(), 'regions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// `npm run test:thorough` adds the examples and the launch templates, which takes a minute or two.
describe(`${THOROUGH ? 'every template' : 'the golden template of each kind'}`, () => {
  test('has only resources that every Region of its own rule offers', () => {
    const templates = THOROUGH ? [...goldens(), ...exampleTemplates(), ...launchTemplates()] : goldens();
    expect(errorsOf(templates) ?? []).toEqual([]);
  });
});

describe('a seeded fault', () => {
  const [[, template] = ['', {}]] = goldens();

  test('is found: a resource type that a Region does not offer', () => {
    const regions = allowedRegions(template);
    const faulty = JSON.parse(JSON.stringify(template).replaceAll(`"${regions[0]}"`, '"ca-central-1"'));
    const errors = errorsOf([['faulty.json', faulty]]);
    if (errors === undefined) return;
    expect(errors).toContainEqual(
      expect.stringMatching(/^faulty\.json: E3006 .*AWS::MediaLive::Channel.*ca-central-1/),
    );
  });

  test('is found: a template without a rule for Regions', () => {
    expect(() => allowedRegions({ Resources: {} })).toThrow('no rule RegionHasTheServices');
  });
});

/** Errors in all Regions, from one run for all templates with the same Regions; undefined without cfn-lint. */
function errorsOf(templates: readonly NamedTemplate[]): readonly string[] | undefined {
  const groups = new Map<string, string[]>();
  for (const [name, template] of templates) {
    const file = join(folder, name.replaceAll('/', '-').replace(/(\.\w+)?$/, '.json'));
    writeFileSync(
      file,
      JSON.stringify(template, (key, value) => (key === 'ZipFile' ? '// code' : value)),
    );
    const regions = allowedRegions(template).join(' ');
    groups.set(regions, [...(groups.get(regions) ?? []), file]);
  }
  const errors = [...groups].map(([regions, files]) => regionErrors(files, regions.split(' ')));
  if (errors.every((one) => one !== undefined)) return errors.flat();
  tellAbsent('cfn-lint', 'whether each Region has the resource types of the templates');
  return undefined;
}

/** Launch templates, as their command writes them. */
function launchTemplates(): readonly NamedTemplate[] {
  const origins = Object.keys(LAUNCHES) as LaunchOrigin[];
  return origins.map((origin) => {
    const file = writtenLaunchTemplate(origin);
    return [`launch/${LAUNCHES[origin].file}`, JSON.parse(readFileSync(file, 'utf8'))];
  });
}
