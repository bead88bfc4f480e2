import type { Choice, Dimension, Sample } from './dimension';
import { BUCKET_DAYS, FREE_TEXTS, GIVEN } from './free-texts';
import { isObject, type JsonObject } from './json';
import { mergeTemplates } from './merge-templates';
import { inOrder } from './order';
import { parameterGroups } from './parameter-groups';
import { consoleInterface, parametersSection } from './parameters';
import { RULES } from './rules';
import { settingsList, withoutSettings, withSettings } from './settings';
import { textsIn, withTexts } from './texts';

/** The templates from which the launch template is merged. */
export interface Variants {
  /** Dimensions without the options that this origin never accepts. */
  readonly dimensions: readonly Dimension[];
  readonly samples: readonly Sample<JsonObject>[];
  /** Choices that the description refuses. */
  readonly refused: readonly Choice[];
  /** Resources that keep each secret of the operator, by the placeholder of the secret. */
  readonly secrets: Readonly<Record<string, JsonObject>>;
}

/** Logical id of the subscription of an e-mail address. */
const SUBSCRIPTION = /^Noticesplaceholder/;

/** The properties of the launch template. */
export interface LaunchProps {
  readonly variants: Variants;
  readonly version: string;
  readonly description: string;
}

/** Returns the template for the CloudFormation console. Every choice of its parameters gives the deploy template of that choice. */
export function launchTemplate({ variants, version, description }: LaunchProps): JsonObject {
  const { dimensions, refused } = variants;
  const samples = variants.samples.map(({ choice, value }) => ({ choice, ...withoutSettings(value) }));
  const { sections, merge } = mergeTemplates(
    dimensions,
    samples.map(({ choice, template }) => ({ choice, value: template })),
    refused,
  );
  const settings = settingsList(
    merge,
    dimensions,
    samples.map(({ choice, settings }) => ({ choice, value: settings })),
  );
  const { Resources = {}, Rules = {}, Conditions = {}, Outputs = {}, ...rest } = sections as Record<string, JsonObject>;
  const kept = Object.entries(variants.secrets).map(([placeholder, resources]) => {
    const needing = samples
      .filter(({ settings }) => settings.includes(placeholder))
      .map(({ choice }) => choice['Input'] ?? '');
    return onlyWhen(merge.conditions.oneOf('Input', needing), resources);
  });
  const all = Object.assign({}, withSettings(Resources, settings), ...kept) as JsonObject;
  const groups = parameterGroups(dimensions, textsIn(all, [BUCKET_DAYS]).length > 0);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `${description} (${version})`,
    Metadata: { Version: version, 'AWS::CloudFormation::Interface': consoleInterface(groups) },
    Parameters: parametersSection(groups),
    Rules: { ...Rules, ...RULES },
    Conditions: { ...Conditions, ...merge.conditions.section, ...GIVEN },
    ...rest,
    Resources: withTexts(renamed(inOrder(all)), FREE_TEXTS),
    Outputs: withTexts(Outputs, FREE_TEXTS),
  };
}

function onlyWhen(condition: string, resources: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      isObject(resource) ? { ...resource, Condition: condition } : resource,
    ]),
  );
}

/** Renames the subscription, because CDK names it after its address, which the operator types. */
function renamed(resources: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [SUBSCRIPTION.test(id) ? 'NoticesEmail' : id, resource]),
  );
}
