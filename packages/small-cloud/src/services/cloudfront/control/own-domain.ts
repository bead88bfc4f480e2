import type { Declared } from '../../kit/declared';
import { notModelled } from '../../kit/not-modelled';

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
 * Reads the domain names and the web ACL of a distribution. The local run checks them, and they have no effect in it: the
 * edge is plain HTTP on loopback, and no request is inspected.
 *
 * @returns a sentence for each setting without effect.
 * @throws Error for a certificate or a web ACL of another Region, and for a domain name without a certificate.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
export function ownDomain(config: Declared): readonly string[] {
  config.onlyEmpty('CNAMEs');
  const aliases = config.texts('Aliases');
  const certificate = readCertificate(config.maybePart('ViewerCertificate'));
  if (aliases.length > 0 && certificate === undefined) {
    throw new Error(
      `${config.at('Aliases')}: ${aliases.join(', ')} was given without a certificate; ViewerCertificate.AcmCertificateArn is needed.`,
    );
  }
  const told: string[] = [];
  if (aliases.length > 0) {
    told.push(
      `The domain name ${aliases.join(', ')} has no effect in the local run, which serves plain HTTP on loopback.`,
    );
  }
  const webAcl = config.maybeText('WebACLId') ?? '';
  if (webAcl === '') return told;
  checkRegion(config.at('WebACLId'), webAcl, WEB_ACL);
  if (!webAcl.includes(':global/')) {
    throw new Error(`${config.at('WebACLId')}: ${webAcl} was given; a web ACL of the scope CLOUDFRONT is needed.`);
  }
  return [...told, 'The web ACL has no effect in the local run, which inspects no request.'];
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
