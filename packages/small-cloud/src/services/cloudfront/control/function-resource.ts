import type { ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { EdgeFunction } from '../functions/edge-function';
import type { KeyValueStore } from '../key-values/key-value-store';
import { readComment } from './comment';

/**
 * Reads an AWS::CloudFront::Function.
 *
 * @param keyValueStore - finds a store by its ARN; throws when there is none.
 * @throws Error for code that does not load or is not in the language of the runtime, and for more than one store.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html
 */
export function declaredFunction(
  request: ResourceRequest,
  keyValueStore: (arn: string) => KeyValueStore,
): EdgeFunction {
  const declared = Declared.of(request).withoutEffect('AutoPublish', 'FunctionMetadata', 'Tags');
  const name = declared.text('Name');
  const config = declared.part('FunctionConfig');
  readComment(config);
  config.oneOf('Runtime', ['cloudfront-js-2.0']);
  const stores = config.list('KeyValueStoreAssociations').map((one) => keyValueStore(one.text('KeyValueStoreARN')));
  const code = declared.text('FunctionCode');
  declared.end();
  if (stores.length > 1) {
    throw new Error(
      `${config.at('KeyValueStoreAssociations')}: ${stores.length} stores were given; a function has at most one.`,
    );
  }
  return new EdgeFunction(name, code, { store: stores[0] });
}
