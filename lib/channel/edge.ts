import { z } from 'zod';
import { countries } from './countries';
import { explain, stringThat } from './field';

const corsOrigin = stringThat(
  (origin) => /^(\*|https?:\/\/[^/\s]+)$/.test(origin),
  '* or a web origin such as https://www.example.com, without a path,',
);

const domain = z.strictObject({
  name: stringThat(
    (name) =>
      name.length <= 253 && /^(?=.*\.)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(name),
    'a host name in small letters, such as live.example.com,',
  ),
  certificateArn: stringThat(
    (arn) => /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/.test(arn),
    'the ARN of an ACM certificate in us-east-1, the Region that CloudFront reads certificates from,',
  ),
});

const edge = z.strictObject({
  originShield: z.boolean().default(true),
  corsOrigins: z.array(corsOrigin).min(1).default(['*']),
  accessLogs: z.enum(['off', 'delete-with-stack', 'retain']).default('delete-with-stack'),
  domain: domain.optional(),
  countries: countries().optional(),
  webAclArn: stringThat(
    (arn) => /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]{1,128}\/[0-9a-f-]{36}$/.test(arn),
    'the ARN of a web ACL of AWS WAF with the scope CLOUDFRONT, which is in us-east-1,',
  ).optional(),
});

explain(domain.shape, {
  name: {
    what: 'Host name of your own for the player and the streams. Point it at the distribution with a CNAME or an alias.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html',
  },
  certificateArn: {
    what: 'Certificate for the name, in ACM in us-east-1.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
  },
});

explain(edge.shape, {
  originShield: {
    what: 'CloudFront Origin Shield: one cache in front of the origin that all edge locations ask.',
    effect:
      'AWS recommends it before MediaPackage v2, which allows about 1,000 manifest requests per second; off saves its price per request.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html',
  },
  corsOrigins: {
    what: 'Web origins whose pages may play the stream: `*`, or `https://www.example.com`.',
    effect: 'Browsers refuse players on other pages.',
  },
  accessLogs: {
    what: 'CloudFront access logs in a bucket of the stack, removed after 30 days.',
    effect: '`retain` keeps the bucket when the stack is deleted; its name is among the Outputs.',
  },
  domain: {
    what: 'A host name of your own. Left out: the name that CloudFront gives.',
    local: 'The local run answers at its own address.',
  },
  countries: {
    what: 'Countries where the edge answers at all, as ISO 3166-1 codes. Left out: everywhere.',
    effect: 'Holds for the page as well, and refuses with a bare 403. `access.countries` is for private channels only.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html',
  },
  webAclArn: {
    what: 'A web ACL of AWS WAF in front of everything. Left out: there is none.',
    effect: 'AWS charges it for every request, media included: about 0.60 USD per million.',
    local: 'The local run has no firewall.',
    see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html',
  },
});

/** How CloudFront delivers. */
export const edgeSchema = edge.default({
  originShield: true,
  corsOrigins: ['*'],
  accessLogs: 'delete-with-stack',
});
