import type { JsonObject, Value } from '../contract';

/** One entry of a template's Resources section. */
export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
  readonly deletionPolicy: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  /** The fate of the old physical resource when an update replaces it. */
  readonly updateReplacePolicy: 'Delete' | 'Retain';
  /** Has no effect on the engine, but an update that changes it is an update. */
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
  /** True if the template asks for the AWS::LanguageExtensions transform, which some intrinsics need. */
  readonly languageExtensions: boolean;
}
