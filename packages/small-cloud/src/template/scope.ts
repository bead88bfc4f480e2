import type { JsonObject, Value } from '../contract';

/** The resources of a stack, as intrinsics see them. Both methods are called only for resources that exist. */
export interface World {
  /** Returns the value of `Ref`. */
  ref(logicalId: string): Value;
  /** Returns the value of `Fn::GetAtt`. @throws Error when the resource has no such attribute. */
  attribute(logicalId: string, attribute: string): Value;
}

/**
 * The surroundings of an intrinsic during its evaluation. `at` is the place in the template
 * (`Resources.Site.Properties.Name`), for messages only. Undefined is AWS::NoValue.
 */
export interface Scope {
  readonly region: string;
  readonly languageExtensions: boolean;
  readonly mappings: Readonly<Record<string, JsonObject>>;
  /** Evaluates all intrinsics in a value. */
  resolve(value: Value, at: string): Value | undefined;
  ref(name: string, at: string): Value | undefined;
  attribute(logicalId: string, attribute: string, at: string): Value;
  /** Returns the truth of a named condition. */
  condition(name: string, at: string): boolean;
}

/** One intrinsic function: its name, and its value for an argument that is not evaluated yet. */
export interface Intrinsic {
  readonly name: string;
  evaluate(argument: Value, at: string, scope: Scope): Value | undefined;
}
