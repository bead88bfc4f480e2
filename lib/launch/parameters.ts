import type { Json, JsonObject } from './json';
import type { Parameter, ParameterGroup } from './parameter';

/** Returns the Parameters section. */
export function parametersSection(groups: readonly ParameterGroup[]): JsonObject {
  return Object.fromEntries(
    groups.flatMap(({ parameters }) =>
      Object.entries(parameters).map(([name, parameter]) => [name, declared(parameter)]),
    ),
  );
}

/** Returns the order, the groups and the labels with which the console shows them. */
export function consoleInterface(groups: readonly ParameterGroup[]): JsonObject {
  return {
    ParameterGroups: groups.map(({ label, parameters }) => ({
      Label: { default: label },
      Parameters: Object.keys(parameters),
    })),
    ParameterLabels: Object.fromEntries(
      groups.flatMap(({ parameters }) =>
        Object.entries(parameters).map(([name, { label }]): [string, Json] => [name, { default: label }]),
      ),
    ),
  };
}

function declared({ description, default: by = '', options, pattern, constraint, secret }: Parameter): JsonObject {
  const declaration: Record<string, Json> = { Type: 'String', Description: description, Default: by };
  if (options !== undefined) {
    declaration['AllowedValues'] = options;
    declaration['ConstraintDescription'] = `One of ${options.join(', ')} is needed.`;
  }
  if (pattern !== undefined) declaration['AllowedPattern'] = pattern;
  if (constraint !== undefined) declaration['ConstraintDescription'] = constraint;
  if (secret !== undefined) {
    declaration['NoEcho'] = true;
    declaration['MinLength'] = secret.least;
    declaration['MaxLength'] = secret.most;
  }
  return declaration;
}
