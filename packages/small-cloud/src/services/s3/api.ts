import type { Access, ApiRequest, ApiResponse } from '../../contract';
import { xmlDocument } from '../../wire/xml';
import { authorized, notAuthorized } from '../kit/authorized';
import { AwsError } from '../kit/aws-error';
import type { Bucket, Buckets } from '../kit/objects/buckets';
import { verified } from '../kit/objects/checksum';
import { objectHead } from '../kit/objects/object-head';
import { readBytes } from '../kit/objects/read-bytes';
import { noSuchKey, notImplemented, s3ErrorResponse } from '../kit/objects/s3-error';
import { encryptionConfiguration, locationConstraint } from './bucket-facts';
import { copyObject, copySource } from './copy';
import { deletions } from './deletions';
import { objectListing, versionListing } from './listing';
import { keptHeaders, onlyKnownHeaders, sentBody } from './sent-object';
import { isUpload, UploadApi } from './upload-api';
import { readsObject, writeCondition } from './write-condition';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Query parameters that an operation reads; any other is refused. */
const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const OBJECT_QUERY = ['x-id'];

const ACCESS_DENIED = { code: 'AccessDenied', status: 403, quotesResource: true } as const;

/**
 * The part of S3's API that fills, reads, lists and empties a bucket, path style. Everything else is answered
 * `NotImplemented`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class S3Api {
  private readonly uploads: UploadApi;

  constructor(
    private readonly buckets: Buckets,
    private readonly access: Access,
    private readonly region: string,
  ) {
    this.uploads = new UploadApi(buckets, (request, action, resource) => this.authorize(request, action, resource));
  }

  async handle(request: ApiRequest): Promise<ApiResponse> {
    try {
      return await this.answer(request);
    } catch (error) {
      if (error instanceof AwsError) return s3ErrorResponse(error, request.path, request.method !== 'HEAD');
      throw error;
    }
  }

  private async answer(request: ApiRequest): Promise<ApiResponse> {
    const [, name = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
    if (name === '') throw notImplemented(`${request.method} / (ListBuckets)`);
    const bucket = this.buckets.get(decoded(name));
    return key === '' ? this.bucketOperation(request, bucket) : this.objectOperation(request, bucket, decoded(key));
  }

  private async bucketOperation(request: ApiRequest, bucket: Bucket): Promise<ApiResponse> {
    const { method, query } = request;
    if (method === 'HEAD') {
      onlyQuery(request, []);
      this.authorize(request, 's3:ListBucket', bucket.arn);
      return { status: 200, headers: { 'x-amz-bucket-region': this.region } };
    }
    if (method === 'GET' && query.get('list-type') === '2') {
      onlyQuery(request, ['list-type', ...LISTING, 'continuation-token', 'start-after', 'fetch-owner']);
      this.authorize(request, 's3:ListBucket', bucket.arn);
      return xml(objectListing(bucket, query));
    }
    if (method === 'GET' && query.has('versions')) {
      onlyQuery(request, ['versions', ...LISTING, 'key-marker', 'version-id-marker']);
      this.authorize(request, 's3:ListBucketVersions', bucket.arn);
      return xml(versionListing(bucket, query));
    }
    if (method === 'GET' && query.has('location')) {
      onlyQuery(request, ['location']);
      this.authorize(request, 's3:GetBucketLocation', bucket.arn);
      return xml(locationConstraint(this.region));
    }
    if (method === 'GET' && query.has('encryption')) {
      onlyQuery(request, ['encryption']);
      this.authorize(request, 's3:GetEncryptionConfiguration', bucket.arn);
      return xml(encryptionConfiguration(bucket));
    }
    if (method === 'POST' && query.has('delete')) {
      onlyQuery(request, ['delete']);
      return this.deleteObjects(request, bucket);
    }
    throw notImplemented(`${method} /${bucket.name}?${query}`);
  }

  private async objectOperation(request: ApiRequest, bucket: Bucket, key: string): Promise<ApiResponse> {
    if (isUpload(request.query)) return this.uploads.handle(request, bucket, key);
    onlyQuery(request, OBJECT_QUERY);
    switch (request.method) {
      case 'PUT':
        return this.putObject(request, bucket, key);
      case 'GET':
      case 'HEAD':
        return this.getObject(request, bucket, key);
      case 'DELETE':
        if (readsObject(request)) throw notImplemented('If-Match of DeleteObject');
        this.authorize(request, 's3:DeleteObject', arnOf(bucket, key));
        await this.buckets.remove(bucket, key);
        return { status: 204 };
      default:
        throw notImplemented(`${request.method} of an object`);
    }
  }

  private async putObject(request: ApiRequest, bucket: Bucket, key: string): Promise<ApiResponse> {
    onlyKnownHeaders(request);
    const source = copySource(request, this.buckets);
    if (source !== undefined) this.authorize(request, 's3:GetObject', arnOf(source.bucket, source.key));
    this.authorizeWrite(request, bucket, key);
    const condition = writeCondition(request, bucket, key);
    if (source !== undefined) {
      const { etag, modified } = await copyObject(request, source, { buckets: this.buckets, bucket, key, condition });
      return xml(xmlDocument('CopyObjectResult', NAMESPACE, { ETag: etag, LastModified: modified.toISOString() }));
    }
    const { body, checksum } = sentBody(request);
    const object = await this.buckets.put(bucket, key, body, { headers: keptHeaders(request), checksum, condition });
    const headers: Record<string, string> = {
      etag: object.etag,
      'x-amz-server-side-encryption': bucket.encryption.algorithm,
    };
    if (checksum !== undefined) {
      headers[checksum.header] = checksum.value;
      headers['x-amz-checksum-type'] = 'FULL_OBJECT';
    }
    return { status: 200, headers };
  }

  private async getObject(request: ApiRequest, bucket: Bucket, key: string): Promise<ApiResponse> {
    this.authorize(request, 's3:GetObject', arnOf(bucket, key));
    const object = bucket.objects.get(key);
    if (object === undefined) {
      // A caller who may not list the bucket is not told that the key is missing.
      this.authorize(request, 's3:ListBucket', bucket.arn);
      throw noSuchKey();
    }
    const { status, headers, bytes } = objectHead(object, request.headers);
    if (request.method === 'HEAD' || bytes === undefined) return { status, headers };
    return { status, headers, body: await readBytes(object.file, bytes.first, bytes.last - bytes.first + 1) };
  }

  private async deleteObjects(request: ApiRequest, bucket: Bucket): Promise<ApiResponse> {
    verified(request.body, request.headers);
    const remove = async (key: string) => {
      this.authorize(request, 's3:DeleteObject', arnOf(bucket, key));
      await this.buckets.remove(bucket, key);
    };
    return xml(await deletions(request.body.toString(), remove));
  }

  /** A write that compares the object must also be allowed to read it. */
  private authorizeWrite(request: ApiRequest, bucket: Bucket, key: string): void {
    this.authorize(request, 's3:PutObject', arnOf(bucket, key));
    if (readsObject(request)) this.authorize(request, 's3:GetObject', arnOf(bucket, key));
  }

  /**
   * Judges a role by its own policies, and by what the bucket's policy denies. What a bucket policy allows counts for
   * services and for the edge, which read through a port of their own.
   */
  private authorize({ roleArn }: ApiRequest, action: string, resource: string): void {
    const [, name = ''] = /:::([^/]+)/.exec(resource) ?? [];
    const policy = this.buckets.find(name)?.policy;
    if (
      roleArn !== undefined &&
      policy !== undefined &&
      this.access.policyDenies(policy, roleArn, { action, resource })
    ) {
      const because = 'with an explicit deny in a resource-based policy';
      throw new AwsError('AccessDenied', notAuthorized(roleArn, { action, resource: `"${resource}"` }, because), 403);
    }
    authorized(this.access, roleArn, { action, resource }, ACCESS_DENIED);
  }
}

function onlyQuery(request: ApiRequest, known: readonly string[]): void {
  for (const name of request.query.keys()) {
    if (!known.includes(name) && name !== 'x-id') throw notImplemented(`the query string ${name}`);
  }
}

const arnOf = ({ arn }: Bucket, key: string) => `${arn}/${key}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function xml(body: string): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
