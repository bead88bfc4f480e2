import type { Json, JsonObject } from './json';
import type { Parameter, ParameterGroup } from './parameter-groups';

/** The Parameters section. */
export function parametersSection(groups: readonly ParameterGroup[]): JsonObject {
  return Object.fromEntries(
    groups.flatMap(({ parameters }) =>
      Object.entries(parameters).map(([name, parameter]) => [name, declared(parameter)]),
    ),
  );
}

/** How the console shows them. */
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
  return {
    Type: 'String',
    Description: description,
    Default: by,
    ...(options === undefined
      ? {}
      : { AllowedValues: options, ConstraintDescription: `One of ${options.join(', ')} is needed.` }),
    ...(pattern === undefined ? {} : { AllowedPattern: pattern }),
    ...(constraint === undefined ? {} : { ConstraintDescription: constraint }),
    ...(secret === undefined ? {} : { NoEcho: true, MinLength: secret.least, MaxLength: secret.most }),
  };
}
