import { z } from 'zod';
import { explain, stringThat } from './field';

const corsOrigin = stringThat(
  (origin) => /^(\*|https?:\/\/[^/\s]+)$/.test(origin),
  '* or a web origin such as https://www.example.com, without a path,',
);

const edge = z.strictObject({
  originShield: z.boolean().default(true),
  corsOrigins: z.array(corsOrigin).min(1).default(['*']),
  accessLogs: z.enum(['off', 'delete-with-stack', 'retain']).default('delete-with-stack'),
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
});

/** How CloudFront delivers. */
export const edgeSchema = edge.default({
  originShield: true,
  corsOrigins: ['*'],
  accessLogs: 'delete-with-stack',
});
