import type { Access, ApiHandler } from '../../contract';
import { apiError } from '../../wire/api-error';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { type JsonOperation, jsonHandler } from '../kit/json-protocol';
import type { Container, Containers } from './container';
import type { DataPlane } from './data-plane';

/** Parts that the API answers from. */
export interface MediaStoreApiOptions {
  readonly containers: Containers;
  readonly access: Access;
  readonly dataPlane: Pick<DataPlane, 'handle'>;
  /** The address of a container's objects on this machine. */
  readonly endpoint: (container: Container) => string;
}

/**
 * Makes the handler of MediaStore's two APIs, which share one signing name: the control plane, whose calls are named by a
 * header, and the data plane, whose calls are paths of objects.
 */
export function mediaStoreApi(options: MediaStoreApiOptions): ApiHandler {
  const operations = { DescribeContainer: describeContainer(options) };
  const control = jsonHandler({ name: 'MediaStore', target: 'MediaStore_20170901', operations });
  return async (request) => {
    if (request.headers['x-amz-target'] !== undefined) return control(request);
    try {
      return await options.dataPlane.handle(request);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return apiError({ service: 'mediastore' }, error.status, error.code, error.message);
    }
  };
}

/** @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_DescribeContainer.html */
function describeContainer({ containers, access, endpoint }: MediaStoreApiOptions): JsonOperation {
  return (input, { roleArn }) => {
    const container = containers.get(input.text('ContainerName'));
    authorized(access, roleArn, { action: 'mediastore:DescribeContainer', resource: container.arn });
    return {
      Container: {
        Name: container.name,
        ARN: container.arn,
        Status: 'ACTIVE',
        AccessLoggingEnabled: false,
        Endpoint: endpoint(container),
        CreationTime: container.created.getTime() / 1000,
      },
    };
  };
}
