import type { ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { PropertyReader } from '../../kit/property-reader';

/** The declared properties of a branding style. */
export interface BrandingSettings {
  readonly poolId: string;
  readonly clientId: string;
}

/**
 * Reads the properties of an AWS::Cognito::ManagedLoginBranding. The page of the local run has a look of its own, so
 * settings and pictures change nothing in it.
 *
 * @throws AwsError InvalidParameterException for Cognito's values together with other ones.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-managedloginbranding.html
 */
export function brandingSettings(request: ResourceRequest): BrandingSettings {
  const declared = PropertyReader.of(request).withoutEffect('ReturnMergedResources');
  const isOwn = ['Settings', 'Assets'].filter((key) => declared.holds(key));
  if (declared.flag('UseCognitoProvidedValues') && isOwn.length > 0) {
    throw new AwsError(
      'InvalidParameterException',
      `${isOwn.join(' and ')} was given with UseCognitoProvidedValues; leave out one of them`,
    );
  }
  const settings = { poolId: declared.text('UserPoolId'), clientId: declared.text('ClientId') };
  declared.end();
  return settings;
}
