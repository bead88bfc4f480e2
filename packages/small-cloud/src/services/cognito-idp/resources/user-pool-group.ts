import type { ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { physicalName } from '../../kit/physical-name';
import { PropertyReader } from '../../kit/property-reader';

/** The declared properties of a group. */
export interface GroupSettings {
  readonly poolId: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Lower numbers come first; from 0. */
  readonly precedence: number | undefined;
}

/**
 * Reads the properties of an AWS::Cognito::UserPoolGroup.
 *
 * @throws UnsupportedError for the role of a group, which is for identity pools.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolgroup.html
 */
export function groupSettings(request: ResourceRequest): GroupSettings {
  const declared = PropertyReader.of(request);
  const poolId = declared.text('UserPoolId');
  const name = declared.maybeText('GroupName') ?? physicalName(request, 128);
  const description = declared.maybeText('Description');
  const precedence = declared.holds('Precedence') ? declared.whole('Precedence', 0, 2 ** 31 - 1, 0) : undefined;
  declared.end();
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(name)) {
    throw new AwsError(
      'InvalidParameterException',
      `GroupName: ${name} was given; 1 to 128 characters without spaces are needed`,
    );
  }
  return { poolId, name, description, precedence };
}
