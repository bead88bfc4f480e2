import { readFileSync, statSync } from 'node:fs';
import type { Access, JsonObject, ObjectStore } from '../../contract';
import { QueryError, type QueryParameters } from '../../services/kit/query-protocol';
import { mayDo } from './authorization';
import type { KnownStack } from './stack-engine';
import { readTemplateText } from './template-text';

/** A template from a call: its text, and the parsed text. */
export interface GivenTemplate {
  readonly templateBody: string;
  readonly template: JsonObject;
}

const BODY_LIMIT_BYTES = 51_200;
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const URL_LIMIT_BYTES = 1_000_000;

/**
 * Finds the template of a call: in its TemplateBody, in the local S3 (TemplateURL), or in the stack itself
 * (UsePreviousTemplate).
 *
 * @param stack - the stack that the call is about, if it exists.
 * @param roleArn - the caller's role, which needs `s3:GetObject` for a TemplateURL.
 * @throws QueryError in CloudFormation's words.
 */
export function givenTemplate(
  parameters: QueryParameters,
  stack: KnownStack | undefined,
  { objects, access }: { readonly objects: ObjectStore; readonly access: Access },
  roleArn: string | undefined,
): GivenTemplate {
  const body = parameters.maybeText('TemplateBody');
  const url = parameters.maybeText('TemplateURL');
  const previous = parameters.flag('UsePreviousTemplate') ? stack?.templateBody : undefined;
  const [templateBody, second] = [body, url, previous].filter((given) => given !== undefined);
  if (templateBody === undefined || second !== undefined) {
    throw new QueryError('ValidationError', 'Either Template URL or Template Body must be specified.');
  }
  if (body !== undefined && Buffer.byteLength(body) > BODY_LIMIT_BYTES) {
    throw new QueryError(
      'ValidationError',
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${BODY_LIMIT_BYTES}`,
    );
  }
  const text = url === undefined ? templateBody : fromStore(url, objects, access, roleArn);
  return { templateBody: text, template: readTemplateText(text) };
}

function fromStore(url: string, objects: ObjectStore, access: Access, roleArn: string | undefined): string {
  const { bucket, key } = placeOf(url);
  mayDo(access, roleArn, 's3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
  const file = objects.file(bucket, key);
  if (file === undefined) {
    throw new QueryError('ValidationError', `S3 error: The specified key does not exist: ${bucket}/${key}`);
  }
  if (statSync(file).size > URL_LIMIT_BYTES) {
    throw new QueryError('ValidationError', `Template may not exceed ${URL_LIMIT_BYTES} bytes in size.`);
  }
  return readFileSync(file, 'utf8');
}

/** Reads bucket and key from an S3 URL, path style (as the CDK CLI builds it from the endpoint) or with the bucket as host. */
function placeOf(url: string): { readonly bucket: string; readonly key: string } {
  if (!URL.canParse(url)) throw unsupportedUrl(url);
  const parsed = new URL(url);
  const path = decoded(parsed.pathname).slice(1);
  const host = /^(.+)\.s3[.-][\w.-]*amazonaws\.com(?:\.cn)?$/.exec(parsed.hostname)?.[1];
  const isPathStyle = /^(s3[.-][\w.-]*amazonaws\.com(?:\.cn)?|127\.0\.0\.1|localhost|\[::1\])$/.test(parsed.hostname);
  if (host !== undefined) return { bucket: host, key: path };
  const cut = path.indexOf('/');
  if (!isPathStyle || cut < 1) {
    throw new QueryError('ValidationError', 'TemplateURL must be a supported URL: an object of the local S3.');
  }
  return { bucket: path.slice(0, cut), key: path.slice(cut + 1) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw unsupportedUrl(path);
  }
}

function unsupportedUrl(url: string): QueryError {
  return new QueryError('ValidationError', `TemplateURL must be a supported URL: ${url}`);
}
