import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { EdgeFunction } from '../functions/edge-function';
import { readComment } from './comment';

/**
 * Reads an AWS::CloudFront::Function.
 *
 * @throws Error for code that does not load.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html
 */
export function declaredFunction(request: ResourceRequest): EdgeFunction {
  const declared = Declared.of(request).withoutEffect('AutoPublish', 'FunctionMetadata', 'Tags');
  const name = declared.text('Name');
  const config = declared.part('FunctionConfig').onlyEmpty('KeyValueStoreAssociations');
  readComment(config);
  config.oneOf('Runtime', ['cloudfront-js-2.0']);
  const code = declared.text('FunctionCode');
  declared.end();
  return new EdgeFunction(name, code);
}
