import type { ResourceRequest } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import { PropertyReader } from '../../kit/property-reader';
import type { PoolDomain, Tier } from '../pool/user-pool';

/** Words that a prefix may not contain. */
const RESERVED = ['aws', 'amazon', 'cognito'] as const;

/** The declared properties of a domain. */
export interface DomainSettings {
  readonly poolId: string;
  readonly prefix: string;
  readonly version: PoolDomain['version'];
}

/**
 * Reads the properties of an AWS::Cognito::UserPoolDomain with a prefix of Cognito's own domain.
 *
 * @throws UnsupportedError for a domain of the owner's.
 * @throws AwsError InvalidParameterException for a prefix that Cognito refuses.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
 */
export function domainSettings(request: ResourceRequest): DomainSettings {
  const declared = PropertyReader.of(request).onlyEmpty('CustomDomainConfig');
  const poolId = declared.text('UserPoolId');
  const prefix = declared.text('Domain');
  const version = declared.whole('ManagedLoginVersion', 1, 2, 1) === 2 ? 2 : 1;
  declared.end();
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix)) {
    throw refused(
      `Domain: ${prefix} was given; 1 to 63 of a-z 0-9 - are needed, and neither the first nor the last is a hyphen`,
    );
  }
  const word = RESERVED.find((reserved) => prefix.includes(reserved));
  if (word !== undefined) throw refused(`Domain cannot contain reserved word: ${word}`);
  return { poolId, prefix, version };
}

/**
 * Refuses managed login in a pool whose feature plan does not have it.
 *
 * @throws AwsError FeatureUnavailableInTierException.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
 */
export function refuseManagedLogin(tier: Tier, version: PoolDomain['version']): void {
  if (tier !== 'LITE' || version === 1) return;
  throw new AwsError(
    'FeatureUnavailableInTierException',
    'Managed login is not available in the feature plan LITE; choose ESSENTIALS or PLUS, or ManagedLoginVersion 1',
  );
}

function refused(sentence: string): AwsError {
  return new AwsError('InvalidParameterException', sentence);
}
