import { isList, type JsonObject, UnsupportedError, type Value } from '../contract';
import { object, optionalText, text } from './shape';
import type { OutputDeclaration, ResourceDeclaration } from './template';
import { TemplateError } from './template-error';

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

/**
 * Reads one entry of the Resources section.
 *
 * @throws TemplateError when it is malformed; UnsupportedError for an attribute or a policy that is not modelled.
 */
export function readResource(declaration: JsonObject, logicalId: string): ResourceDeclaration {
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

/**
 * Reads one entry of the Outputs section.
 *
 * @throws TemplateError when it is malformed; UnsupportedError for an attribute that is not modelled.
 */
export function readOutput(declaration: JsonObject, key: string): OutputDeclaration {
  const at = `Outputs.${key}`;
  const { Value: value, Description: description, Condition: condition, Export: exported, ...unknown } = declaration;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) {
    throw new UnsupportedError(`${at}.${stranger}: the local run does not know this output attribute; remove it`);
  }
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
