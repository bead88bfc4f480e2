import type { JsonObject, Value } from '../contract';

/** What the resources of a template have become. Both are only called for resources that exist in the stack. */
export interface World {
  /** The value of `Ref`. */
  ref(logicalId: string): Value;
  /** The value of `Fn::GetAtt`; throws when the resource has no such attribute. */
  attribute(logicalId: string, attribute: string): Value;
}

/**
 * What an intrinsic may ask while it is evaluated. `at` is where in the template the question stands
 * (`Resources.Site.Properties.Name`), for messages only. Undefined is AWS::NoValue.
 */
export interface Scope {
  readonly region: string;
  readonly languageExtensions: boolean;
  readonly mappings: Readonly<Record<string, JsonObject>>;
  /** Evaluates whatever intrinsics a value holds. */
  resolve(value: Value, at: string): Value | undefined;
  ref(name: string, at: string): Value | undefined;
  attribute(logicalId: string, attribute: string, at: string): Value;
  /** Whether a named condition is true. */
  condition(name: string, at: string): boolean;
}

/** One intrinsic function: its name, and its value for an argument that is not evaluated yet. */
export interface Intrinsic {
  readonly name: string;
  evaluate(argument: Value, at: string, scope: Scope): Value | undefined;
}
