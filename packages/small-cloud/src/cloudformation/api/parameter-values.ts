import { isList, isObject, type JsonObject, type Value } from '../../contract';
import { QueryError, type QueryParameters } from '../../services/kit/query-protocol';
import type { Xml } from '../../wire/xml';
import type { KnownStack } from './stack-engine';

/** Parameter values as callers gave them, by stack id, for UsePreviousValue. NoEcho values are included. */
export class ParameterValues {
  private readonly given = new Map<string, Readonly<Record<string, string>>>();

  /** Remembers the values of a stack. @returns a function that restores the earlier ones, for a rollback. */
  remember(stackId: string, values: Readonly<Record<string, string>>): () => void {
    const before = this.given.get(stackId);
    this.given.set(stackId, values);
    return () => {
      if (before === undefined) this.given.delete(stackId);
      else this.given.set(stackId, before);
    };
  }

  /**
   * Reads the Parameters of a call, and fills in the previous values.
   *
   * @param stack - the stack with the previous values.
   * @throws QueryError when there is no previous value, or value and UsePreviousValue are both given.
   */
  read(parameters: QueryParameters, stack: KnownStack | undefined): Readonly<Record<string, string>> {
    const previous = stack === undefined ? {} : (this.given.get(stack.stackId) ?? shownValues(stack));
    const entries = parameters.structures('Parameters').flatMap((one) => {
      const key = one.text('ParameterKey');
      const value = one.rawText('ParameterValue');
      if (!one.flag('UsePreviousValue')) return [[key, value ?? ''] as const];
      if (value !== undefined) {
        throw invalid(`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and a value.`);
      }
      if (!Object.hasOwn(stack?.parameters ?? {}, key)) {
        throw invalid(`Invalid input for parameter key ${key}. There is no previous value of it.`);
      }
      // A value that nobody ever gave is the template's default, possibly a new one.
      const before = previous[key];
      return before === undefined ? [] : [[key, before] as const];
    });
    return Object.fromEntries(entries);
  }

  /** Shows the parameters of a stack as DescribeStacks does. */
  shown(stack: KnownStack, template: JsonObject): readonly Xml[] {
    const given = this.given.get(stack.stackId) ?? {};
    const declared = isObject(template['Parameters']) ? template['Parameters'] : {};
    return Object.entries(stack.parameters).map(([key, value]) => {
      const declaration = isObject(declared[key]) ? declared[key] : {};
      const isStored = String(declaration['Type']).startsWith('AWS::SSM::Parameter::Value<');
      const name = given[key] ?? asText(declaration['Default'] ?? '');
      return {
        ParameterKey: key,
        ParameterValue: isStored ? name : asText(value),
        ResolvedValue: isStored ? asText(value) : undefined,
      };
    });
  }
}

/** Returns true if a template declares a parameter NoEcho, so that nobody may see its value. */
export function isSecret(template: JsonObject, key: string): boolean {
  const declared = isObject(template['Parameters']) ? template['Parameters'][key] : undefined;
  return isObject(declared) && String(declared['NoEcho']) === 'true';
}

/** Reads the values of a stack that was not created through the API. Its secrets are unknown. */
function shownValues({ parameters }: KnownStack): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([key, value]) => (value === '****' ? [] : [[key, asText(value)]])),
  );
}

function asText(value: Value): string {
  return isList(value) ? value.map(asText).join(',') : String(value);
}

function invalid(message: string): QueryError {
  return new QueryError('ValidationError', message);
}
