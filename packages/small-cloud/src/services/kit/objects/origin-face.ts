import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Cloud, ORIGIN_ACCESS, type PolicyDocument, UnsupportedError } from '../../../contract';
import { guardedServer } from '../../../wire/guarded-server';
import { AwsError } from '../aws-error';
import { PortOnDemand } from '../listening';
import type { Bucket, Buckets } from './buckets';
import { corsHeaders, preflightHeaders } from './cors';
import { objectHead } from './object-head';
import { noSuchBucket, noSuchKey, s3ErrorResponse } from './s3-error';

/** The policy that judges the edge. */
export interface OriginGuard {
  /** The action of reading an object. */
  readonly action: string;
  /** The policy, and the ARN that the objects are below; undefined when neither exists any more. */
  guard(bucket: Bucket): { readonly arn: string; readonly policy: PolicyDocument | undefined } | undefined;
}

const BUCKET_GUARD: OriginGuard = { action: 's3:GetObject', guard: (bucket) => bucket };

/**
 * The port of loopback that the edge reads from: `GET` and `HEAD` of `/BUCKET/KEY`, judged by the bucket's policy. Only a
 * service principal that the edge names in the {@link ORIGIN_ACCESS} headers is let in.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export class OriginFace {
  private readonly opened: PortOnDemand;

  constructor(
    private readonly buckets: Buckets,
    private readonly cloud: Pick<Cloud, 'access' | 'names'>,
    private readonly tell: (line: string) => void,
    private readonly judge = BUCKET_GUARD,
  ) {
    const guard = { names: cloud.names, tell };
    this.opened = new PortOnDemand(guardedServer(guard, (request, response) => this.serve(request, response)));
  }

  /** The port; the first call opens it. */
  port(): Promise<number> {
    return this.opened.port();
  }

  stop(): Promise<void> {
    return this.opened.stop();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (!(error instanceof AwsError)) this.tell(error instanceof Error ? error.message : String(error));
      const answer = s3ErrorResponse(awsError(error), request.url ?? '/', request.method !== 'HEAD');
      response.writeHead(answer.status, answer.headers).end(answer.body);
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = '', encodedKey = ''] = /^\/([^/?]*)\/([^?]*)/.exec(request.url ?? '') ?? [];
    const bucket = this.buckets.find(name);
    if (bucket === undefined) throw noSuchBucket();
    const key = decodeURIComponent(encodedKey);
    if (request.method === 'OPTIONS') {
      response.writeHead(200, preflightHeaders(bucket.cors, request.headers)).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
    }
    if (key === '') {
      // `/` of a bucket lists it, which the local run does not do for an edge.
      throw accessDenied();
    }
    if (!this.allows(bucket, request, this.judge.action, `/${key}`)) throw accessDenied();
    const object = bucket.objects.get(key);
    if (object === undefined) {
      throw this.maySeeAll(bucket, request) ? noSuchKey() : accessDenied();
    }
    const { status, headers, bytes } = objectHead(object, singleHeaders(request));
    response.writeHead(status, { ...headers, ...corsHeaders(bucket.cors, request.method, request.headers) });
    if (request.method === 'HEAD' || bytes === undefined) response.end();
    else await pipeline(createReadStream(object.file, { start: bytes.first, end: bytes.last }), response);
  }

  /**
   * Tells whether a caller may learn that an object is missing. A bucket says so only to a caller who may list it, a
   * container to every caller who may read.
   */
  private maySeeAll(bucket: Bucket, request: IncomingMessage): boolean {
    return this.judge !== BUCKET_GUARD || this.allows(bucket, request, 's3:ListBucket', '');
  }

  private allows(bucket: Bucket, request: IncomingMessage, action: string, path: string): boolean {
    const guard = this.judge.guard(bucket);
    const principal = request.headers[ORIGIN_ACCESS.principal];
    const source = request.headers[ORIGIN_ACCESS.source];
    if (guard?.policy === undefined || typeof principal !== 'string' || typeof source !== 'string') return false;
    return this.cloud.access.policyAllows(guard.policy, principal, {
      action,
      resource: `${guard.arn}${path}`,
      context: { 'AWS:SourceArn': source },
    });
  }
}

function singleHeaders(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
}

function accessDenied(): AwsError {
  return new AwsError('AccessDenied', 'Access Denied', 403);
}

function awsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof URIError) return new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  if (error instanceof UnsupportedError) return new AwsError('NotImplemented', error.message, 501);
  return new AwsError('InternalError', 'We encountered an internal error. Please try again.', 500);
}
