import { type Access, type ApiRequest, type ApiResponse, UnsupportedError } from '../../contract';
import { apiError } from '../../wire/api-error';
import { jsonBody } from '../kit/json-protocol';
import { authorize } from './authorize';
import type { Container, Containers } from './container';
import type { DataPlane } from './data-plane';
import { MediaStoreError } from './media-store-error';

/** What the API answers with. */
export interface MediaStoreApiOptions {
  readonly containers: Containers;
  readonly access: Access;
  readonly dataPlane: Pick<DataPlane, 'handle'>;
  /** Where the objects of a container are reached on this machine. */
  readonly endpoint: (container: Container) => string;
}

/**
 * MediaStore's two APIs behind one signing name: the control plane, whose calls are named by a header, and the data
 * plane, whose calls are paths of objects.
 */
export class MediaStoreApi {
  constructor(private readonly options: MediaStoreApiOptions) {}

  async handle(request: ApiRequest): Promise<ApiResponse> {
    try {
      const target = request.headers['x-amz-target'];
      return target === undefined ? await this.options.dataPlane.handle(request) : this.control(request, target);
    } catch (error) {
      if (!(error instanceof MediaStoreError)) throw error;
      return apiError({ service: 'mediastore' }, error.status, error.code, error.message);
    }
  }

  /** @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_DescribeContainer.html */
  private control(request: ApiRequest, target: string): ApiResponse {
    const operation = target.replace(/^MediaStore_20170901\./, '');
    if (operation !== 'DescribeContainer') {
      throw new UnsupportedError(`MediaStore ${operation} is not modelled by the local run.`);
    }
    const { ContainerName: name } = Object(jsonBody(request)) as { readonly ContainerName?: unknown };
    if (typeof name !== 'string') throw new MediaStoreError(400, 'ValidationException', 'ContainerName is required.');
    const container = this.options.containers.get(name);
    authorize(this.options.access, request, 'mediastore:DescribeContainer', container.arn);
    const described = {
      ...{ Name: container.name, ARN: container.arn, Status: 'ACTIVE', AccessLoggingEnabled: false },
      Endpoint: this.options.endpoint(container),
      CreationTime: container.created.getTime() / 1000,
    };
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ Container: described }),
    };
  }
}
