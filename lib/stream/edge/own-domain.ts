import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type DistributionProps, GeoRestriction, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { LiveStream } from '../../channel/live-stream';

/** Returns the properties of a distribution that has a domain, countries or a web ACL of the operator. */
export function ownDomain(scope: Construct, edge: LiveStream['edge']): Partial<DistributionProps> {
  const { domain, countries, webAclArn } = edge;
  const props: { -readonly [Key in keyof DistributionProps]?: DistributionProps[Key] } = {};
  if (domain !== undefined) {
    props.domainNames = [domain.name];
    props.certificate = Certificate.fromCertificateArn(scope, 'Certificate', domain.certificateArn);
    props.minimumProtocolVersion = SecurityPolicyProtocol.TLS_V1_2_2021;
  }
  if (countries !== undefined) props.geoRestriction = GeoRestriction.allowlist(...countries);
  if (webAclArn !== undefined) props.webAclId = webAclArn;
  return props;
}
