import { z } from 'zod';
import { field, rule, text } from './field';

const ANYWHERE = '0.0.0.0/0';

const testClip = z.strictObject({ kind: z.literal('test-clip') });

const cidr = text(isIpv4Cidr, 'an IPv4 address range such as 203.0.113.7/32, its host bits zero,');

const streamName = text(
  (value) => /^[\w.-]{1,64}\/[\w.-]{1,64}$/.test(value),
  'an application and an instance such as live/primary, each of letters, digits, . _ -,',
);

const rtmpPush = z
  .strictObject({
    kind: z.literal('rtmp-push'),
    allowedCidrs: field(z.array(cidr).min(1).max(10), {
      what: 'The IPv4 address ranges that may publish. MediaLive takes one to ten.',
      effect: 'Everyone in them who knows a stream name can put a picture on air: keep them as small as you can.',
      see: 'https://docs.aws.amazon.com/medialive/latest/ug/create-input-security-groups.html',
    }),
    allowAnywhere: field(z.boolean().default(false), {
      what: `Says that ${ANYWHERE} among \`allowedCidrs\` is meant.`,
      effect: 'With true, the whole internet may publish to this channel.',
    }),
    streamNames: field(z.array(streamName).min(1).max(2).optional(), {
      what: 'RTMP application and instance of each endpoint, one for a single pipeline and two for two pipelines. Left out: `<channel>/pipeline-0` and `<channel>/pipeline-1`.',
      effect: 'The instance is what an encoder such as OBS calls the stream key.',
    }),
  })
  .check(
    rule('object', (input) =>
      Array.isArray(input.allowedCidrs) && input.allowedCidrs.includes(ANYWHERE) && input.allowAnywhere !== true
        ? [
            {
              path: ['allowedCidrs', input.allowedCidrs.indexOf(ANYWHERE)],
              message: `${ANYWHERE} lets the whole internet publish; name your encoder's address, or say that it is meant with allowAnywhere: true`,
            },
          ]
        : [],
    ),
  );

/** Where the contribution enters, one member per kind of input. */
export const inputSchema = z.discriminatedUnion('kind', [testClip, rtmpPush]);

/** The input of a channel, as described. */
export type Input = z.infer<typeof inputSchema>;

/** Whether a text is an IPv4 address range in CIDR notation, in its only spelling: no leading zeros, host bits zero. */
export function isIpv4Cidr(range: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(range);
  if (match === null || /(^|[./])0\d/.test(range)) return false;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some((octet) => octet > 255) || prefix > 32) return false;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return address % 2 ** (32 - prefix) === 0;
}
