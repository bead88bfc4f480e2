import type { LiveStream } from '../../channel/live-stream';

/** Returns the findings of cdk-nag about the distribution that do not apply, with reasons. */
export function acknowledgements({ domain, countries, webAclArn }: LiveStream['edge']) {
  return [
    ...(countries === undefined ? [EVERYWHERE] : []),
    ...(webAclArn === undefined ? [NO_WEB_ACL] : []),
    ...(domain === undefined ? [CLOUDFRONT_CERTIFICATE] : []),
  ];
}

const EVERYWHERE = {
  id: 'AwsSolutions::AwsSolutions-CFR1',
  reason:
    'The countries of viewers are a decision about the programme and not about the stack; the default is everywhere.',
};

const NO_WEB_ACL = {
  id: 'AwsSolutions::AwsSolutions-CFR2',
  reason:
    'The edge serves only static files and media, read with GET and HEAD. A web ACL must be in us-east-1 and is charged by the request, so it is left to those who need one.',
};

const CLOUDFRONT_CERTIFICATE = {
  id: 'AwsSolutions::AwsSolutions-CFR4',
  reason:
    'Without a custom domain CloudFront uses its own certificate, and with it accepts no minimum TLS version. Plain HTTP is refused.',
};

/** Finding about a distribution without access logs. */
export const NO_ACCESS_LOGS = {
  id: 'AwsSolutions::AwsSolutions-CFR3',
  reason: 'The description of the channels says accessLogs: off.',
};
