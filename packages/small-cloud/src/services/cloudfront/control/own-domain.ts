import type { Names } from '../../../contract';
import { AwsError } from '../../kit/aws-error';
import type { Declared } from '../../kit/declared';
import { notModelled } from '../../kit/not-modelled';
import type { Distribution } from './distribution';

/** The Region of every certificate and web ACL of CloudFront. */
const GLOBAL_REGION = 'us-east-1';

const CERTIFICATE = /^arn:[^:]+:acm:([^:]+):\d{12}:certificate\/[\w-]+$/;
const WEB_ACL = /^arn:[^:]+:wafv2:([^:]+):\d{12}:(global|regional)\/webacl\/[\w-]+\/[\w-]+$/;

/** Versions of TLS that a distribution with a domain of its own may ask for, beside those that are too old for SNI. */
const PROTOCOLS = [
  'TLSv1',
  'TLSv1_2016',
  'TLSv1.1_2016',
  'TLSv1.2_2018',
  'TLSv1.2_2019',
  'TLSv1.2_2021',
  'TLSv1.2_2025',
  'TLSv1.3_2025',
] as const;

/**
 * Reads the domain names and the web ACL of a distribution. The local run checks the certificate and the web ACL, and they
 * have no effect in it: the edge is plain HTTP on loopback, and no request is inspected.
 *
 * @returns the domain names, and a sentence for each setting without effect.
 * @throws Error for a certificate or a web ACL of another Region, and for a domain name without a certificate.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export function ownDomain(config: Declared): Pick<Distribution, 'aliases' | 'withoutEffect'> {
  config.onlyEmpty('CNAMEs');
  const aliases = config.texts('Aliases');
  const certificate = readCertificate(config.maybePart('ViewerCertificate'));
  if (aliases.length > 0 && certificate === undefined) {
    throw new Error(
      `${config.at('Aliases')}: ${aliases.join(', ')} was given without a certificate; ViewerCertificate.AcmCertificateArn is needed.`,
    );
  }
  const withoutEffect: string[] = [];
  if (aliases.length > 0) {
    withoutEffect.push(
      `The domain name ${aliases.join(', ')} has no effect outside the local run, which serves plain HTTP on loopback.`,
    );
  }
  const webAcl = config.maybeText('WebACLId') ?? '';
  if (webAcl !== '') {
    checkWebAcl(config.at('WebACLId'), webAcl);
    withoutEffect.push('The web ACL has no effect in the local run, which inspects no request.');
  }
  return { aliases, withoutEffect };
}

/**
 * Checks that no other distribution has a domain name.
 *
 * @param own - names that the distribution has already.
 * @throws AwsError CNAMEAlreadyExists for one that another has.
 */
export function checkAliases(
  names: Pick<Names, 'resolve'>,
  aliases: readonly string[],
  own: readonly string[] = [],
): void {
  const taken = aliases.find((name) => !own.includes(name) && names.resolve(name) !== undefined);
  if (taken === undefined) return;
  throw new AwsError('CNAMEAlreadyExists', `Another distribution has the domain name ${taken}.`, 409);
}

function checkWebAcl(path: string, webAcl: string): void {
  checkRegion(path, webAcl, WEB_ACL);
  if (webAcl.includes(':global/')) return;
  throw new Error(`${path}: ${webAcl} was given; a web ACL of the scope CLOUDFRONT is needed.`);
}

/** Reads a certificate. @returns its ARN; undefined for the certificate of CloudFront's own domain. */
function readCertificate(declared: Declared | undefined): string | undefined {
  if (declared === undefined) return undefined;
  declared.onlyEmpty('IamCertificateId');
  const isDefault = declared.flag('CloudFrontDefaultCertificate');
  const certificate = declared.maybeText('AcmCertificateArn') ?? '';
  if (certificate === '') {
    declared.withoutEffect('MinimumProtocolVersion').onlyEmpty('SslSupportMethod');
    return undefined;
  }
  if (isDefault) {
    throw new Error(`${declared.path}: CloudFrontDefaultCertificate and AcmCertificateArn were given; one is needed.`);
  }
  checkRegion(declared.at('AcmCertificateArn'), certificate, CERTIFICATE);
  // The other methods cost several hundred dollars a month.
  declared.oneOf('SslSupportMethod', ['sni-only']);
  const version = declared.maybeText('MinimumProtocolVersion');
  if (version !== undefined && !PROTOCOLS.some((known) => known === version)) {
    throw notModelled(declared.at('MinimumProtocolVersion'), { given: version, known: PROTOCOLS });
  }
  return certificate;
}

function checkRegion(path: string, arn: string, form: RegExp): void {
  const region = form.exec(arn)?.[1];
  if (region === undefined) throw new Error(`${path}: ${arn} was given; an ARN is needed (${form.source}).`);
  if (region !== GLOBAL_REGION) {
    throw new Error(`${path}: ${arn} was given; CloudFront takes those in ${GLOBAL_REGION} alone.`);
  }
}
