import type { ApiRequest, ApiResponse } from '../../contract';
import { xmlDocument, xmlElements } from '../../wire/xml';
import type { Bucket, Buckets } from '../kit/objects/buckets';
import { notImplemented } from '../kit/objects/s3-error';
import { keptHeaders, onlyKnownHeaders, sentBody } from './sent-object';
import { addPart, joined, type Upload, Uploads } from './uploads';
import { readsObject, writeCondition } from './write-condition';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const UPLOAD_QUERY = ['uploads', 'uploadId', 'partNumber'];

/** Tells whether a request on an object belongs to an upload in parts. */
export function isUpload(query: URLSearchParams): boolean {
  return UPLOAD_QUERY.some((name) => query.has(name));
}

/**
 * The calls of an upload in parts: CreateMultipartUpload, UploadPart, CompleteMultipartUpload and AbortMultipartUpload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export class UploadApi {
  private readonly uploads: Uploads;

  /** @param authorize - throws AwsError for a role that its policies do not allow to. */
  constructor(
    private readonly buckets: Buckets,
    private readonly authorize: (request: ApiRequest, action: string, resource: string) => void,
  ) {
    this.uploads = new Uploads(buckets.uploadFolder);
  }

  async handle(request: ApiRequest, bucket: Bucket, key: string): Promise<ApiResponse> {
    const { method, query } = request;
    for (const name of query.keys()) {
      if (!UPLOAD_QUERY.includes(name) && name !== 'x-id') throw notImplemented(`the query string ${name}`);
    }
    const resource = `${bucket.arn}/${key}`;
    this.authorize(request, method === 'DELETE' ? 's3:AbortMultipartUpload' : 's3:PutObject', resource);
    if (method === 'POST' && query.has('uploads')) {
      onlyKnownHeaders(request);
      const { id } = await this.uploads.begin(bucket.name, key, keptHeaders(request));
      return xml(
        xmlDocument('InitiateMultipartUploadResult', NAMESPACE, { Bucket: bucket.name, Key: key, UploadId: id }),
      );
    }
    const upload = this.uploads.get(query.get('uploadId') ?? '', bucket.name, key);
    if (method === 'PUT') {
      onlyKnownHeaders(request);
      const { body, checksum } = sentBody(request);
      const { etag } = await addPart(upload, Number(query.get('partNumber')), body);
      const headers: Record<string, string> = { etag };
      if (checksum !== undefined) headers[checksum.header] = checksum.value;
      return { status: 200, headers };
    }
    if (method === 'DELETE') {
      await this.uploads.end(upload);
      return { status: 204 };
    }
    if (method === 'POST') {
      if (readsObject(request)) this.authorize(request, 's3:GetObject', resource);
      return this.completeUpload(request, bucket, upload);
    }
    throw notImplemented(`${method} of an upload (ListParts)`);
  }

  private async completeUpload(request: ApiRequest, bucket: Bucket, upload: Upload): Promise<ApiResponse> {
    const parts = xmlElements(request.body.toString(), 'Part').map((part) => ({
      number: Number(xmlElements(part, 'PartNumber')[0]),
      etag: xmlElements(part, 'ETag')[0] ?? '',
    }));
    const { file, etag } = await joined(upload, parts);
    const condition = writeCondition(request, bucket, upload.key);
    await this.buckets.keep(bucket, upload.key, file, {
      headers: upload.headers,
      checksum: undefined,
      etag,
      condition,
    });
    await this.uploads.end(upload);
    const { key: Key } = upload;
    return xml(xmlDocument('CompleteMultipartUploadResult', NAMESPACE, { Bucket: bucket.name, Key, ETag: etag }));
  }
}

function xml(body: string): ApiResponse {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}
