import { Aws } from 'aws-cdk-lib';
import type { MetricSearch } from './origin/origin';

/** Returns the URL of a CloudWatch page with the metrics that have exactly these dimensions, and these known values. */
export function metricsUrl({ namespace, names, values }: MetricSearch): string {
  const query = encodeURIComponent(`{${[namespace, ...names].join(',')}} `);
  // Values may be references, which must not be encoded.
  const known = Object.entries(values).map(([name, value]) => `${name}%3D%22${value}%22`);
  return `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#metricsV2:query=${query}${known.join('%20')}`;
}
