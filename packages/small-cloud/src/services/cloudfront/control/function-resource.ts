import type { CloudClock, ResourceRequest } from '../../../contract';
import { Declared } from '../../kit/declared';
import { EdgeFunction } from '../functions/edge-function';
import type { KeyValueStore } from '../key-values/key-value-store';
import { readComment } from './comment';

/** The surroundings of a function. */
interface FunctionParts {
  /** Finds a store by its ARN. @throws Error when there is none. */
  readonly keyValueStore: (arn: string) => KeyValueStore;
  readonly clock: CloudClock;
}

/**
 * Reads an AWS::CloudFront::Function.
 *
 * @throws Error for code that does not load or is not in the language of the runtime, and for more than one store.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html
 */
export function declaredFunction(request: ResourceRequest, { keyValueStore, clock }: FunctionParts): EdgeFunction {
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
  return new EdgeFunction(name, code, { store: stores[0], clock });
}
