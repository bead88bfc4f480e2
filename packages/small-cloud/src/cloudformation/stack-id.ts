import { randomUUID } from 'node:crypto';
import type { Cloud } from '../contract';

/** Makes the id of a new stack. */
export function newStackId(cloud: Pick<Cloud, 'partition' | 'region' | 'accountId'>, stackName: string): string {
  const { partition, region, accountId } = cloud;
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`;
}
