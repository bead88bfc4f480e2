import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { readComment } from './comment';
import type { SigningBehavior } from './distribution';

/**
 * Reads an AWS::CloudFront::OriginAccessControl.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originaccesscontrol.html
 */
export function declaredAccessControl(request: ResourceRequest): SigningBehavior {
  const declared = Declared.of(request);
  const config = declared.part('OriginAccessControlConfig').withoutEffect('Name');
  readComment(config, 'Description', 256);
  config.oneOf('OriginAccessControlOriginType', ['s3', 'mediapackagev2', 'mediastore', 'lambda']);
  config.oneOf('SigningProtocol', ['sigv4']);
  const behavior = config.oneOf('SigningBehavior', ['always', 'never', 'no-override']);
  declared.end();
  return behavior;
}
