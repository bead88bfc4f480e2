import { randomBytes } from 'node:crypto';
import type { ResourceRequest } from '../../contract';
import type { BucketEncryption } from '../kit/objects/buckets';
import { type CorsRule, corsRule } from '../kit/objects/cors';
import { PropertyReader } from '../kit/property-reader';

/** An AWS::S3::Bucket as its template declares it. */
export interface DeclaredBucket {
  /** The declared name, or a generated one. */
  readonly name: string;
  readonly encryption: BucketEncryption;
  readonly cors: readonly CorsRule[];
  /** True when its ownership lets objects have access control lists. */
  readonly allowsAcls: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

/**
 * Reads the properties of an AWS::S3::Bucket.
 *
 * @throws UnsupportedError for what is not modelled.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export function declaredBucket(request: ResourceRequest): DeclaredBucket {
  const declared = PropertyReader.of(request).withoutEffect(
    // Only the edge and callers with credentials reach a bucket of the local run.
    'AccessControl',
    'PublicAccessBlockConfiguration',
    // A run ends long before a lifecycle rule, which counts in days, applies.
    'LifecycleConfiguration',
    // Buckets of the local run keep the newest version only.
    'VersioningConfiguration',
    'LoggingConfiguration',
    'Tags',
  );
  const encryption = declaredEncryption(declared);
  const cors = (declared.maybePart('CorsConfiguration')?.list('CorsRules') ?? []).map(corsRule);
  const name = declared.maybeText('BucketName') ?? generatedName(request);
  // New buckets have no access control lists unless their ownership says so.
  const ownership = declared.maybePart('OwnershipControls')?.list('Rules') ?? [];
  const owners = ownership.map((rule) => rule.oneOf('ObjectOwnership', OWNERSHIPS));
  const allowsAcls = owners.some((owner) => owner !== 'BucketOwnerEnforced');
  declared.end();
  return { name, encryption, cors, allowsAcls };
}

/** Reads the declared encryption, which callers are shown. The local run encrypts nothing. */
function declaredEncryption(declared: PropertyReader): BucketEncryption {
  let encryption: BucketEncryption = { algorithm: 'AES256', keyId: undefined };
  for (const rule of declared.maybePart('BucketEncryption')?.list('ServerSideEncryptionConfiguration') ?? []) {
    const byDefault = rule.withoutEffect('BucketKeyEnabled').maybePart('ServerSideEncryptionByDefault');
    if (byDefault === undefined) continue;
    const algorithm = byDefault.oneOf('SSEAlgorithm', ['AES256', 'aws:kms']);
    encryption = { algorithm, keyId: byDefault.maybeText('KMSMasterKeyID') };
  }
  return encryption;
}

/** Makes a name as CloudFormation does: lower case, stack, logical id and a suffix, within S3's 63 characters. */
function generatedName(request: ResourceRequest): string {
  const suffix = randomBytes(6).toString('hex');
  const words = `${request.stackName}-${request.logicalId}`.toLowerCase().slice(0, 50);
  return `${words}-${suffix}`;
}
