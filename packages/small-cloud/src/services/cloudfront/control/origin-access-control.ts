import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';
import type { AccessControl } from './distribution';

/**
 * Reads an AWS::CloudFront::OriginAccessControl.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originaccesscontrol.html
 */
export function declaredAccessControl(request: ResourceRequest): AccessControl {
  const declared = Declared.of(request);
  const config = declared.part('OriginAccessControlConfig').withoutEffect('Name');
  readComment(config, 'Description', 256);
  const originType = config.oneOf('OriginAccessControlOriginType', ['s3', 'mediapackagev2', 'mediastore', 'lambda']);
  config.oneOf('SigningProtocol', ['sigv4']);
  const signing = config.oneOf('SigningBehavior', ['always', 'never', 'no-override']);
  declared.end();
  return { originType, signing };
}

/** Domain of a function URL. */
const FUNCTION_URL = /\.lambda-url\.[a-z0-9-]+\.on\.aws$/;

/**
 * Finds the requirement that an access control and the domain of its origin break: function URLs take signatures for
 * Lambda, and nothing else takes those.
 *
 * @returns undefined when they fit.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function misfit({ originType }: AccessControl, domainName: string): string | undefined {
  if ((originType === 'lambda') === FUNCTION_URL.test(domainName)) return undefined;
  return `an access control for origins of type ${originType} was given for ${domainName}; function URLs need the type lambda, and other origins another one.`;
}
