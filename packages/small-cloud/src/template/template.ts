import { UnsupportedError, type Value } from '../contract';
import { TemplateError } from './template-error';

/** A JSON object of a template. */
export type JsonObject = { readonly [key: string]: Value };

/** One entry of a template's Resources section. */
export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
  readonly deletionPolicy: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  /** What becomes of the old physical resource when an update replaces it. */
  readonly updateReplacePolicy: 'Delete' | 'Retain';
  /** Says nothing to the engine; part of what an update takes over. */
  readonly metadata: Value | undefined;
}

/** One entry of a template's Outputs section; `value` is still unresolved. */
export interface OutputDeclaration {
  readonly value: Value;
  readonly description: string | undefined;
  readonly condition: string | undefined;
  /** The name it is exported under, still unresolved. */
  readonly exportName: Value | undefined;
}

/** A template whose shape has been checked: known sections, known resource attributes, no null. */
export interface Template {
  readonly description: string | undefined;
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly rules: Readonly<Record<string, JsonObject>>;
  readonly mappings: Readonly<Record<string, JsonObject>>;
  readonly conditions: JsonObject;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  /** Whether the template asks for the AWS::LanguageExtensions transform, which some intrinsics need. */
  readonly languageExtensions: boolean;
}

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

const RESOURCE_ATTRIBUTES = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
];

const DELETION_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate'] as const;
const REPLACE_POLICIES = ['Delete', 'Retain'] as const;

/** Names of parameters, conditions, resources and outputs. */
const LOGICAL_ID = /^[A-Za-z0-9]{1,255}$/;
const NAMED_SECTIONS = ['Parameters', 'Conditions', 'Resources', 'Outputs'];

/** Levels of nesting in a template. Those of this project have about twenty; AWS names no number. */
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

/** Whether a value is a JSON object (neither a list nor a scalar). */
export function isObject(value: Value | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value has more levels than that. Goes no deeper to find out. */
export function isDeeperThan(value: Value, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: Value) => isDeeperThan(inner, levels - 1));
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

function readResource(declaration: JsonObject, logicalId: string): ResourceDeclaration {
  const at = `Resources.${logicalId}`;
  for (const attribute of Object.keys(declaration)) {
    if (!RESOURCE_ATTRIBUTES.includes(attribute)) {
      throw new UnsupportedError(`${at}.${attribute}: the local run does not know this resource attribute; remove it`);
    }
  }
  const { Type: type, DependsOn: dependsOn = [] } = declaration;
  if (typeof type !== 'string') {
    throw new TemplateError([
      `Template format error: [/Resources/${logicalId}] every Resources object must contain a Type member.`,
    ]);
  }
  return {
    type,
    properties: object(declaration['Properties'] ?? {}, `${at}.Properties`),
    dependsOn: (isList(dependsOn) ? dependsOn : [dependsOn]).map((id) => text(id, `${at}.DependsOn`)),
    condition: optionalText(declaration['Condition'], `${at}.Condition`),
    deletionPolicy: readPolicy(declaration['DeletionPolicy'], `${at}.DeletionPolicy`, DELETION_POLICIES),
    updateReplacePolicy: readPolicy(declaration['UpdateReplacePolicy'], `${at}.UpdateReplacePolicy`, REPLACE_POLICIES),
    metadata: declaration['Metadata'],
  };
}

function readPolicy<T extends string>(policy: Value | undefined, at: string, options: readonly T[]): T {
  const known = options.find((option) => option === (policy ?? 'Delete'));
  if (known !== undefined) return known;
  throw new UnsupportedError(`${at}: ${JSON.stringify(policy)} is not modelled; use ${options.join(' or ')}`);
}

function readOutput(declaration: JsonObject, key: string): OutputDeclaration {
  const at = `Outputs.${key}`;
  const { Value: value, Description: description, Condition: condition, Export: exported, ...unknown } = declaration;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) throw new UnsupportedError(`${at}.${stranger}: no such attribute of an output is known`);
  if (value === undefined) {
    throw new TemplateError([
      `Template format error: Output ${key} is malformed. Every Outputs member must contain a Value object`,
    ]);
  }
  return {
    value,
    description: optionalText(description, `${at}.Description`),
    condition: optionalText(condition, `${at}.Condition`),
    exportName: exported === undefined ? undefined : object(exported, `${at}.Export`)['Name'],
  };
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
  if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) refuseNull(inner, `${path}/${key}`);
}

function objects(root: JsonObject, section: string): Readonly<Record<string, JsonObject>> {
  return mapValues(object(root[section] ?? {}, section), (entry, key) => object(entry, `${section}.${key}`));
}

function object(value: Value, at: string): JsonObject {
  if (isObject(value)) return value;
  throw new TemplateError([`Template format error: ${at} must be an object`]);
}

function text(value: Value, at: string): string {
  if (typeof value === 'string') return value;
  throw new TemplateError([`Template format error: ${at} must be a string`]);
}

function optionalText(value: Value | undefined, at: string): string | undefined {
  return value === undefined ? undefined : text(value, at);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, to: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value, key)]));
}
