import type { ResourceRequest } from '../../contract';
import { fitsPattern } from '../../host/bounded-pattern';
import { physicalName } from '../kit/physical-name';
import { PropertyReader } from '../kit/property-reader';

/** A parameter of the account. */
export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  /** Counts from 1. */
  readonly version: number;
  readonly modified: Date;
}

/** The part of a parameter that its owner chooses. */
export type ParameterSettings = Pick<Parameter, 'name' | 'type' | 'value'>;

/**
 * Reads the properties of an AWS::SSM::Parameter.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
export function declaredParameter(request: ResourceRequest): ParameterSettings {
  const declared = PropertyReader.of(request).withoutEffect('Description', 'Tags', 'Tier');
  const name = declared.maybeText('Name') ?? physicalName(request);
  const type = declared.oneOf('Type', ['String', 'StringList']);
  const value = declared.text('Value');
  const pattern = declared.maybeText('AllowedPattern');
  declared.oneOf('DataType', ['text'], 'text');
  declared.end();
  if (pattern !== undefined && !fitsPattern(pattern, value)) {
    throw new Error(`Parameter value, cannot be validated against allowedPattern: ${pattern}`);
  }
  return { name, type, value };
}
