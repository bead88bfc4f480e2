import type { Access, ApiRequest, ApiResponse } from '../../contract';
import { authorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import { notModelled } from '../kit/not-modelled';
import type { Buckets } from '../kit/objects/buckets';
import type { Container, Containers } from './container';

const MAX_ITEMS = 1000;

/**
 * The objects of containers, for signed requests: `/ID/PATH`, where MediaStore has the id in the host name. Objects are read,
 * put and removed by their paths. The path of the container itself lists a folder.
 *
 * @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_Operations_AWS_Elemental_MediaStore_Data_Plane.html
 */
export class DataPlane {
  constructor(
    private readonly containers: Containers,
    private readonly stored: Buckets,
    private readonly access: Access,
  ) {}

  /** @throws AwsError */
  async handle(request: ApiRequest): Promise<ApiResponse> {
    const [, id = '', path = ''] = /^\/([^/]+)\/?(.*)$/s.exec(request.path) ?? [];
    const container = this.containers.withId(id);
    if (container === undefined) {
      throw new AwsError('ContainerNotFoundException', 'There is no such container.', 404);
    }
    if (path === '' && request.method === 'GET') return this.list(request, container);
    return this.object(request, container, decodeURIComponent(path));
  }

  private async object(request: ApiRequest, container: Container, path: string): Promise<ApiResponse> {
    const { objects } = container;
    const may = (call: string) => this.authorize(request, `mediastore:${call}`, `${container.arn}/${path}`);
    switch (request.method) {
      case 'PUT': {
        may('PutObject');
        const headers = { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' };
        const { etag } = await this.stored.put(objects, path, request.body, { headers, checksum: undefined });
        return json({ ETag: etag.replaceAll('"', ''), StorageClass: 'TEMPORAL' });
      }
      case 'GET':
      case 'HEAD': {
        may(request.method === 'GET' ? 'GetObject' : 'DescribeObject');
        const object = objects.objects.get(path);
        const body = await this.stored.read(objects, path);
        if (object === undefined || body === undefined) throw objectNotFound(path);
        const headers = { ...object.headers, etag: object.etag, 'last-modified': object.modified.toUTCString() };
        return request.method === 'GET' ? { status: 200, headers, body } : { status: 200, headers };
      }
      case 'DELETE':
        may('DeleteObject');
        if (!objects.objects.has(path)) throw objectNotFound(path);
        await this.stored.remove(objects, path);
        return { status: 200 };
      default:
        throw notModelled(`MediaStore: ${request.method} of an object`);
    }
  }

  /** @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_objstore_ListItems.html */
  private list(request: ApiRequest, container: Container): ApiResponse {
    const { query } = request;
    const folder = (query.get('Path') ?? '').replace(/^\/|\/$/g, '');
    this.authorize(request, 'mediastore:ListItems', `${container.arn}/${folder}`);
    const prefix = folder === '' ? '' : `${folder}/`;
    const keys = [...container.objects.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    if (folder !== '' && keys.length === 0) throw objectNotFound(folder);
    const names = [...new Set(keys.map((key) => key.slice(prefix.length).replace(/\/.*$/s, '/')))];
    const after = Buffer.from(query.get('NextToken') ?? '', 'base64url').toString();
    const left = names.filter((name) => name > after);
    const page = left.slice(0, Math.min(MAX_ITEMS, Number(query.get('MaxResults') ?? MAX_ITEMS)));
    const last = page.at(-1);
    return json({
      Items: page.map((name) =>
        name.endsWith('/')
          ? { Name: name.slice(0, -1), Type: 'FOLDER' }
          : { Name: name, Type: 'OBJECT', ContentLength: container.objects.objects.get(prefix + name)?.size },
      ),
      NextToken: page.length < left.length && last !== undefined ? Buffer.from(last).toString('base64url') : null,
    });
  }

  /** Judges by identity-based policies only: the container's policy is for the edge, which reads through its own port. */
  private authorize({ roleArn }: ApiRequest, action: string, resource: string): void {
    authorized(this.access, roleArn, { action, resource });
  }
}

function objectNotFound(path: string): AwsError {
  return new AwsError('ObjectNotFoundException', `There is no object at ${path}.`, 404);
}

function json(value: object): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
