import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { tellAbsent } from './judges/python';
import { allowedRegions, regionErrors } from './judges/regions';
import { exampleTemplates, goldens, type NamedTemplate } from './judges/templates';

// What is synthesized here is validated by other tests.
process.env['CDK_VALIDATION'] = 'false';

const ROOT = resolve(__dirname, '..', '..');
const EVERYTHING = process.env['EVERY_TEMPLATE'] === '1';

const folder = mkdtempSync(join(tmpdir(), 'regions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// `npm run test:regions` has the examples and the launch templates too, which takes a minute or two.
describe(`${EVERYTHING ? 'every template' : 'the golden template of each kind'}`, () => {
  test('has nothing that a Region lacks which its own rule allows', () => {
    const templates = EVERYTHING ? [...goldens(), ...exampleTemplates(), ...launchTemplates()] : goldens();
    expect(errorsOf(templates) ?? []).toEqual([]);
  }, 3_000_000);
});

describe('a seeded fault', () => {
  const [[, template] = ['', {}]] = goldens();

  test('of a type that a Region has not is found', () => {
    const regions = allowedRegions(template);
    const faulty = JSON.parse(JSON.stringify(template).replaceAll(`"${regions[0]}"`, '"ca-central-1"'));
    const errors = errorsOf([['faulty.json', faulty]]);
    if (errors === undefined) return;
    expect(errors).toContainEqual(expect.stringMatching(/E3006.*AWS::MediaLive::Channel.*ca-central-1/));
  }, 600_000);

  test('of a template without a rule for Regions is found', () => {
    expect(() => allowedRegions({ Resources: {} })).toThrow('no rule RegionHasTheServices');
  });
});

/** The errors in all Regions, in one run for all templates with the same Regions; undefined without cfn-lint. */
function errorsOf(templates: readonly NamedTemplate[]): readonly string[] | undefined {
  const groups = new Map<string, string[]>();
  for (const [name, template] of templates) {
    const file = join(folder, `${name.replaceAll('/', '-')}.json`);
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

/** The launch templates, as their command writes them. */
function launchTemplates(): readonly NamedTemplate[] {
  const out = join(folder, 'launch');
  const command = ['--import', 'tsx', join(ROOT, 'bin', 'launch-template.ts'), '--out', out];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return readdirSync(out).map((file) => [`launch/${file}`, JSON.parse(readFileSync(join(out, file), 'utf8'))]);
}
