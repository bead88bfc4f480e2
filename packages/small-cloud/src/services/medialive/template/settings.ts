import type { Properties, Value } from '../../../contract';
import { PropertyReader } from '../../kit/property-reader';
import { refused } from '../contract/service-error';

export type { SettingsWithoutEffect, WithoutEffect } from '../../kit/without-effect';

/** Reads the settings of MediaLive's resources: an empty string counts as absent, and refusals are MediaLive's. */
export class Settings extends PropertyReader {
  constructor(values: Properties, path = '') {
    super(values, path);
  }

  /** The `Name`, which CloudFormation calls optional and the service does not. @throws ServiceError without one. */
  name(): string {
    if (this.has('Name')) return this.text('Name');
    throw this.refusal(`${this.at('Name')}: a non-empty name is required`);
  }

  /** Reads a string that the local run has no use for. @throws ServiceError when it is not a string. */
  ignore(key: string): void {
    if (this.has(key)) this.text(key);
  }

  /** One of the values that are modelled. @throws UnsupportedError for any other. */
  choice<T extends string>(key: string, modelled: readonly T[], otherwise?: T): T {
    return this.oneOf(key, modelled, otherwise);
  }

  override section(key: string): this {
    return this.part(key);
  }

  protected override given(key: string): Value | undefined {
    const value = this.value(key);
    return value === '' ? undefined : value;
  }

  protected override refusal(sentence: string): Error {
    return refused(sentence);
  }
}
