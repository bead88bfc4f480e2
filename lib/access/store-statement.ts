import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Returns the permission to write the key value store of the edge. A write needs the version, which is read before.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfrontkeyvaluestore.html
 */
export function storeStatement(storeArn: string, ...further: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['DescribeKeyValueStore', 'UpdateKeys', ...further].map((call) => `cloudfront-keyvaluestore:${call}`),
    resources: [storeArn],
  });
}
