import { isDeeperThan, isList, isObject, type JsonObject, UnsupportedError, type Value } from '../contract';
import { readOutput, readResource } from './read-entries';
import { mapValues, object, objects, optionalText } from './shape';
import type { Template } from './template';
import { TemplateError } from './template-error';

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
];

/** The form of a logical id: the names of parameters, conditions, resources and outputs. */
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;
const NAMED_SECTIONS = ['Parameters', 'Conditions', 'Resources', 'Outputs'];

/** Levels of nesting in a template. Those of this project have about twenty; AWS states no limit. */
export const DEEPEST = 100;

/**
 * Checks the shape of a template.
 *
 * @param json - the parsed template file.
 * @throws TemplateError when it is not a template; UnsupportedError for a section, a transform or a resource attribute
 * that the local run does not know.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function readTemplate(json: unknown): Template {
  const root = object(json as Value, 'the template');
  for (const section of Object.keys(root)) {
    if (!SECTIONS.includes(section)) {
      throw new UnsupportedError(`template section ${section}: the local run does not know it; remove it`);
    }
  }
  if (isDeeperThan(root, DEEPEST)) {
    throw new TemplateError([`Template format error: it is nested more than ${DEEPEST} levels deep.`]);
  }
  refuseNames(root);
  const resources = objects(root, 'Resources');
  if (Object.keys(resources).length === 0) {
    throw new TemplateError(['Template format error: At least one Resources member must be defined.']);
  }
  const { Metadata: _, ...meaningful } = root;
  refuseNull(meaningful, '');
  return {
    description: optionalText(root['Description'], 'Description'),
    parameters: objects(root, 'Parameters'),
    rules: objects(root, 'Rules'),
    mappings: objects(root, 'Mappings'),
    conditions: object(root['Conditions'] ?? {}, 'Conditions'),
    resources: mapValues(resources, readResource),
    outputs: mapValues(objects(root, 'Outputs'), readOutput),
    languageExtensions: readTransform(root['Transform']),
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html (logical ID) */
function refuseNames(root: JsonObject): void {
  const problems = NAMED_SECTIONS.flatMap((section) => {
    const entries = root[section];
    const names = isObject(entries) ? Object.keys(entries) : [];
    return names
      .filter((name) => !LOGICAL_ID.test(name))
      .map((name) => `Template format error: ${section} name ${JSON.stringify(name)} is non alphanumeric.`);
  });
  if (problems.length > 0) throw new TemplateError(problems);
}

function readTransform(transform: Value | undefined): boolean {
  const names = transform === undefined ? [] : isList(transform) ? transform : [transform];
  for (const name of names) {
    if (name !== 'AWS::LanguageExtensions') {
      throw new UnsupportedError(
        `Transform ${JSON.stringify(name)}: macros run inside AWS; give the expanded template`,
      );
    }
  }
  return names.length > 0;
}

function refuseNull(value: Value, path: string): void {
  if (value === null) {
    throw new TemplateError([`Template format error: [${path}] 'null' values are not allowed in templates`]);
  }
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) refuseNull(inner, `${path}/${key}`);
}
