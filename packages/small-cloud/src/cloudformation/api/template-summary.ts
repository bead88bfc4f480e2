import { isList, isObject, type JsonObject, type Value } from '../../contract';
import { readTemplate } from '../../template/read-template';
import type { Xml } from '../../wire/xml';

/**
 * Summarises a template for GetTemplateSummary and ValidateTemplate.
 *
 * @throws TemplateError for a malformed template, UnsupportedError for constructs that the local run does not know.
 */
export function templateSummary(json: JsonObject): Readonly<Record<string, Xml | readonly Xml[] | undefined>> {
  const { parameters, resources } = readTemplate(json);
  const types = [...new Set(Object.values(resources).map(({ type }) => type))];
  const iamTypes = types.filter((type) => type.startsWith('AWS::IAM::'));
  const declared = Object.entries(parameters).map(([key, declaration]) => ({
    ParameterKey: key,
    ParameterType: text(declaration['Type']),
    DefaultValue: text(declaration['Default']),
    NoEcho: String(declaration['NoEcho']) === 'true',
    Description: text(declaration['Description']),
    ParameterConstraints: {
      AllowedValues: {
        member: (isList(declaration['AllowedValues']) ? declaration['AllowedValues'] : []).map(String),
      },
    },
  }));
  return {
    Parameters: { member: declared },
    ResourceTypes: { member: types },
    Description: text(json['Description']),
    Metadata: isObject(json['Metadata']) ? JSON.stringify(json['Metadata']) : undefined,
    Version: text(json['AWSTemplateFormatVersion']),
    ...capabilities(iamTypes),
  };
}

function capabilities(iamTypes: readonly string[]): Readonly<Record<string, Xml>> {
  if (iamTypes.length === 0) return {};
  return {
    Capabilities: { member: ['CAPABILITY_NAMED_IAM'] },
    CapabilitiesReason: `The following resource(s) require capabilities: [${iamTypes.join(', ')}]`,
  };
}

function text(value: Value | undefined): string | undefined {
  return value === undefined || isObject(value) ? undefined : String(value);
}
